// SPDX-License-Identifier: Apache-2.0
#include "app/window/PanelLinks.h"
#include "tests/support/DrawnStack.h"
#include "tests/support/RandomModel.h"
#include "tests/support/WindowDriver.h"
#include "widgets/panels/LearnPanel.h"
#include "widgets/theme/Theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QtTest>

using namespace emend;

namespace {

constexpr int side = 256;

} // namespace

/// What is chosen in the panel Learn is what the job learns with.
class LearnOptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("EmendTest"));
        QCoreApplication::setApplicationName(QStringLiteral("LearnOptionsTest"));
        QSettings().clear();
        QVERIFY(m_folder.isValid());
        const DrawnStack drawn = DrawnStack::sections(side, 1);
        const QString path = m_folder.filePath(QStringLiteral("stack.tif"));
        drawn.saveGrey(path);
        m_window = std::make_unique<MainWindow>(m_theme);
        m_driver = std::make_unique<WindowDriver>(*m_window);
        QVERIFY(m_driver->open(path));
        Project& project = m_driver->project();
        const LabelEdit truth =
            editLabels(project.labels(), 0, project.size().sliceRect(), [&](Pixel pixel, Label) {
                return Label(drawn.truth[0][size_t(pixel.y * side + pixel.x)],
                             LabelState::corrected);
            });
        m_window->session().history()->perform(truth, QStringLiteral("stroke"));
        auto tiny = randomModel(UNetSpec::standard(2, 2));
        tiny->classNames = {QStringLiteral("membrane"), QStringLiteral("inside")};
        tiny->lineage.name = QStringLiteral("tiny");
        ModelShelf& shelf = m_window->session().shelf();
        shelf.setCurrent(shelf.add(tiny, {}));
        QTRY_VERIFY(child<QAbstractButton>("learn")->isEnabled());
    }

    void cleanupTestCase()
    {
        m_driver.reset();
        m_window.reset();
    }

    void thePanelShowsWhatTheTrainerWouldChoose()
    {
        const auto tiny = m_window->session().models().current();
        const ComputeDevice& device = m_window->session().device();
        const TrainingOptions fromModel = resolved({}, device, tiny.get());
        const TrainingOptions fromNothing = resolved({}, device, nullptr);
        auto* steps = child<QSpinBox>("steps");
        QCOMPARE(steps->value(), 0);
        QVERIFY(steps->text().contains(QLocale().toString(fromModel.steps)));
        auto* start = child<QComboBox>("startFrom");
        QVERIFY(start->currentText().contains(QStringLiteral("tiny")));
        start->setCurrentIndex(start->count() - 1); // from nothing
        QVERIFY(steps->text().contains(QLocale().toString(fromNothing.steps)));
        child<QAbstractButton>("advancedFold")->click();
        m_driver->keepPicture(QStringLiteral("learn"));
        start->setCurrentIndex(0);
        QVERIFY(steps->text().contains(QLocale().toString(fromModel.steps)));
    }

    void whatIsChosenReachesTheJob()
    {
        child<QSpinBox>("steps")->setValue(2);
        child<QSpinBox>("batch")->setValue(1);
        child<QDoubleSpinBox>("learningRate")->setValue(0.00025);
        TrainingOptions told;
        connect(&m_window->session(), &Session::learningStarted, this,
                [&told](const TrainingOptions& options) { told = options; });
        const auto learned = learn();
        QCOMPARE(told.steps, 2);
        QCOMPARE(told.batch, 1);
        QCOMPARE(told.learningRate, 0.00025);
        QCOMPARE(learned->lineage.steps, 2);
        QCOMPARE(learned->lineage.parent, QStringLiteral("tiny"));
    }

    void theBaseModelIsTaughtWhenItIsChosen()
    {
        child<QSpinBox>("steps")->setValue(1);
        child<QSpinBox>("batch")->setValue(1);
        auto* start = child<QComboBox>("startFrom");
        start->setCurrentIndex(start->findData(int(LearnPanel::Start::base)));
        const auto learned = learn();
        const ModelHistory& models = m_window->session().models();
        QCOMPARE(learned->lineage.parent, models.at(models.baseIndex())->lineage.name);
    }

private:
    template <class T>
    T* child(const char* name) const
    {
        return m_window->findChild<T*>(QLatin1String(name));
    }

    /// The new model.
    std::shared_ptr<const Checkpoint> learn()
    {
        const ModelHistory& models = m_window->session().models();
        const int before = models.count();
        m_driver->click("learn");
        m_driver->waitUntilIdle();
        return models.count() == before + 1 ? models.at(before) : std::make_shared<Checkpoint>();
    }

    Theme m_theme;
    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowDriver> m_driver;
};

QTEST_MAIN(LearnOptionsTest)
#include "LearnOptionsTest.moc"
