// SPDX-License-Identifier: Apache-2.0
#include "core/io/StackReader.h"
#include "tests/support/DrawnStack.h"
#include "tests/support/RunCli.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace emend;

namespace {

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Runs the real program on drawn sections.
class CommandLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        const DrawnStack drawn = DrawnStack::sections(192, 4);
        drawn.saveGrey(path("stack.tif"));
        drawn.saveTruth(path("truth.tif"));
    }

    void versionAndHelpSucceed()
    {
        QCOMPARE(runCli({QStringLiteral("--version")}).status, 0);
        const Outcome help = runCli({QStringLiteral("--help")});
        QCOMPARE(help.status, 0);
        for (const char* command : {"info", "convert", "train", "predict", "evaluate", "export"}) {
            QVERIFY2(help.output.contains(command), command);
            const Outcome own = runCli({QString::fromLatin1(command), QStringLiteral("--help")});
            QCOMPARE(own.status, 0);
            QVERIFY(own.output.contains("Options:"));
        }
    }

    void infoTellsSizeAndVoxels()
    {
        const Outcome info =
            runCli({QStringLiteral("info"), path("stack.tif"), QStringLiteral("--json")});
        QCOMPARE(info.status, 0);
        const QJsonObject json = QJsonDocument::fromJson(info.output).object();
        QCOMPARE(json.value(QStringLiteral("width")).toInt(), 192);
        QCOMPARE(json.value(QStringLiteral("slices")).toInt(), 4);
        QCOMPARE(json.value(QStringLiteral("bitsPerPixel")).toInt(), 8);
        QCOMPARE(json.value(QStringLiteral("voxelNm")).toArray(), (QJsonArray{4, 4, 50}));
    }

    void convertKeepsEveryPixel()
    {
        QCOMPARE(runCli({QStringLiteral("convert"), path("stack.tif"), path("grey.tif")}).status,
                 0);
        const auto before = StackReader::open(path("stack.tif"));
        const auto after = StackReader::open(path("grey.tif"));
        QCOMPARE(after->size(), before->size());
        for (int z = 0; z < 4; ++z)
            QCOMPARE(after->read(z, before->size().sliceRect()).pixels,
                     before->read(z, before->size().sliceRect()).pixels);
    }

    void theLoopRunsFromTrainingToMasks()
    {
        const Outcome train = runCli(
            {QStringLiteral("train"), path("stack.tif"), QStringLiteral("--labels"),
             path("truth.tif"), QStringLiteral("--classes"), QStringLiteral("1:membrane,2:inside"),
             QStringLiteral("--slices"), QStringLiteral("0-1"), QStringLiteral("--steps"),
             QStringLiteral("60"), QStringLiteral("-o"), path("model.safetensors")});
        QVERIFY2(train.status == 0, train.errors.constData());

        const Outcome predict =
            runCli({QStringLiteral("predict"), path("stack.tif"), QStringLiteral("--model"),
                    path("model.safetensors"), QStringLiteral("-o"), path("masks.tif"),
                    QStringLiteral("--probabilities"), path("p.tif"), QStringLiteral("--class"),
                    QStringLiteral("membrane")});
        QVERIFY2(predict.status == 0, predict.errors.constData());
        const auto masks = StackReader::open(path("masks.tif"));
        QCOMPARE(masks->size(), (VolumeSize{192, 192, 4}));
        const GreyImage page = masks->read(3, {0, 0, 192, 192});
        QVERIFY(std::all_of(page.pixels.begin(), page.pixels.end(),
                            [](quint16 value) { return value == 1 || value == 2; }));

        const QStringList scoring{
            QStringLiteral("evaluate"), path("stack.tif"),         QStringLiteral("--labels"),
            path("truth.tif"),          QStringLiteral("--model"), path("model.safetensors"),
            QStringLiteral("--slices"), QStringLiteral("2-3"),     QStringLiteral("--json")};
        const Outcome evaluate = runCli(scoring);
        QVERIFY2(evaluate.status == 0, evaluate.errors.constData());
        const QJsonObject score = QJsonDocument::fromJson(evaluate.output).object();
        // All "inside" would reach about 0.45: the model has learned something.
        QVERIFY2(score.value(QStringLiteral("dice")).toDouble() > 0.6, evaluate.output.constData());

        const auto withCorrected = [&scoring](const char* slices) {
            return runCli(scoring +
                          QStringList{QStringLiteral("--corrected"), QLatin1String(slices)});
        };
        // What the model says is scored; corrections beside change where gaps are closed only.
        const Outcome beside = withCorrected("0-1");
        QVERIFY2(beside.status == 0, beside.errors.constData());
        const QJsonObject scoreBeside = QJsonDocument::fromJson(beside.output).object();
        QCOMPARE(scoreBeside.value(QStringLiteral("dice")), score.value(QStringLiteral("dice")));
        QVERIFY(scoreBeside.contains(QStringLiteral("vRandAsCut")));
        const Outcome both = withCorrected("1-2"); // 2 would tell of itself
        QCOMPARE(both.status, 2);
        QVERIFY2(both.errors.contains("Slice 2 is to be scored"), both.errors.constData());
    }

    void exportWritesOneMaskAClass()
    {
        const Outcome outcome = runCli(
            {QStringLiteral("export"), path("truth.tif"), QStringLiteral("-o"), path("out.tif")});
        QVERIFY2(outcome.status == 0, outcome.errors.constData());
        const auto membrane = StackReader::open(path("out-membrane.tif"));
        const auto truth = StackReader::open(path("truth.tif"));
        const GreyImage mask = membrane->read(1, {0, 0, 192, 192});
        const GreyImage classes = truth->read(1, {0, 0, 192, 192});
        for (size_t i = 0; i < mask.pixels.size(); ++i)
            QCOMPARE(int(mask.pixels[i]), classes.pixels[i] == 1 ? 255 : 0);
    }

    void correctionsAreMeasuredAndDrawn()
    {
        const Outcome benchmark = runCli({QStringLiteral("benchmark"),
                                          QStringLiteral("corrections"),
                                          path("stack.tif"),
                                          QStringLiteral("--truth"),
                                          path("truth.tif"),
                                          QStringLiteral("--classes"),
                                          QStringLiteral("1:membrane,2:inside"),
                                          QStringLiteral("--slices"),
                                          QStringLiteral("0-1"),
                                          QStringLiteral("--unseen"),
                                          QStringLiteral("1"),
                                          QStringLiteral("--order"),
                                          QStringLiteral("slices"),
                                          QStringLiteral("--rounds"),
                                          QStringLiteral("1"),
                                          QStringLiteral("--strokes-per-round"),
                                          QStringLiteral("1"),
                                          QStringLiteral("--steps"),
                                          QStringLiteral("1"),
                                          QStringLiteral("--json"),
                                          path("curve.json"),
                                          QStringLiteral("--svg"),
                                          path("curve.svg")});
        QVERIFY2(benchmark.status == 0, benchmark.errors.constData());
        QVERIFY(benchmark.output.contains("Order: slices"));
        const QJsonObject json = QJsonDocument::fromJson(bytesOf(path("curve.json"))).object();
        QCOMPARE(json.value(QStringLiteral("slices")).toString(), QStringLiteral("0"));
        const QJsonArray runs = json.value(QStringLiteral("runs")).toArray();
        QCOMPARE(runs.size(), 1);
        const QJsonArray rounds = runs[0].toObject().value(QStringLiteral("rounds")).toArray();
        QCOMPARE(rounds.size(), 2);
        QVERIFY(rounds[1].toObject().value(QStringLiteral("correctedPixels")).toInt() > 0);
        QVERIFY(bytesOf(path("curve.svg")).startsWith("<svg"));
    }

    void wrongUseExitsWithTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no command") << QStringList{};
        QTest::newRow("unknown command") << QStringList{QStringLiteral("frobnicate")};
        QTest::newRow("unknown option")
            << QStringList{QStringLiteral("info"), QStringLiteral("--frobnicate")};
        QTest::newRow("no stack") << QStringList{QStringLiteral("info")};
        QTest::newRow("one too many")
            << QStringList{QStringLiteral("info"), QStringLiteral("a"), QStringLiteral("b")};
        QTest::newRow("no output") << QStringList{QStringLiteral("predict"), QStringLiteral("a")};
        QTest::newRow("no number") << QStringList{
            QStringLiteral("train"),   QStringLiteral("a"),   QStringLiteral("--labels"),
            QStringLiteral("b"),       QStringLiteral("-o"),  QStringLiteral("c"),
            QStringLiteral("--steps"), QStringLiteral("many")};
        QTest::newRow("unknown benchmark") << QStringList{
            QStringLiteral("benchmark"), QStringLiteral("luck"), QStringLiteral("a")};
        QTest::newRow("unknown order")
            << QStringList{QStringLiteral("benchmark"), QStringLiteral("corrections"),
                           QStringLiteral("a"), QStringLiteral("--order"), QStringLiteral("b")};
    }

    void wrongUseExitsWithTwo()
    {
        QFETCH(QStringList, arguments);
        const Outcome outcome = runCli(arguments);
        QCOMPARE(outcome.status, 2);
    }

    void aFailureIsOneSentenceAndWritesNothing()
    {
        const QByteArray before = "an older file";
        QFile old(path("kept.tif"));
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write(before);
        old.close();
        const Outcome outcome =
            runCli({QStringLiteral("convert"), path("missing.tif"), path("kept.tif")});
        QCOMPARE(outcome.status, 1);
        QCOMPARE(outcome.errors.trimmed().count('\n'), 0);
        QCOMPARE(bytesOf(path("kept.tif")), before);
    }

    void anInterruptLeavesNothingHalfWritten()
    {
        const QStringList before = QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden);
        QProcess process;
        process.start(QStringLiteral(EMEND_CLI),
                      {QStringLiteral("train"), path("stack.tif"), QStringLiteral("--labels"),
                       path("truth.tif"), QStringLiteral("--classes"),
                       QStringLiteral("1:membrane,2:inside"), QStringLiteral("--steps"),
                       QStringLiteral("100000"), QStringLiteral("-o"), path("never.safetensors")});
        // The first line of the curve says that training is under way.
        QVERIFY(process.waitForReadyRead(120000));
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(120000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden), before);
    }

private:
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "CommandLineTest.moc"
