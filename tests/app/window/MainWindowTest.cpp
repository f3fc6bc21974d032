// SPDX-License-Identifier: Apache-2.0
#include "app/window/MainWindow.h"

#include "app/session/Sample.h"
#include "app/window/FileCommands.h"
#include "app/window/RecentStacks.h"
#include "app/window/SectionPage.h"
#include "app/window/StartPage.h"
#include "app/window/Workspace.h"
#include "core/labels/SliceState.h"
#include "core/project/PlacesToCorrect.h"
#include "tests/support/WindowDriver.h"
#include "widgets/panels/Banner.h"
#include "widgets/panels/SliceStrip.h"
#include "widgets/theme/EmendStyle.h"
#include "widgets/theme/Theme.h"
#include "widgets/view/SliceView.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace emend;

namespace {

constexpr int sliceCount = 40;

} // namespace

class MainWindowTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    /// The sample under another name.
    QString stack(const QString& name) const
    {
        const QString path = m_folder.filePath(name);
        QFile::copy(Sample::stackPath(), path);
        return path;
    }

    static bool open(MainWindow& window, const QString& path)
    {
        QSignalSpy opened(&window.session(), &Session::opened);
        window.files().open(path);
        return opened.wait(5000) && QTest::qWaitFor([&] { return !window.session().isBusy(); });
    }

    /// Everything on slice z predicted as class 1.
    static void predict(MainWindow& window, int z)
    {
        Project& project = *window.session().project();
        Prediction prediction(project.size(), 2);
        const VolumeSize size = project.size();
        const auto pixels = size_t(size.pixelsPerSlice());
        ProbabilityMap map{size.width, size.height, 2, std::vector<float>(2 * pixels, 0.1f)};
        std::fill_n(map.values.begin(), pixels, 0.9f);
        prediction.setSlice(z, map);
        project.mergePrediction(prediction);
        window.session().store()->putPrediction(z, prediction, 10);
        window.session().history()->perform(
            prediction.toEdit(project.labels(), prediction.slices()), QStringLiteral("prediction"));
    }

    static QStringList filledButtons(const MainWindow& window)
    {
        QStringList names;
        for (const auto* button : window.findChildren<QAbstractButton*>()) {
            if (isFilled(button))
                names << button->objectName();
        }
        return names;
    }

