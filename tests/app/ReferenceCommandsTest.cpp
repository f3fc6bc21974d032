// SPDX-License-Identifier: Apache-2.0
#include "core/io/StackReader.h"
#include "models/Checkpoint.h"
#include "tests/support/DrawnStack.h"
#include "tests/support/RunCli.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <csignal>

using namespace emend;

namespace {

std::vector<QJsonObject> linesOf(const QString& path)
{
    QFile file(path);
    std::vector<QJsonObject> lines;
    if (!file.open(QIODevice::ReadOnly))
        return lines;
    while (!file.atEnd())
        lines.push_back(QJsonDocument::fromJson(file.readLine()).object());
    return lines;
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The numbers of a safetensors file, without the header, which tells the time it was made.
QByteArray weightsOf(const QString& path)
{
    const QByteArray bytes = bytesOf(path);
    quint64 header = 0;
    std::copy_n(bytes.constData(), std::min<qsizetype>(8, bytes.size()),
                reinterpret_cast<char*>(&header));
    return bytes.mid(qsizetype(8 + header));
}

} // namespace

/// The reference recipe from the command line, with the smallest network it can have.
class ReferenceCommandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        const DrawnStack drawn = DrawnStack::sections(96, 5);
        drawn.saveGrey(path("stack.tif"));
        drawn.saveTruth(path("truth.tif"));
    }

    void aFoldIsTrainedLoggedAndJudged()
    {
        const Outcome train = runCli(recipe("--fold 0 --max-steps 2 --log-every 1 --log %1 -o %2",
                                            {path("log.jsonl"), path("model.safetensors")}));
        QVERIFY2(train.status == 0, train.errors.constData());
        const auto lines = linesOf(path("log.jsonl"));
        QCOMPARE(lines.size(), size_t(3));
        for (const char* key : {"train_ce_loss", "train_dice_loss", "train_total_loss"})
            QVERIFY2(lines[1].value(QLatin1String(key)).toDouble() > 0.1, key);
        QCOMPARE(lines[1].value(QStringLiteral("step")).toInt(), 1);
        for (const char* key : {"eval_ce_loss", "eval_dice_loss", "eval_total_loss"})
            QVERIFY2(lines[2].value(QLatin1String(key)).toDouble() > 0.1, key);
        const double score = lines[2].value(QStringLiteral("eval_dice_score")).toDouble();

        const Outcome evaluate = runCli(
            QStringLiteral("evaluate %1 --labels %2 --classes 1:membrane,2:inside --model %3 "
                           "--folds reference --fold 0 --batch 1 --precision fp32 --json")
                .arg(path("stack.tif"), path("truth.tif"), path("model.safetensors")));
        QVERIFY2(evaluate.status == 0, evaluate.errors.constData());
        const QJsonObject json = QJsonDocument::fromJson(evaluate.output).object();
        QVERIFY(std::abs(json.value(QStringLiteral("eval_dice_score")).toDouble() - score) < 1e-6);
        QVERIFY(json.contains(QStringLiteral("vRand")));

        const Outcome predict =
            runCli(QStringLiteral("predict %1 --model %2 -o %3")
                       .arg(path("stack.tif"), path("model.safetensors"), path("masks.tif")));
        QVERIFY2(predict.status == 0, predict.errors.constData());
        const auto masks = StackReader::open(path("masks.tif"));
        QCOMPARE(masks->size(), (VolumeSize{96, 96, 5}));
        for (const quint16 value : masks->read(4, {0, 0, 96, 96}).pixels)
            QVERIFY(value == 1 || value == 2);
    }

    void allFoldsGoIntoAFolderAndAreJudgedFromIt()
    {
        const Outcome train =
            runCli(recipe("--fold all --folds true --max-steps 1 -o %1", {path("models")}));
        QVERIFY2(train.status == 0, train.errors.constData());
        QVERIFY(train.output.contains("not learned from"));
        for (int fold = 0; fold < 5; ++fold)
            QVERIFY(QFileInfo::exists(path("models/fold%1.safetensors").arg(fold)));
        const Outcome evaluate =
            runCli(QStringLiteral(
                       "evaluate %1 --labels %2 --model %3 --folds true --precision fp32 --json")
                       .arg(path("stack.tif"), path("truth.tif"), path("models")));
        QVERIFY2(evaluate.status == 0, evaluate.errors.constData());
        const QJsonObject json = QJsonDocument::fromJson(evaluate.output).object();
        const QJsonArray folds = json.value(QStringLiteral("folds")).toArray();
        QCOMPARE(folds.size(), 5);
        double sum = 0;
        for (const QJsonValue& fold : folds)
            sum += fold.toObject().value(QStringLiteral("eval_dice_score")).toDouble();
        QVERIFY(std::abs(json.value(QStringLiteral("eval_dice_score")).toDouble() - sum / 5) <
                1e-9);
    }

    void aResumedRunWritesTheSameModel()
    {
        QCOMPARE(
            runCli(recipe("--fold 1 --max-steps 2 --log-every 1 -o %1", {path("whole.st")})).status,
            0);
        QCOMPARE(runCli(recipe("--fold 1 --max-steps 1 --log-every 1 --log %1 -o %2",
                               {path("both.jsonl"), path("half.st")}))
                     .status,
                 0);
        const Outcome resumed =
            runCli(recipe("--fold 1 --max-steps 2 --log-every 1 --resume %1 --log %2 -o %3",
                          {path("half.run.safetensors"), path("both.jsonl"), path("resumed.st")}));
        QVERIFY2(resumed.status == 0, resumed.errors.constData());
        QVERIFY(!weightsOf(path("whole.st")).isEmpty());
        QCOMPARE(weightsOf(path("resumed.st")), weightsOf(path("whole.st")));
        QVERIFY(weightsOf(path("half.st")) != weightsOf(path("whole.st")));
        QCOMPARE(linesOf(path("both.jsonl")).size(), size_t(4));
    }

    void anInterruptKeepsTheStateAndNoModel()
    {
        QProcess process;
        process.start(QStringLiteral(EMEND_CLI),
                      recipe("--fold 2 --max-steps 100000 --save-every 1 -o %1", {path("cut.st")})
                          .split(QLatin1Char(' ')));
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo::exists(path("cut.run.safetensors")), 120000);
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(120000));
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(process.readAllStandardError().contains("--resume"));
        QVERIFY(QFileInfo::exists(path("cut.run.safetensors")));
        QVERIFY(!QFileInfo::exists(path("cut.st")));
    }

    void thePapersRecipeGivesAModelToJudgeLikeAnyOther()
    {
        const QString labels =
            QStringLiteral("--labels %1 --classes 1:membrane,2:inside").arg(path("truth.tif"));
        const Outcome train = runCli(
            QStringLiteral("train %1 %2 --preset paper --base 1 --precision fp32 --reproducible "
                           "--fold 0 --folds true --max-steps 2 --log-every 1 --log %3 -o %4")
                .arg(path("stack.tif"), labels, path("paper.jsonl"), path("paper.st")));
        QVERIFY2(train.status == 0, train.errors.constData());
        const auto lines = linesOf(path("paper.jsonl"));
        QCOMPARE(lines.size(), size_t(2));
        QCOMPARE(lines[1].value(QStringLiteral("step")).toInt(), 1);
        QCOMPARE(lines[1].value(QStringLiteral("fold")).toInt(-1), 0);
        QVERIFY(lines[1].value(QStringLiteral("train_ce_loss")).toDouble() > 0.1);

        const auto dice = [&](int views) {
            const Outcome evaluate =
                runCli(QStringLiteral("evaluate %1 %2 --model %3 --folds true --fold 0 "
                                      "--views %4 --precision fp32 --json")
                           .arg(path("stack.tif"), labels, path("paper.st"))
                           .arg(views));
            const QJsonObject json = QJsonDocument::fromJson(evaluate.output).object();
            return json.value(QStringLiteral("dice")).toDouble(-1);
        };
        QVERIFY(dice(1) > 0);
        QVERIFY(dice(2) != dice(1)); // the views are looked at

        const Outcome slices = runCli(
            QStringLiteral("train %1 %2 --preset paper --base 1 --max-steps 1 --slices 1-2 -o %3")
                .arg(path("stack.tif"), labels, path("slices.st")));
        QVERIFY2(slices.status == 0, slices.errors.constData());
        QVERIFY(Checkpoint::load(path("slices.st"))->lineage.data.contains(QStringLiteral("1-2")));
    }

    void wrongUseExitsWithTwo_data()
    {
        QTest::addColumn<QString>("options");
        QTest::newRow("no fold") << "--preset reference -o m.st";
        QTest::newRow("sixth fold") << "--preset reference --fold 5 -o m.st";
        QTest::newRow("no output") << "--preset reference --fold 0";
        QTest::newRow("other preset") << "--preset fast --fold 0 -o m.st";
        QTest::newRow("steps of the other way") << "--preset reference --fold 0 --steps 5 -o m.st";
        QTest::newRow("fold without preset") << "--fold 0 -o m.st";
        QTest::newRow("folds that are none") << "--preset reference --fold 0 --folds six -o m.st";
        QTest::newRow("slices of the reference")
            << "--preset reference --fold 0 --slices 1 -o m.st";
        QTest::newRow("batch of the paper") << "--preset paper --fold 0 --batch 2 -o m.st";
        QTest::newRow("folds and slices") << "--preset paper --fold 0 --slices 1 -o m.st";
        QTest::newRow("paper without output") << "--preset paper";
        QTest::newRow("resume of many") << "--preset reference --fold all --resume r.st -o folder";
    }

    void wrongUseExitsWithTwo()
    {
        QFETCH(QString, options);
        const Outcome outcome = runCli(QStringLiteral("train %1 --labels %2 %3")
                                           .arg(path("stack.tif"), path("truth.tif"), options));
        QVERIFY2(outcome.status == 2, outcome.errors.constData());
        QVERIFY(!outcome.errors.isEmpty());
    }

    void foldsAreJudgedByTheirOwnOptionsOnly()
    {
        const auto status = [this](const char* options) {
            return runCli(QStringLiteral("evaluate %1 --labels %2 --model m.st %3")
                              .arg(path("stack.tif"), path("truth.tif"), QLatin1String(options)))
                .status;
        };
        QCOMPARE(status("--batch 2"), 2);
        QCOMPARE(status("--folds true --slices 0"), 2);
        QCOMPARE(status("--folds true --fold none"), 2);
        QCOMPARE(status("--folds true"), 1); // rightly called, but there is no such model
    }

private:
    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

    /// train with the recipe in its smallest form and more words, whose %1, %2 ... are places.
    QString recipe(const char* more, const QStringList& places) const
    {
        QString words = QLatin1String(more);
        for (const QString& place : places)
            words = words.arg(place);
        return QStringLiteral("train %1 --labels %2 --classes 1:membrane,2:inside --preset "
                              "reference --base 1 --batch 1 --precision fp32 ")
                   .arg(path("stack.tif"), path("truth.tif")) +
               words;
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(ReferenceCommandsTest)
#include "ReferenceCommandsTest.moc"
