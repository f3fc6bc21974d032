// SPDX-License-Identifier: Apache-2.0
#include "app/window/ModelComparison.h"

#include "tests/support/DrawnStack.h"
#include "tests/support/RandomModel.h"
#include "tests/support/WindowDriver.h"
#include "widgets/panels/Banner.h"
#include "widgets/theme/Theme.h"

#include <QLabel>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace emend;

namespace {

constexpr int side = 160;

} // namespace

/// Two tiny models on a stack of three sections, in the window.
class ModelComparisonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("EmendTest"));
        QCoreApplication::setApplicationName(QStringLiteral("ModelComparisonTest"));
        QVERIFY(m_folder.isValid());
    }

    void init()
    {
        QSettings().clear();
        m_path = m_folder.filePath(QStringLiteral("stack%1.tif").arg(++m_count));
        DrawnStack::sections(side, 3).saveGrey(m_path);
        m_window = std::make_unique<MainWindow>(m_theme);
        m_driver = std::make_unique<WindowDriver>(*m_window);
        QVERIFY(m_driver->open(m_path));
        m_first = m_window->session().shelf().add(modelOf(3), {});
        m_second = m_window->session().shelf().add(modelOf(4), {});
    }

    void cleanup()
    {
        m_driver.reset();
        m_window.reset();
    }

    void bothModelsAndTheirDifferenceAreShown()
    {
        compare();
        QVERIFY(comparison().isShown());
        const auto first = shown();
        m_driver->key(Qt::Key_X);
        const auto second = shown();
        QVERIFY(first != second);
        m_driver->key(Qt::Key_X);
        QVERIFY(shown() == first);
        m_driver->key(Qt::Key_D);
        const auto difference = shown();
        QVERIFY(difference != first && difference != second);
        m_driver->click("showSecondModel");
        QVERIFY(shown() == second);
        m_driver->keepPicture(QStringLiteral("comparison"));
    }

    void labelsPredictionAndHistoryAreUntouched()
    {
        const auto before = m_driver->labels(0);
        const bool couldUndo = m_window->session().history()->canUndo();
        const int models = m_window->session().models().currentIndex();
        compare();
        m_driver->key(Qt::Key_D);
        m_driver->key(Qt::Key_Escape);
        QVERIFY(m_driver->labels(0) == before);
        QCOMPARE(m_window->session().history()->canUndo(), couldUndo);
        QVERIFY(m_driver->project().prediction().isEmpty());
        QCOMPARE(m_driver->project().classes(), ClassTable::membraneAndInside());
        QCOMPARE(m_window->session().models().currentIndex(), models);
    }

    void leavingBringsBackTheViewAsItWas()
    {
        auto* labels = m_window->findChild<QAction*>(QStringLiteral("showOverlay"));
        labels->setChecked(false);
        const auto before = shown();
        compare();
        QVERIFY(shown() != before);
        QVERIFY(bar()->isVisible() && labels->isChecked());
        m_driver->click("leaveComparisonButton");
        QVERIFY(!comparison().isOn());
        QVERIFY(!bar()->isVisible() && !labels->isChecked());
        QVERIFY(shown() == before);
        QVERIFY(!m_window->findChild<QAction*>(QStringLiteral("showOtherModel"))->isEnabled());
    }

    void anotherSliceIsPredictedWhenOneComesToIt()
    {
        compare();
        m_driver->key(Qt::Key_D);
        const QString sentence = said();
        m_driver->view()->setSlice(2);
        QVERIFY(said() != sentence); // that it is on its way
        QTRY_VERIFY(said().contains(u'%'));
        QVERIFY(m_driver->waitUntilIdle());
        m_driver->view()->setSlice(0);
        QCOMPARE(said(), sentence); // known still
        QVERIFY(!m_window->session().isBusy());
    }

    void theToolsRestMeanwhile()
    {
        compare();
        const auto before = m_driver->labels(0);
        m_driver->stroke({{20, 20}, {60, 60}});
        QVERIFY(m_driver->labels(0) == before);
        QVERIFY(comparison().isShown());
        QVERIFY(m_window->findChild<Banner*>()->isVisible());
    }

    void whatChangesTheLabelsEndsTheComparison()
    {
        compare();
        Project& project = m_driver->project();
        project.apply(editLabels(project.labels(), 0, {10, 10, 20, 20},
                                 [](Pixel, Label) { return Label(1, LabelState::corrected); }));
        QVERIFY(!comparison().isOn());
        QVERIFY(!m_driver->view()->hasStandIn());
    }

    void stopLeavesTheViewAsItWas()
    {
        const auto before = shown();
        comparison().compare(m_first, m_second);
        QVERIFY(comparison().isOn());
        m_window->session().stop();
        QVERIFY(m_driver->waitUntilIdle());
        QVERIFY(!comparison().isOn() && !comparison().isShown());
        QVERIFY(shown() == before);
    }

    void escapeBeforeTheResultStopsTheJob()
    {
        comparison().compare(m_first, m_second);
        m_driver->key(Qt::Key_Escape);
        QVERIFY(!comparison().isOn());
        QVERIFY(m_driver->waitUntilIdle());
        QVERIFY(!m_driver->view()->hasStandIn());
        compare(); // and it begins again
        QVERIFY(comparison().isShown());
    }

    void aModelThatCannotPredictIsSaidInTheBanner()
    {
        auto broken = modelOf(5);
        broken->weights.erase(broken->weights.begin());
        const int index = m_window->session().shelf().add(broken, {});
        QSignalSpy failed(&m_window->session(), &Session::failed);
        comparison().compare(m_first, index);
        QVERIFY(m_driver->waitUntilIdle());
        QCOMPARE(failed.count(), 1);
        QVERIFY(!comparison().isOn());
    }

    void whileSomethingRunsNothingIsCompared()
    {
        comparison().compare(m_first, m_second);
        QSignalSpy failed(&m_window->session(), &Session::failed);
        comparison().compare(m_first, m_second);
        QCOMPARE(failed.count(), 1);
        QVERIFY(!comparison().isOn());
        QVERIFY(m_driver->waitUntilIdle());
    }

    void anotherStackEndsTheComparison()
    {
        compare();
        const QString other = m_folder.filePath(QStringLiteral("other%1.tif").arg(m_count));
        DrawnStack::sections(128, 2).saveGrey(other);
        QVERIFY(m_driver->open(other));
        QVERIFY(!comparison().isOn());
        QVERIFY(!m_driver->view()->hasStandIn());
        QVERIFY(!bar()->isVisible());
    }

    void closingTheWindowWhileItRunsIsSafe()
    {
        comparison().compare(m_first, m_second);
        QVERIFY(m_window->session().isBusy());
        cleanup();
    }

private:
    static std::shared_ptr<Checkpoint> modelOf(unsigned seed)
    {
        auto model = randomModel(UNetSpec::standard(2, 2), seed);
        model->classNames = {QStringLiteral("membrane"), QStringLiteral("inside")};
        model->lineage.name = QStringLiteral("random %1").arg(seed);
        return model;
    }

    ModelComparison& comparison() { return m_window->comparison(); }

    ComparisonBar* bar() const { return m_window->findChild<ComparisonBar*>(); }

    QString said() const
    {
        return m_window->findChild<QLabel*>(QStringLiteral("comparisonSentence"))->text();
    }

    /// From the request to the picture.
    void compare()
    {
        comparison().compare(m_first, m_second);
        QVERIFY(m_driver->waitUntilIdle());
    }

    /// The section as it is on the screen.
    QImage shown() const
    {
        QTest::qWait(50); // grey that is on its way
        return m_driver->view()->picture().copy();
    }

    Theme m_theme;
    QTemporaryDir m_folder;
    int m_count = 0;
    QString m_path;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowDriver> m_driver;
    int m_first = -1;
    int m_second = -1;
};

QTEST_MAIN(ModelComparisonTest)
#include "ModelComparisonTest.moc"
