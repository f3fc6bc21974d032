// SPDX-License-Identifier: Apache-2.0
// The program as a whole, when the system shuts down or the user logs out.
#include "core/labels/ClassTable.h"
#include "core/store/ProjectFile.h"
#include "tests/support/DrawnStack.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace emend;

class TerminationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theProjectIsClosedAsByHand()
    {
        const QTemporaryDir folder;
        const QString stack = folder.filePath(QStringLiteral("stack.tif"));
        const DrawnStack drawn = DrawnStack::sections(64, 2);
        drawn.saveGrey(stack);
        SourceRecord source;
        source.absolutePath = stack;
        source.relativePath = QStringLiteral("stack.tif");
        source.size = drawn.size;
        const QString project = folder.filePath(QStringLiteral("work.emend"));
        ProjectFile::create(project, source, ClassTable::membraneAndInside());

        QProcess window;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), folder.path());
        window.setProcessEnvironment(environment);
        window.start(QStringLiteral(EMEND_PROGRAM), {project});
        const auto besideProject = [&folder] {
            return QDir(folder.path())
                .entryList({QStringLiteral("*work.emend*")}, QDir::Files | QDir::Hidden);
        };
        QVERIFY2(QTest::qWaitFor([&] { return besideProject().size() > 1; }, 60000),
                 window.readAllStandardError().constData());
        window.terminate();
        QVERIFY(window.waitForFinished(60000));
        QCOMPARE(window.exitStatus(), QProcess::NormalExit);
        QCOMPARE(window.exitCode(), 0);
        QCOMPARE(besideProject(), QStringList(QStringLiteral("work.emend")));
    }
};

QTEST_GUILESS_MAIN(TerminationTest)
#include "TerminationTest.moc"
