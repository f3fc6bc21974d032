// SPDX-License-Identifier: Apache-2.0
// The commands on a project do bit for bit what the session of a window does.
#include "app/session/Session.h"
#include "tests/support/DrawnStack.h"
#include "tests/support/FileBytes.h"
#include "tests/support/RunCli.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace emend;

namespace {

bool waitUntilIdle(Session& session)
{
    return QTest::qWaitFor([&] { return !session.isBusy(); }, 120000);
}

} // namespace

class ProjectCommandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    /// A project in which one slice is corrected, a model was learned and everything predicted.
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        const DrawnStack drawn = DrawnStack::sections(300, 3);
        drawn.saveGrey(path("stack.tif"));
        Session session;
        QSignalSpy opened(&session, &Session::opened);
        session.open({path("stack.tif"), {}, {}, {}});
        QVERIFY(opened.wait(10000));
        QVERIFY(waitUntilIdle(session));
        const auto truth = [&drawn](Pixel pixel, Label) {
            const size_t at = size_t(pixel.y) * 300 + size_t(pixel.x);
            return Label(drawn.truth[0][at], LabelState::corrected);
        };
        LabelEdit edit = editLabels(session.project()->labels(), 0, {0, 0, 300, 300}, truth);
        session.project()->apply(edit);
        session.recordEdit(edit, QStringLiteral("truth"));
        TrainingOptions options;
        options.steps = 4;
        QSignalSpy learned(&session, &Session::learned);
        session.learn(options);
        QVERIFY(learned.wait(120000));
        QVERIFY(waitUntilIdle(session));
        m_learned = session.models().at(session.models().count() - 1);
        session.shelf().setCurrent(session.models().count() - 1);
        session.predict(SliceRange::all(3));
        QVERIFY(waitUntilIdle(session));
        m_used = session.models().current();
        session.exportLabels({ExportRequest::What::classIndices, path("window.tif")});
        QVERIFY(waitUntilIdle(session));
    }

    void infoSaysHowFarTheWorkIs()
    {
        const Outcome info = runCli({QStringLiteral("info"), project(), QStringLiteral("--json")});
        QVERIFY2(info.status == 0, info.errors.constData());
        const QJsonObject json = QJsonDocument::fromJson(info.output)
                                     .object()
                                     .value(QStringLiteral("project"))
                                     .toObject();
        QCOMPARE(json.value(QStringLiteral("slicesConfirmed")).toInt(), 1);
        QCOMPARE(json.value(QStringLiteral("slicesPredicted")).toInt(), 2);
        QCOMPARE(json.value(QStringLiteral("steps")).toInt(),
                 json.value(QStringLiteral("stepsDone")).toInt());
    }

    void exportWritesWhatTheWindowExports()
    {
        const Outcome outcome =
            runCli({QStringLiteral("export"), project(), QStringLiteral("--what"),
                    QStringLiteral("indices"), QStringLiteral("-o"), path("command.tif")});
        QVERIFY2(outcome.status == 0, outcome.errors.constData());
        QVERIFY(!bytesOfFile(path("window.tif")).isEmpty());
        QVERIFY(bytesOfFile(path("command.tif")) == bytesOfFile(path("window.tif")));
    }

    void predictUsesAModelOfTheProject()
    {
        m_used->save(path("used.safetensors"));
        for (const auto& [input, model, output] :
             {std::tuple(project(), m_used->lineage.name, path("project.tif")),
              std::tuple(path("stack.tif"), path("used.safetensors"), path("stack-out.tif"))}) {
            const Outcome outcome =
                runCli({QStringLiteral("predict"), input, QStringLiteral("--model"), model,
                        QStringLiteral("-o"), output});
            QVERIFY2(outcome.status == 0, outcome.errors.constData());
        }
        QVERIFY(bytesOfFile(path("project.tif")) == bytesOfFile(path("stack-out.tif")));
    }

    void trainLearnsWhatTheWindowLearned()
    {
        const Outcome outcome =
            runCli({QStringLiteral("train"), project(), QStringLiteral("--from"),
                    QStringLiteral("membrane"), QStringLiteral("--steps"), QStringLiteral("4"),
                    QStringLiteral("-o"), path("again.safetensors")});
        QVERIFY2(outcome.status == 0, outcome.errors.constData());
        const auto again = Checkpoint::load(path("again.safetensors"));
        QCOMPARE(again->weights.size(), m_learned->weights.size());
        for (const auto& [name, weight] : m_learned->weights)
            QVERIFY2(again->weights.at(name).values == weight.values, name.c_str());
    }

    void checkFindsDamageAndRepairLeavesItOut()
    {
        QCOMPARE(runCli({QStringLiteral("check"), project()}).status, 0);
        const QString damaged = path("damaged.emend");
        QVERIFY(QFile::copy(project(), damaged));
        {
            Database database(damaged, Database::Access::create);
            database.execute("UPDATE tile SET sum = sum + 1 WHERE id = "
                             "(SELECT tile FROM label ORDER BY key LIMIT 1)");
        }
        const QByteArray before = bytesOfFile(damaged);
        const Outcome check = runCli({QStringLiteral("check"), damaged});
        QCOMPARE(check.status, 1);
        QVERIFY(check.output.contains("slice 0, x 0 to 255, y 0 to 255"));
        const Outcome repair = runCli(
            {QStringLiteral("repair"), damaged, QStringLiteral("-o"), path("repaired.emend")});
        QVERIFY2(repair.status == 0, repair.errors.constData());
        QVERIFY(bytesOfFile(damaged) == before);
        QCOMPARE(runCli({QStringLiteral("check"), path("repaired.emend")}).status, 0);
    }

    void commandsReadAProjectThatAWindowHasOpen()
    {
        ProjectStore window(project(), ProjectStore::Mode::edit);
        QCOMPARE(runCli({QStringLiteral("info"), project()}).status, 0);
        QCOMPARE(runCli({QStringLiteral("check"), project()}).status, 0);
    }

private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QString project() const { return path("stack.emend"); }

    QTemporaryDir m_folder;
    std::shared_ptr<const Checkpoint> m_learned;
    std::shared_ptr<const Checkpoint> m_used;
};

QTEST_GUILESS_MAIN(ProjectCommandsTest)
#include "ProjectCommandsTest.moc"