private Q_SLOTS:

    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("EmendTest"));
        QCoreApplication::setApplicationName(QStringLiteral("MainWindowTest"));
        QVERIFY(m_folder.isValid());
    }

    void init() { QSettings().clear(); }

    void firstStartShowsWhatToDo()
    {
        Theme theme;
        MainWindow window(theme);
        window.show();
        QVERIFY(window.findChild<StartPage*>()->isVisible());
        QVERIFY(!window.workspace().isVisible());
        QVERIFY(!window.findChild<QAction*>(QStringLiteral("undo"))->isEnabled());
    }

    void openingShowsTheSection()
    {
        Theme theme;
        MainWindow window(theme);
        window.show();
        QVERIFY(open(window, stack(QStringLiteral("first.tif"))));
        QVERIFY(window.workspace().isVisible());
        QCOMPARE(window.workspace().section()->strip()->sliceCount(), sliceCount);
        QVERIFY(window.windowTitle().contains(QStringLiteral("first")));
    }

    void aFileThatCannotBeOpenedIsSaidInTheBanner()
    {
        Theme theme;
        MainWindow window(theme);
        window.show();
        QSignalSpy failed(&window.session(), &Session::failed);
        window.files().open(m_folder.filePath(QStringLiteral("nowhere.tif")));
        QVERIFY(failed.wait(5000));
        QVERIFY(window.findChild<Banner*>()->isVisible());
        QVERIFY(window.findChild<StartPage*>()->isVisible());
    }

    void nextPlaceIsTheMostDoubtfulOneInTheMiddleOfTheView()
    {
        Theme theme;
        MainWindow window(theme);
        window.show();
        QVERIFY(open(window, stack(QStringLiteral("places.tif"))));
        Project& project = *window.session().project();
        auto* next = window.findChild<QAction*>(QStringLiteral("nextToCorrect"));
        QVERIFY(!next->isEnabled());
        const VolumeSize size = project.size();
        const auto pixels = size_t(size.pixelsPerSlice());
        const Rect doubtful{size.width / 2 + 10, size.height / 2 - 40, 30, 30};
        ProbabilityMap map{size.width, size.height, 2, std::vector<float>(2 * pixels)};
        for (size_t i = 0; i < pixels; ++i) {
            const bool isSure = !doubtful.contains({int(i) % size.width, int(i) / size.width});
            map.values[i] = isSure ? 1 : 0.5F;
            map.values[pixels + i] = 1 - map.values[i];
        }
        Prediction prediction(size, 2);
        prediction.setSlice(7, map);
        project.mergePrediction(prediction);
        QTRY_VERIFY(next->isEnabled());
        next->trigger();

        SliceView* view = window.workspace().section()->view();
        QCOMPARE(view->slice(), 7);
        const Pixel middle = view->pixelAt(QPointF(view->width() / 2.0, view->height() / 2.0));
        QVERIFY(doubtful.grownBy(PlacesToCorrect::sidePx / 2).contains(middle));
        auto* showDoubt = window.findChild<QAction*>(QStringLiteral("showDoubt"));
        QVERIFY(showDoubt->isEnabled() && !view->isDoubtVisible());
        showDoubt->trigger();
        QVERIFY(view->isDoubtVisible());
    }

    void nextStepIsTheOnlyFilledButton()
    {
        Theme theme;
        MainWindow window(theme);
        window.show();
        QVERIFY(filledButtons(window).isEmpty());
        QVERIFY(open(window, stack(QStringLiteral("steps.tif"))));
        QCOMPARE(filledButtons(window), {QStringLiteral("predictSlice")});
        predict(window, 0);
        Q_EMIT window.session().nextStepChanged();
        QCOMPARE(filledButtons(window), {QStringLiteral("confirmSlice")});
        window.session().confirmSlice(0);
        QCOMPARE(filledButtons(window), {QStringLiteral("learn")});
    }

    void theStripShowsWhatWasDone()
    {
        Theme theme;
        MainWindow window(theme);
        window.show();
        QVERIFY(open(window, stack(QStringLiteral("strip.tif"))));
        const SliceStrip* strip = window.workspace().section()->strip();
        predict(window, 1);
        QTRY_COMPARE(strip->state(1), SliceState::predicted);
        window.session().confirmSlice(1);
        QTRY_COMPARE(strip->state(1), SliceState::confirmed);
        window.session().undo();
        QTRY_COMPARE(strip->state(1), SliceState::predicted);
    }

    void stripAndSectionGoTogether()
    {
        Theme theme;
        MainWindow window(theme);
        window.show();
        QVERIFY(open(window, stack(QStringLiteral("together.tif"))));
        SectionPage* section = window.workspace().section();
        section->strip()->setValue(4);
        QCOMPARE(section->view()->slice(), 3);
        section->view()->setSlice(1);
        QCOMPARE(section->strip()->slice(), 1);
    }

    void lettersChooseToolsButNotWhileTyping()
    {
        Theme theme;
        MainWindow window(theme);
        window.show();
        QApplication::setActiveWindow(&window);
        QVERIFY(open(window, stack(QStringLiteral("letters.tif"))));
        auto* eraser = window.findChild<QAction*>(QStringLiteral("eraser"));
        auto* brush = window.findChild<QAction*>(QStringLiteral("brush"));
        QTest::keyClick(&window, Qt::Key_E);
        QVERIFY(eraser->isChecked());

        auto* name = window.findChild<QLineEdit*>(QStringLiteral("class1Name"));
        QTest::mouseDClick(name, Qt::LeftButton);
        QTest::keyClicks(name, QStringLiteral("b1"));
        QCOMPARE(name->text(), QStringLiteral("b1"));
        QVERIFY(eraser->isChecked() && !brush->isChecked());
        QTest::keyClick(name, Qt::Key_Escape);
    }

    void tabLeavesOnlyTheSection()
    {
        Theme theme;
        MainWindow window(theme);
        window.show();
        QApplication::setActiveWindow(&window);
        QVERIFY(open(window, stack(QStringLiteral("tab.tif"))));
        SectionPage* section = window.workspace().section();
        section->view()->setFocus();
        QTest::keyClick(section->view(), Qt::Key_Tab);
        QVERIFY(!window.menuBar()->isVisible());
        QVERIFY(!section->strip()->isVisible());
        QVERIFY(section->view()->isVisible());
        QTest::keyClick(section->view(), Qt::Key_Tab);
        QVERIFY(window.menuBar()->isVisible());
        QVERIFY(section->strip()->isVisible());
        QVERIFY(window.findChild<QWidget*>(QStringLiteral("learnPanel"))->isVisible());
    }

    void closingAsksNothingAndLosesNothing()
    {
        Theme theme;
        const QString path = stack(QStringLiteral("closing.tif"));
        {
            MainWindow window(theme);
            window.show();
            QVERIFY(open(window, path));
            predict(window, 0);
            window.session().confirmSlice(0);
            QVERIFY(window.close());
        }
        MainWindow window(theme);
        window.show();
        QVERIFY(open(window, path));
        const LabelVolume& labels = window.session().project()->labels();
        QVERIFY(sliceState(labels, 0) == SliceState::confirmed);
        QVERIFY(window.session().project()->prediction().contains(0));
        QAction* undo = window.findChild<QAction*>(QStringLiteral("undo"));
        QVERIFY(undo->isEnabled());
        undo->trigger();
        QVERIFY(sliceState(labels, 0) == SliceState::predicted);
        undo->trigger();
        QVERIFY(sliceState(labels, 0) == SliceState::untouched);
        QVERIFY(!undo->isEnabled());
    }

    void aStackThatWasMovedIsAskedFor()
    {
        Theme theme;
        const QString path = stack(QStringLiteral("moved.tif"));
        QString project;
        {
            MainWindow window(theme);
            window.show();
            QVERIFY(open(window, path));
            project = window.session().store()->path();
            QVERIFY(window.close());
        }
        const QString elsewhere = m_folder.filePath(QStringLiteral("elsewhere.tif"));
        QVERIFY(QFile::rename(path, elsewhere));
        MainWindow window(theme);
        WindowDriver driver(window);
        driver.answerFileDialog(elsewhere);
        QVERIFY(open(window, project));
        QCOMPARE(window.session().project()->stack()->info().name, QStringLiteral("elsewhere.tif"));
        QVERIFY(window.session().store()->flush());
    }

    void recentStacksAreOfferedAgain()
    {
        Theme theme;
        const QString path = stack(QStringLiteral("recent.tif"));
        {
            MainWindow window(theme);
            window.show();
            QVERIFY(open(window, path));
            QVERIFY(window.close());
        }
        MainWindow window(theme);
        window.show();
        auto* card = window.findChild<QAbstractButton*>(QStringLiteral("recent1"));
        QVERIFY(card && card->isEnabled());
        QCOMPARE(card->text(), QStringLiteral("recent.emend"));
        QSignalSpy opened(&window.session(), &Session::opened);
        card->click();
        QVERIFY(opened.wait(5000));
    }

    void missingRecentStacksAreGreyed()
    {
        Theme theme;
        RecentStacks().add(m_folder.filePath(QStringLiteral("gone.tif")));
        MainWindow window(theme);
        QVERIFY(!window.findChild<QAbstractButton*>(QStringLiteral("recent1"))->isEnabled());
    }

    void theWindowRemembersThemeAndClosedPanels()
    {
        Theme theme;
        {
            MainWindow window(theme);
            window.show();
            QVERIFY(open(window, stack(QStringLiteral("remember.tif"))));
            window.findChild<QAction*>(QStringLiteral("themeLight"))->trigger();
            window.findChild<QAbstractButton*>(QStringLiteral("exportPanelClose"))->click();
            QVERIFY(window.close());
        }
        QCOMPARE(Settings().theme(), Theme::Choice::light);
        MainWindow window(theme);
        window.show();
        QVERIFY(open(window, stack(QStringLiteral("remember.tif"))));
        QVERIFY(!window.findChild<QWidget*>(QStringLiteral("exportPanel"))->isVisible());
        QVERIFY(window.findChild<QWidget*>(QStringLiteral("learnPanel"))->isVisible());
        window.findChild<QAction*>(QStringLiteral("resetPanels"))->trigger();
        QVERIFY(window.findChild<QWidget*>(QStringLiteral("exportPanel"))->isVisible());
    }

    void droppedFilesAreOpened()
    {
        Theme theme;
        MainWindow window(theme);
        window.show();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(stack(QStringLiteral("dropped.tif")))});
        QSignalSpy opened(&window.session(), &Session::opened);
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton,
                              Qt::NoModifier);
        QApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &drop);
        QVERIFY(opened.wait(5000));
    }

    void everyIconOnlyButtonAndSliderHasAName()
    {
        Theme theme;
        MainWindow window(theme);
        window.show();
        QVERIFY(open(window, stack(QStringLiteral("names.tif"))));
        for (const auto* button : window.findChildren<QAbstractButton*>()) {
            // Qt makes helpers of its own (of menus, tool bars, message boxes).
            if (button->objectName().startsWith(QStringLiteral("qt_")))
                continue;
            const bool isNamed = !button->text().isEmpty() || !button->accessibleName().isEmpty();
            QVERIFY2(isNamed && !button->objectName().isEmpty(), qPrintable(button->objectName()));
        }
        for (const auto* slider : window.findChildren<QAbstractSlider*>()) {
            if (slider->inherits("QScrollBar"))
                continue;
            QVERIFY2(!slider->accessibleName().isEmpty(), qPrintable(slider->objectName()));
        }
    }

    void theWindowFitsASmallScreen()
    {
        Theme theme;
        MainWindow window(theme);
        window.show();
        QVERIFY(open(window, stack(QStringLiteral("small.tif"))));
        window.findChild<QAbstractButton*>(QStringLiteral("advancedFold"))->click();
        QCoreApplication::processEvents();
        const QSize least = window.minimumSizeHint();
        QVERIFY2(least.width() <= 1280 && least.height() <= 800,
                 qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
    }
};

QTEST_MAIN(MainWindowTest)
#include "MainWindowTest.moc"
