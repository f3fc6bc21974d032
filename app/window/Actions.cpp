// SPDX-License-Identifier: Apache-2.0
#include "app/window/Actions.h"

#include "widgets/theme/ThemeIcon.h"

#include <QActionGroup>

namespace emend {

struct Actions::Row
{
    Do id;
    const char* name; ///< object name
    const char* text;
    const char* keys; ///< separated by a line break
    const char* icon;
    const char* tip;
    bool isToggle = false;
};

// clang-format off
std::span<const Actions::Row> Actions::table()
{
    static constexpr Row rows[] = {
        {Do::openStack, "openStack", QT_TR_NOOP("&Open a stack or project…"), "Ctrl+O", "open",
         QT_TR_NOOP("Open a project, or a file with sections: TIFF, PNG, MRC, NRRD, MetaImage or NIfTI")},
        {Do::openFolder, "openFolder", QT_TR_NOOP("Open a &folder of sections…"), "Ctrl+Shift+O", nullptr,
         QT_TR_NOOP("Open a folder with one numbered file a section")},
        {Do::openSample, "openSample", QT_TR_NOOP("Open the &sample"), nullptr, "sample",
         QT_TR_NOOP("Open forty sections of a fly's brain and predict them")},
        {Do::saveAs, "saveAs", QT_TR_NOOP("Save project &as…"), "Ctrl+Shift+S", nullptr,
         QT_TR_NOOP("Go on in a copy of this project; what you do is saved by itself anyway")},
        {Do::saveCopy, "saveCopy", QT_TR_NOOP("Save a &copy…"), nullptr, nullptr,
         QT_TR_NOOP("Write a copy of this project and go on here")},
        {Do::repair, "repairProject", QT_TR_NOOP("&Repair a project…"), nullptr, nullptr,
         QT_TR_NOOP("Make a new project of what is intact of a damaged one")},
        {Do::exportLabels, "exportLabels", QT_TR_NOOP("&Export…"), "Ctrl+E", "export",
         QT_TR_NOOP("Write masks, class numbers or probabilities as TIFF")},
        {Do::models, "models", QT_TR_NOOP("&Models…"), "Ctrl+M", "model",
         QT_TR_NOOP("All models with where they come from: choose, rename, pin, delete")},
        {Do::loadModel, "loadModel", QT_TR_NOOP("&Load a model…"), nullptr, nullptr,
         QT_TR_NOOP("Use a model from a file")},
        {Do::saveModel, "saveModel", QT_TR_NOOP("Save the &model as…"), nullptr, nullptr,
         QT_TR_NOOP("Keep the current model in a file, for other stacks and other people")},
        {Do::quit, "quit", QT_TR_NOOP("&Quit"), "Ctrl+Q", nullptr, QT_TR_NOOP("Close Emend")},

        {Do::undo, "undo", QT_TR_NOOP("&Undo"), "Ctrl+Z", "undo", QT_TR_NOOP("Take back what was done last")},
        {Do::redo, "redo", QT_TR_NOOP("&Redo"), "Ctrl+Shift+Z\nCtrl+Y", "redo",
         QT_TR_NOOP("Do again what was taken back")},
        {Do::confirmSlice, "confirmThisSlice", QT_TR_NOOP("&Confirm this slice"), "Ctrl+Return\nCtrl+Enter", "confirm",
         QT_TR_NOOP("What is predicted on this slice is right: learn from it")},
        {Do::nextToCorrect, "nextToCorrect", QT_TR_NOOP("Go to the &next place to correct"), "N", "next",
         QT_TR_NOOP("Go to the place where a correction is worth most, in any slice; again: to the next one")},
        {Do::confirmPlace, "confirmThisPlace", QT_TR_NOOP("This &place is right"), "M", nullptr,
         QT_TR_NOOP("What is predicted in the place that N has led to is right: learn from it, and go to the next place")},
        {Do::voxelSize, "voxelSize", QT_TR_NOOP("&Voxel size…"), nullptr, "ruler",
         QT_TR_NOOP("Type the size of a pixel and the thickness of a section")},

        {Do::zoomIn, "zoomIn", QT_TR_NOOP("Zoom &in"), "Ctrl++\nCtrl+=", "zoom-in", QT_TR_NOOP("Show less of the slice, larger")},
        {Do::zoomOut, "zoomOut", QT_TR_NOOP("Zoom &out"), "Ctrl+-", "zoom-out",
         QT_TR_NOOP("Show more of the slice, smaller")},
        {Do::zoomFit, "zoomFit", QT_TR_NOOP("&Fit to the window"), "Ctrl+0", "fit", QT_TR_NOOP("Show the whole slice")},
        {Do::zoomOne, "zoomOne", QT_TR_NOOP("&100 %"), "Ctrl+1", nullptr,
         QT_TR_NOOP("Show a pixel of the slice as one of the screen")},
        {Do::previousSlice, "previousSlice", QT_TR_NOOP("&Previous slice"), "PgUp", nullptr,
         QT_TR_NOOP("Go to the slice before; the wheel does it too")},
        {Do::nextSlice, "nextSliceInStack", QT_TR_NOOP("&Next slice"), "PgDown", nullptr,
         QT_TR_NOOP("Go to the slice after; the wheel does it too")},
        {Do::firstSlice, "firstSlice", QT_TR_NOOP("Fi&rst slice"), "Ctrl+Home", nullptr,
         QT_TR_NOOP("Go to the beginning of the stack")},
        {Do::lastSlice, "lastSlice", QT_TR_NOOP("&Last slice"), "Ctrl+End", nullptr,
         QT_TR_NOOP("Go to the end of the stack")},
        {Do::showOverlay, "showOverlay", QT_TR_NOOP("&Show the labels"), "V", nullptr,
         QT_TR_NOOP("Show or hide the labels; hold H to hide them for a moment"), true},
        {Do::showDoubt, "showDoubt", QT_TR_NOOP("Show where the model is &unsure"), "U", nullptr,
         QT_TR_NOOP("Tint what is predicted, the stronger the less sure the model is of it"), true},
        {Do::automaticContrast, "automaticContrastAction", QT_TR_NOOP("Automatic &contrast"), "Ctrl+Shift+C",
         "contrast", QT_TR_NOOP("Choose the contrast by what is visible")},
        {Do::fullScreen, "fullScreen", QT_TR_NOOP("F&ull screen"), "F11", nullptr, QT_TR_NOOP("Use the whole screen"), true},
        {Do::sectionOnly, "sectionOnly", QT_TR_NOOP("Section &only"), nullptr, nullptr,
         QT_TR_NOOP("Hide everything but the section; Tab in the section does it too"), true},
        {Do::themeSystem, "themeSystem", QT_TR_NOOP("Like the &desktop"), nullptr, nullptr,
         QT_TR_NOOP("Dark or light, as the desktop asks"), true},
        {Do::themeDark, "themeDark", QT_TR_NOOP("D&ark"), nullptr, nullptr, QT_TR_NOOP("Dark window"), true},
        {Do::themeLight, "themeLight", QT_TR_NOOP("&Light"), nullptr, nullptr, QT_TR_NOOP("Light window"), true},

        {Do::brush, "brush", QT_TR_NOOP("&Brush"), "B", "brush",
         QT_TR_NOOP("Paint the current class; the right button erases"), true},
        {Do::eraser, "eraser", QT_TR_NOOP("&Eraser"), "E", "eraser", QT_TR_NOOP("Take labels away"), true},
        {Do::fill, "fill", QT_TR_NOOP("&Fill"), "F", "fill",
         QT_TR_NOOP("Give a connected area of one class the current class"), true},
        {Do::polygon, "polygon", QT_TR_NOOP("&Polygon"), "P", "polygon",
         QT_TR_NOOP("Give everything inside an outline the current class"), true},
        {Do::smallerTool, "smallerTool", QT_TR_NOOP("&Smaller"), "[", nullptr,
         QT_TR_NOOP("Make the tool smaller; Shift and the wheel do it too")},
        {Do::largerTool, "largerTool", QT_TR_NOOP("&Larger"), "]", nullptr,
         QT_TR_NOOP("Make the tool larger; Shift and the wheel do it too")},
        {Do::addClass, "addAClass", QT_TR_NOOP("&Add a class"), nullptr, "plus",
         QT_TR_NOOP("Add a class to the list")},

        {Do::predictSlice, "predictThisSlice", QT_TR_NOOP("Predict this &slice"), "Ctrl+P", "predict",
         QT_TR_NOOP("Let the model label the slice that is shown; what is corrected stays")},
        {Do::predictAll, "predictAllSlices", QT_TR_NOOP("Predict &all slices"), "Ctrl+Shift+P", nullptr,
         QT_TR_NOOP("Let the model label the whole stack; what is corrected stays")},
        {Do::showOtherModel, "showOtherModel", QT_TR_NOOP("Show the &other model"), "X", nullptr,
         QT_TR_NOOP("While two models are compared: show what the other one says")},
        {Do::showModelDifference, "showDifference", QT_TR_NOOP("Show where the models &differ"), "D", nullptr,
         QT_TR_NOOP("While two models are compared: show the pixels on which they do not agree")},
        {Do::leaveComparison, "leaveComparison", QT_TR_NOOP("&Leave the comparison"), "Esc", nullptr,
         QT_TR_NOOP("Show the labels again as they were")},
        {Do::stop, "stop", QT_TR_NOOP("S&top"), "Ctrl+.", "stop", QT_TR_NOOP("Stop what is running")},
        {Do::learn, "learnFromCorrections", QT_TR_NOOP("&Learn from my corrections"), "Ctrl+T", "learn",
         QT_TR_NOOP("Teach the model what was corrected, then predict again")},

        {Do::keys, "keys", QT_TR_NOOP("&Keys and mouse"), "F1", nullptr, QT_TR_NOOP("Show what keys and mouse do")},
        {Do::about, "about", QT_TR_NOOP("&About Emend"), nullptr, "info", QT_TR_NOOP("Show version and licence")},
    };
    static_assert(std::size(rows) == size_t(count));
    return rows;
}

// clang-format on

namespace {

QList<QKeySequence> keySequences(const char* keys)
{
    QList<QKeySequence> sequences;
    for (const QString& key : QString::fromLatin1(keys).split(u'\n', Qt::SkipEmptyParts))
        sequences << QKeySequence(key, QKeySequence::PortableText);
    return sequences;
}

} // namespace

Actions::Actions(QObject* parent)
    : QObject(parent)
{
    for (const Row& row : table()) {
        auto* action = new QAction(tr(row.text), this);
        action->setObjectName(QLatin1String(row.name));
        action->setStatusTip(tr(row.tip));
        action->setCheckable(row.isToggle);
        if (row.keys)
            action->setShortcuts(keySequences(row.keys));
        if (row.icon)
            action->setIcon(themeIcon(QLatin1String(row.icon)));
        action->setToolTip(describe(*action));
        m_actions[size_t(row.id)] = action;
    }
    group({Do::themeSystem, Do::themeDark, Do::themeLight}, "themes");
    group({Do::brush, Do::eraser, Do::fill, Do::polygon}, "tools");
    (*this)[Do::brush]->setChecked(true);
    (*this)[Do::showOverlay]->setChecked(true);
    (*this)[Do::quit]->setMenuRole(QAction::QuitRole);
    (*this)[Do::about]->setMenuRole(QAction::AboutRole);
    // Held down it would flicker as fast as the keyboard repeats.
    (*this)[Do::showOtherModel]->setAutoRepeat(false);
    addClasses();
}

void Actions::addClasses()
{
    for (int i = 1; i <= classCount; ++i) {
        auto* action = new QAction(tr("Class %1").arg(i), this);
        action->setObjectName(QStringLiteral("chooseClass%1").arg(i));
        action->setShortcut(QKeySequence(QString::number(i)));
        action->setStatusTip(tr("Paint class %1").arg(i));
        m_classes[size_t(i - 1)] = action;
    }
}

void Actions::group(std::initializer_list<Do> ids, const char* objectName)
{
    auto* actions = new QActionGroup(this);
    actions->setObjectName(QLatin1String(objectName));
    for (Do id : ids)
        actions->addAction((*this)[id]);
}

QList<QAction*> Actions::all() const
{
    QList<QAction*> actions(m_actions.begin(), m_actions.end());
    for (QAction* action : m_classes)
        actions << action;
    return actions;
}

QString Actions::describe(const QAction& action)
{
    QString text = action.text();
    text.remove(u'&');
    text.remove(QStringLiteral("…"));
    if (action.shortcut().isEmpty())
        return text;
    return tr("%1 (%2)", "action (key)")
        .arg(text, action.shortcut().toString(QKeySequence::NativeText));
}

} // namespace emend
