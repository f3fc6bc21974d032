// SPDX-License-Identifier: Apache-2.0
#include "tests/support/DrawnStack.h"
#include "tests/support/WindowDriver.h"
#include "widgets/panels/ExportPanel.h"
#include "widgets/theme/Theme.h"
#include "widgets/view/VtkSurface.h"

#include <QComboBox>
#include <QProcess>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>

using namespace emend;

namespace {

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int runCli(const QStringList& arguments)
{
    QProcess cli;
    cli.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    cli.start(QStringLiteral(EMEND_CLI), arguments);
    return cli.waitForFinished(120000) ? cli.exitCode() : -1;
}

qint64 correctedCount(const std::vector<Label>& labels)
{
    return std::count_if(labels.begin(), labels.end(),
                         [](Label label) { return label.isCorrected(); });
}

/// Works until it has had to wait for somebody's hand.
class PoliteJob : public Job
{
public:
    QString title() const override { return QStringLiteral("Polite"); }

    void run(JobContext& job) override
    {
        const double before = job.waitedSeconds();
        while (job.waitedSeconds() == before) {
            job.checkCancelled();
            QThread::msleep(1);
        }
    }
};

} // namespace

/// The window from opening a stack to its exported masks, by mouse and keys.
class WholeLoopTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("EmendTest"));
        QCoreApplication::setApplicationName(QStringLiteral("WholeLoopTest"));
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        QSettings().clear();
        QVERIFY(m_folder.isValid());
        DrawnStack::sections(256, 3).saveGrey(path("stack.tif"));
        m_window = std::make_unique<MainWindow>(m_theme);
        m_driver = std::make_unique<WindowDriver>(*m_window);
        m_driver->keepPicture(QStringLiteral("1-start"));
    }

    void cleanupTestCase()
    {
        m_driver.reset();
        m_window.reset();
    }

    void aStackIsOpenedAndPredicted()
    {
        QVERIFY(m_driver->open(path("stack.tif")));
        m_driver->click("predictAll");
        QVERIFY(m_driver->waitUntilIdle());
        QCOMPARE(m_driver->project().prediction().slices().count(), 3);
        m_driver->keepPicture(QStringLiteral("2-predicted"));
    }

    void theWindowExportsWhatTheCommandLinePredicts()
    {
        exportIndices(path("window.tif"));
        QCOMPARE(runCli({QStringLiteral("predict"), path("stack.tif"), QStringLiteral("--model"),
                         QStringLiteral("membrane"), QStringLiteral("-o"), path("command.tif")}),
                 0);
        QVERIFY(!bytesOf(path("window.tif")).isEmpty());
        QVERIFY(bytesOf(path("window.tif")) == bytesOf(path("command.tif")));
    }

    void aStrokeIsUndoneAndDoneAgain()
    {
        const auto before = m_driver->labels(0);
        m_driver->key(Qt::Key_B);
        m_driver->key(Qt::Key_1);
        m_driver->stroke({{60, 60}, {120, 80}, {180, 60}});
        const auto painted = m_driver->labels(0);
        QVERIFY(correctedCount(painted) > 120);
        m_driver->stroke({{60, 200}, {120, 200}}, Qt::RightButton);
        QVERIFY(m_driver->labels(0) != painted);
        m_driver->keepPicture(QStringLiteral("3-corrected"));

        m_driver->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(m_driver->labels(0) == painted);
        m_driver->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(m_driver->labels(0) == before);
        m_driver->key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(m_driver->labels(0) == painted);
    }

    void oneKeyLearnsFromTheCorrections()
    {
        m_driver->click("confirmSlice");
        const auto corrected = m_driver->labels(0);
        QCOMPARE(correctedCount(corrected), qint64(corrected.size()));
        m_window->findChild<QSpinBox*>(QStringLiteral("steps"))->setValue(10);
        QTRY_VERIFY(m_window->findChild<QAbstractButton*>(QStringLiteral("learn"))->isEnabled());
        const int models = m_window->session().models().count();
        QSignalSpy learned(&m_window->session(), &Session::learned);
        m_driver->key(Qt::Key_T, Qt::ControlModifier);
        QVERIFY(m_window->session().isBusy());
        m_driver->stroke({{30, 30}, {40, 40}}); // nobody has to wait with painting
        QVERIFY(learned.wait(120000));
        QVERIFY(m_driver->waitUntilIdle());
        QCOMPARE(m_window->session().models().count(), models + 1);
        m_driver->keepPicture(QStringLiteral("4-learned"));
    }

    void correctionsOutliveThePredictionThatFollows()
    {
        const auto corrected = m_driver->labels(0);
        m_driver->click("predictAll");
        QVERIFY(m_driver->waitUntilIdle());
        QVERIFY(m_driver->labels(0) == corrected);
        exportIndices(path("corrected.tif"));
        QVERIFY(!bytesOf(path("corrected.tif")).isEmpty());
        QVERIFY(m_window->session().store()->flush());
    }

    void aRunningJobWaitsForTheBrush()
    {
        m_window->session().setDevice(ComputeDevice::cpu()); // a graphics card does not disturb
        JobRunner& jobs = m_window->session().jobs();
        QSignalSpy finished(&jobs, &JobRunner::finished);
        jobs.start<PoliteJob>(std::make_shared<PoliteJob>(), [](PoliteJob&) {});
        QVERIFY(!finished.wait(100));
        for (int i = 0; i < 50 && finished.isEmpty(); ++i) {
            m_driver->stroke({{30, 30}, {40, 40}});
            finished.wait(100);
        }
        QCOMPARE(finished.count(), 1);
    }

private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    void exportIndices(const QString& file)
    {
        auto* what = m_window->findChild<QComboBox*>(QStringLiteral("exportWhat"));
        what->setCurrentIndex(int(ExportPanel::What::classIndices));
        QSignalSpy exported(&m_window->session(), &Session::exported);
        m_driver->answerFileDialog(file);
        m_driver->click("export");
        QTRY_COMPARE_WITH_TIMEOUT(exported.count(), 1, 20000);
        QCOMPARE(exported.front().front().toStringList(), QStringList(file));
        QVERIFY(m_driver->waitUntilIdle());
    }

    QTemporaryDir m_folder;
    Theme m_theme;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowDriver> m_driver;
};

int main(int argc, char** argv)
{
    VtkSurface::prepareApplication();
    QApplication application(argc, argv);
    WholeLoopTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "WholeLoopTest.moc"
