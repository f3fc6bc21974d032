// SPDX-License-Identifier: Apache-2.0
#include "app/window/Actions.h"

#include "widgets/theme/ThemeIcon.h"

#include <QActionGroup>

namespace emend {

namespace {

struct Row
{
    Do id;
    const char* name; ///< object name
    const char* text;
    const char* keys; ///< separated by a blank line
    const char* icon;
    const char* tip;
    bool isToggle = false;
};

#define T(text) QT_TRANSLATE_NOOP("emend::Actions", text)

// clang-format off
constexpr Row table[] = {
    {Do::openStack, "openStack", T("&Open a stack…"), "Ctrl+O", "open",
     T("Open a file with sections: TIFF, PNG, MRC, NRRD, MetaImage or NIfTI")},
    {Do::openFolder, "openFolder", T("Open a &folder of sections…"), "Ctrl+Shift+O", nullptr,
     T("Open a folder with one numbered file a section")},
    {Do::openSample, "openSample", T("Open the &sample"), nullptr, "sample",
     T("Open forty sections of a fly's brain and predict them")},
    {Do::exportLabels, "exportLabels", T("&Export…"), "Ctrl+E", "export",
     T("Write masks, class numbers or probabilities as TIFF")},
    {Do::loadModel, "loadModel", T("&Load a model…"), nullptr, "model",
     T("Use a model from a file")},
    {Do::saveModel, "saveModel", T("Save the &model as…"), nullptr, nullptr,
     T("Keep the current model in a file, for other stacks and other people")},
    {Do::quit, "quit", T("&Quit"), "Ctrl+Q", nullptr, T("Close Emend")},

    {Do::undo, "undo", T("&Undo"), "Ctrl+Z", "undo", T("Take back what was done last")},
    {Do::redo, "redo", T("&Redo"), "Ctrl+Shift+Z\nCtrl+Y", "redo",
     T("Do again what was taken back")},
    {Do::confirmSlice, "confirmThisSlice", T("&Confirm this slice"), "Ctrl+Return\nCtrl+Enter", "confirm",
     T("What is predicted on this slice is right: learn from it")},
    {Do::nextToCorrect, "nextToCorrect", T("Go to the &next slice to correct"), "N", "next",
     T("Go to the slice of which the model is least sure")},
    {Do::voxelSize, "voxelSize", T("&Voxel size…"), nullptr, "ruler",
     T("Type the size of a pixel and the thickness of a section")},

    {Do::zoomIn, "zoomIn", T("Zoom &in"), "Ctrl++\nCtrl+=", "zoom-in", T("Show less of the slice, larger")},
    {Do::zoomOut, "zoomOut", T("Zoom &out"), "Ctrl+-", "zoom-out",
     T("Show more of the slice, smaller")},
    {Do::zoomFit, "zoomFit", T("&Fit to the window"), "Ctrl+0", "fit", T("Show the whole slice")},
    {Do::zoomOne, "zoomOne", T("&100 %"), "Ctrl+1", nullptr,
     T("Show a pixel of the slice as one of the screen")},
    {Do::previousSlice, "previousSlice", T("&Previous slice"), "PgUp", nullptr,
     T("Go to the slice before; the wheel does it too")},
    {Do::nextSlice, "nextSliceInStack", T("&Next slice"), "PgDown", nullptr,
     T("Go to the slice after; the wheel does it too")},
    {Do::firstSlice, "firstSlice", T("Fi&rst slice"), "Ctrl+Home", nullptr,
     T("Go to the beginning of the stack")},
    {Do::lastSlice, "lastSlice", T("&Last slice"), "Ctrl+End", nullptr,
     T("Go to the end of the stack")},
    {Do::showOverlay, "showOverlay", T("&Show the labels"), "V", nullptr,
     T("Show or hide the labels; hold H to hide them for a moment"), true},
    {Do::automaticContrast, "automaticContrastAction", T("Automatic &contrast"), "Ctrl+Shift+C",
     "contrast", T("Choose the contrast by what is visible")},
    {Do::fullScreen, "fullScreen", T("F&ull screen"), "F11", nullptr, T("Use the whole screen"), true},
    {Do::sectionOnly, "sectionOnly", T("Section &only"), nullptr, nullptr,
     T("Hide everything but the section; Tab in the section does it too"), true},
    {Do::themeSystem, "themeSystem", T("Like the &desktop"), nullptr, nullptr,
     T("Dark or light, as the desktop asks"), true},
    {Do::themeDark, "themeDark", T("D&ark"), nullptr, nullptr, T("Dark window"), true},
    {Do::themeLight, "themeLight", T("&Light"), nullptr, nullptr, T("Light window"), true},

    {Do::brush, "brush", T("&Brush"), "B", "brush",
     T("Paint the current class; the right button erases"), true},
    {Do::eraser, "eraser", T("&Eraser"), "E", "eraser", T("Take labels away"), true},
    {Do::fill, "fill", T("&Fill"), "F", "fill",
     T("Give a connected area of one class the current class"), true},
    {Do::polygon, "polygon", T("&Polygon"), "P", "polygon",
     T("Give everything inside an outline the current class"), true},
    {Do::smallerTool, "smallerTool", T("&Smaller"), "[", nullptr,
     T("Make the tool smaller; Shift and the wheel do it too")},
    {Do::largerTool, "largerTool", T("&Larger"), "]", nullptr,
     T("Make the tool larger; Shift and the wheel do it too")},
    {Do::addClass, "addAClass", T("&Add a class"), nullptr, "plus",
     T("Add a class to the list")},

    {Do::predictSlice, "predictThisSlice", T("Predict this &slice"), "Ctrl+P", "predict",
     T("Let the model label the slice that is shown; what is corrected stays")},
    {Do::predictAll, "predictAllSlices", T("Predict &all slices"), "Ctrl+Shift+P", nullptr,
     T("Let the model label the whole stack; what is corrected stays")},
    {Do::stop, "stop", T("S&top"), "Ctrl+.", "stop", T("Stop what is running")},
    {Do::learn, "learnFromCorrections", T("&Learn from my corrections"), "Ctrl+T", "learn",
     T("Teach the model what was corrected, then predict again")},

    {Do::keys, "keys", T("&Keys and mouse"), "F1", nullptr, T("Show what keys and mouse do")},
    {Do::about, "about", T("&About Emend"), nullptr, "info", T("Show version and licence")},
};
// clang-format on
#undef T

static_assert(std::size(table) == size_t(Actions::count));

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
    for (const Row& row : table) {
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
