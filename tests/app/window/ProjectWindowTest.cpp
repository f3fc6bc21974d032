// SPDX-License-Identifier: Apache-2.0
// What the window does with projects that are found again, in use, read-only or damaged.
#include "core/store/ProjectSchema.h"
#include "tests/support/DrawnStack.h"
#include "tests/support/WindowDriver.h"
#include "widgets/panels/Banner.h"
#include "widgets/theme/Theme.h"

#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace emend;

class ProjectWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("EmendTest"));
        QCoreApplication::setApplicationName(QStringLiteral("ProjectWindowTest"));
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        QSettings().clear();
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        DrawnStack::sections(600, 3).saveGrey(path("a.tif"));
    }

    void aProjectOpensWhereTheWorkWas()
    {
        {
            MainWindow window(m_theme);
            const WindowDriver driver(window);
            QVERIFY(driver.open(path("a.tif")));
            driver.view()->setSlice(2);
            driver.view()->setZoom(3);
            driver.view()->centreOn({150, 410});
            driver.key(Qt::Key_F);
            driver.key(Qt::Key_2);
            QVERIFY(window.close());
        }
        MainWindow window(m_theme);
        const WindowDriver driver(window);
        QVERIFY(driver.open(path("a.emend")));
        QCOMPARE(driver.view()->slice(), 2);
        QCOMPARE(driver.view()->zoom(), 3.0);
        QCOMPARE(driver.view()->pixelAt(QPointF(driver.view()->rect().center())),
                 (Pixel{150, 410}));
        QCOMPARE(driver.view()->toolBox()->currentKind(), ToolKind::fill);
        QCOMPARE(driver.view()->toolBox()->currentClass(), 2);
    }

    void afterACrashTheStartPageOffersToGoOn()
    {
        const auto heading = [this] {
            const MainWindow window(m_theme);
            return window.findChild<QLabel*>(QStringLiteral("recentHeading"))->text();
        };
        {
            MainWindow window(m_theme);
            QVERIFY(WindowDriver(window).open(path("a.tif")));
            QVERIFY(!heading().contains(QStringLiteral("a.emend"))); // it is still open there
        } // gone without having been closed
        QVERIFY(heading().contains(QStringLiteral("a.emend")));
        {
            MainWindow window(m_theme);
            QVERIFY(WindowDriver(window).open(path("a.emend")));
            QVERIFY(window.close());
        }
        QVERIFY(!heading().contains(QStringLiteral("a.emend")));
    }

    void theModelInUseStaysInUse()
    {
        {
            MainWindow window(m_theme);
            const WindowDriver driver(window);
            QVERIFY(driver.open(path("a.tif")));
            driver.stroke({{60, 60}, {120, 80}});
            driver.key(Qt::Key_2);
            driver.stroke({{60, 160}, {120, 180}});
            TrainingOptions options;
            options.steps = 2;
            QSignalSpy learned(&window.session(), &Session::learned);
            window.session().learn(options);
            QVERIFY(learned.wait(60000));
            QVERIFY(driver.waitUntilIdle());
            window.session().shelf().setCurrent(0);
        }
        MainWindow window(m_theme);
        const WindowDriver driver(window);
        QVERIFY(driver.open(path("a.emend")));
        const ModelHistory& models = window.session().models();
        const int learned = int(Checkpoint::shippedNames().size());
        QCOMPARE(models.count(), learned + 1);
        QCOMPARE(models.currentIndex(), 0);
        QVERIFY(!models.notes(learned).curve.empty());
        QCOMPARE(models.notes(learned).curve.back().step, 2);
    }

    void aProjectInUseIsOfferedToLookAt()
    {
        MainWindow owner(m_theme);
        QVERIFY(WindowDriver(owner).open(path("a.tif")));
        WindowDriver(owner).stroke({{60, 60}, {120, 80}});
        QVERIFY(owner.session().store()->flush());

        MainWindow window(m_theme);
        const WindowDriver driver(window);
        QString question;
        QTimer answer;
        answer.callOnTimeout([&] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!box)
                return;
            question = box->text();
            box->defaultButton()->click();
        });
        answer.start(50);
        QVERIFY(driver.open(path("a.emend")));
        QVERIFY(question.contains(QString::number(QCoreApplication::applicationPid())));
        QVERIFY(window.session().isReadOnly());
        QVERIFY(driver.labels(0) == WindowDriver(owner).labels(0));
    }

    void whatIsOnlyLookedAtCannotBeChanged()
    {
        {
            MainWindow window(m_theme);
            QVERIFY(WindowDriver(window).open(path("a.tif")));
            WindowDriver(window).stroke({{60, 60}, {120, 80}});
        }
        {
            Database database(path("a.emend"), Database::Access::create);
            database.execute(QStringLiteral("PRAGMA user_version=%1")
                                 .arg(ProjectSchema::version + 1)
                                 .toLatin1()
                                 .constData());
        }
        MainWindow window(m_theme);
        const WindowDriver driver(window);
        QVERIFY(driver.open(path("a.emend")));
        const auto before = driver.labels(0);
        auto* banner = window.findChild<Banner*>();
        QVERIFY(banner->text().contains(QStringLiteral("newer Emend")));
        const QPoint middle = banner->mapTo(&window, banner->rect().center());
        QVERIFY(banner->isAncestorOf(window.childAt(middle))); // above all that was opened
        banner->hide();
        driver.stroke({{200, 200}, {240, 240}});
        QVERIFY(banner->isVisible());
        QVERIFY(driver.labels(0) == before);
        driver.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(driver.labels(0) == before);
        QVERIFY(!window.findChild<QAction*>(QStringLiteral("undo"))->isEnabled());
        QVERIFY(!window.findChild<QAction*>(QStringLiteral("predictAllSlices"))->isEnabled());
        QVERIFY(window.findChild<QAction*>(QStringLiteral("exportLabels"))->isEnabled());
    }

    void damageIsHatchedNamedAndLeftAlone()
    {
        {
            MainWindow window(m_theme);
            const WindowDriver driver(window);
            QVERIFY(driver.open(path("a.tif")));
            driver.stroke({{60, 60}, {120, 80}}); // in the tile at the top left
            driver.stroke({{300, 60}, {400, 80}});
            driver.view()->setSlice(1); // so that nothing of slice 0 is read before it is damaged
        }
        {
            Database database(path("a.emend"), Database::Access::create);
            database.execute("UPDATE tile SET sum = sum + 1 WHERE id = "
                             "(SELECT tile FROM label ORDER BY key LIMIT 1)");
        }
        MainWindow window(m_theme);
        const WindowDriver driver(window);
        QVERIFY(driver.open(path("a.emend")));
        driver.view()->setSlice(0);
        const QImage picture = driver.view()->picture();
        const QPoint inTile =
            driver.view()->deviceFromWidget(driver.view()->widgetFromPixel({128, 128})).toPoint();
        int redPixels = 0;
        for (int x = -20; x < 20; ++x)
            redPixels += picture.pixelColor(inTile + QPoint(x, 0)) == QColor(0xff, 0x5a, 0x4d);
        QVERIFY(redPixels > 0);
        auto* banner = window.findChild<Banner*>();
        QTRY_VERIFY(banner->text().contains(QStringLiteral("x 0 to 255, y 0 to 255")));
        driver.keepPicture(QStringLiteral("damage"));

        driver.stroke({{60, 60}, {128, 128}, {300, 128}});
        QCOMPARE(driver.project().labels().at({128, 128}, 0), Label());
        QCOMPARE(driver.project().labels().at({300, 128}, 0).state(), LabelState::corrected);

        driver.answerFileDialog(path("a.emend"));
        QTimer::singleShot(400, &window, [&] { driver.answerFileDialog(path("b.emend")); });
        QSignalSpy opened(&window.session(), &Session::opened);
        window.findChild<QAction*>(QStringLiteral("repairProject"))->trigger();
        QVERIFY(opened.wait(20000));
        QVERIFY(window.session().store()->path().endsWith(QStringLiteral("b.emend")));
        QCOMPARE(driver.project().labels().at({350, 70}, 0).state(), LabelState::corrected);
        driver.view()->setSlice(0);
        driver.stroke({{60, 60}, {128, 128}});
        QCOMPARE(driver.project().labels().at({128, 128}, 0).state(), LabelState::corrected);
    }

private:
    QString path(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }

    std::unique_ptr<QTemporaryDir> m_folder;
    Theme m_theme;
};

QTEST_MAIN(ProjectWindowTest)
#include "ProjectWindowTest.moc"
