// SPDX-License-Identifier: Apache-2.0
#include "tests/support/RunCli.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace emend;

namespace {

constexpr int patienceMs = 120000;

const char* const tiny = "--network same16 --size 64 --threads 1 --device cpu";

/// The program while it serves.
class Server
{
public:
    explicit Server(const QString& words)
    {
        m_process.start(QStringLiteral(EMEND_CLI), words.split(QLatin1Char(' ')));
    }

    ~Server()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    QByteArray line()
    {
        while (!m_process.canReadLine() && m_process.waitForReadyRead(patienceMs)) {
        }
        return m_process.readLine();
    }

    void say(const QByteArray& text)
    {
        m_process.write(text);
        m_process.waitForBytesWritten(patienceMs);
    }

    void endInput() { m_process.closeWriteChannel(); }

    Outcome end()
    {
        m_process.waitForFinished(patienceMs);
        return {m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1,
                m_process.readAllStandardOutput(), m_process.readAllStandardError()};
    }

private:
    QProcess m_process;
};

} // namespace

class NetworkBenchmarkCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void servesUntilTheInputEnds_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("inference") << QStringLiteral("benchmark inference --serve ") + tiny;
        QTest::newRow("training") << QStringLiteral("benchmark training --serve ") + tiny;
        QTest::newRow("other names") << QStringLiteral(
            "benchmark inference --serve --mode inference --net same16 --size 64 --device cpu");
    }

    void servesUntilTheInputEnds()
    {
        QFETCH(QString, words);
        Server server(words);
        QCOMPARE(server.line(), QByteArray("ready\n"));
        server.say("run 2\n");
        QCOMPARE(server.line(), QByteArray("done\n"));
        server.say("run 1\nrun 1\n");
        QCOMPARE(server.line(), QByteArray("done\n"));
        QCOMPARE(server.line(), QByteArray("done\n"));
        server.endInput();
        const Outcome outcome = server.end();
        QVERIFY2(outcome.status == 0, outcome.errors.constData());
        QCOMPARE(outcome.output, QByteArray());
    }

    void refusesToServeAnythingElse_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("word") << QByteArray("walk 2\n");
        QTest::newRow("no number") << QByteArray("run\n");
        QTest::newRow("none") << QByteArray("run 0\n");
        QTest::newRow("half") << QByteArray("run 1.5\n");
        QTest::newRow("two numbers") << QByteArray("run 1 2\n");
        QTest::newRow("endless") << QByteArray(1000, 'r');
    }

    void refusesToServeAnythingElse()
    {
        QFETCH(QByteArray, line);
        Server server(QStringLiteral("benchmark inference --serve ") + tiny);
        QCOMPARE(server.line(), QByteArray("ready\n"));
        server.say(line);
        const Outcome outcome = server.end();
        QCOMPARE(outcome.status, 2);
        QCOMPARE(outcome.output, QByteArray());
        QCOMPARE(outcome.errors.trimmed().count('\n'), 0);
        QVERIFY(outcome.errors.contains("run"));
    }

    void theWayThroughTheNetworkIsTold()
    {
        for (const bool isPlain : {false, true}) {
            const Outcome outcome = runCli(
                QStringLiteral("benchmark inference %1 --iterations 1 --json -%2")
                    .arg(QLatin1String(tiny), isPlain ? QStringLiteral(" --plain") : QString()));
            QVERIFY2(outcome.status == 0, outcome.errors.constData());
            const QJsonObject json = QJsonDocument::fromJson(outcome.output).object();
            QCOMPARE(json[QStringLiteral("path")].toString(),
                     isPlain ? QStringLiteral("plain") : QStringLiteral("own"));
        }
    }

    void tableAndJsonTellTheSame_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("inference") << QStringLiteral("inference");
        QTest::newRow("training") << QStringLiteral("training");
    }

    void tableAndJsonTellTheSame()
    {
        QFETCH(QString, mode);
        const QString file = m_folder.filePath(mode + QStringLiteral(".json"));
        const Outcome outcome =
            runCli(QStringLiteral("benchmark %1 %2 --batch 1,2 --precision fp32 --warm-up 1 "
                                  "--iterations 3 --with-input --json %3")
                       .arg(mode, QLatin1String(tiny), file));
        QVERIFY2(outcome.status == 0, outcome.errors.constData());
        for (const char* word : {"same16", "64 x 64 x 1", "LibTorch", "Emend", "CPU", "GFLOP/s",
                                 "batch", "precision", "95 %", "of peak"})
            QVERIFY2(outcome.output.contains(word), word);

        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QJsonObject json = QJsonDocument::fromJson(written.readAll()).object();
        QCOMPARE(json[QStringLiteral("mode")].toString(), mode);
        QCOMPARE(json[QStringLiteral("network")].toString(), QStringLiteral("same16"));
        QCOMPARE(json[QStringLiteral("size")].toInt(), 64);
        QCOMPARE(json[QStringLiteral("threads")].toInt(), 1);
        QCOMPARE(json[QStringLiteral("warmUp")].toInt(), 1);
        QCOMPARE(json[QStringLiteral("iterations")].toInt(), 3);
        QVERIFY(!json[QStringLiteral("library")].toString().isEmpty());
        const QJsonArray rows = json[QStringLiteral("rows")].toArray();
        QCOMPARE(rows.size(), 4);
        for (int i = 0; i < rows.size(); ++i) {
            const QJsonObject row = rows[i].toObject();
            QCOMPARE(row[QStringLiteral("batch")].toInt(), i / 2 + 1);
            QCOMPARE(row[QStringLiteral("withInput")].toBool(), i % 2 == 1);
            QCOMPARE(row[QStringLiteral("precision")].toString(), QStringLiteral("fp32"));
            verifyRow(row);
            QCOMPARE(row.contains(QStringLiteral("loss")), mode == u"training");
            const QByteArray shown =
                QByteArray::number(row[QStringLiteral("imagesPerSecond")].toDouble(), 'f', 2);
            QVERIFY2(outcome.output.contains(shown), shown.constData());
        }
    }

    void jsonOnTheOutputIsAllThatIsThere()
    {
        const Outcome outcome =
            runCli(QStringLiteral("benchmark inference %1 --precision fp32 --warm-up 0 "
                                  "--iterations 1 --json -")
                       .arg(QLatin1String(tiny)));
        QVERIFY2(outcome.status == 0, outcome.errors.constData());
        const QJsonObject json = QJsonDocument::fromJson(outcome.output).object();
        QCOMPARE(json[QStringLiteral("rows")].toArray().size(), 1);
    }

    void featuresAreMeasuredAndDrawn()
    {
        const QString json = m_folder.filePath(QStringLiteral("features.json"));
        const QString svg = m_folder.filePath(QStringLiteral("features.svg"));
        const Outcome outcome =
            runCli(QStringLiteral("benchmark features %1 --batch 1 --warm-up 0 --iterations 1 "
                                  "--rounds 1 --json %2 --svg %3")
                       .arg(QLatin1String(tiny), json, svg));
        QVERIFY2(outcome.status == 0, outcome.errors.constData());
        QFile written(json);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QJsonArray rows =
            QJsonDocument::fromJson(written.readAll()).object()[QStringLiteral("rows")].toArray();
        QCOMPARE(rows.size(), 4);
        QFile picture(svg);
        QVERIFY(picture.open(QIODevice::ReadOnly));
        const QByteArray drawn = picture.readAll();
        for (const QJsonValue& row : rows) {
            for (const char* number : {"trainingImagesPerSecond", "inferenceImagesPerSecond"}) {
                const double images = row[QLatin1String(number)].toDouble();
                QVERIFY(images > 0);
                QVERIFY(outcome.output.contains(QByteArray::number(images, 'f', 2)));
            }
        }
        QCOMPARE(drawn.count("<rect"), 2 * 4 + 4); // bars, and the legend
    }

    void layersAreTimedBothWays()
    {
        const QString file = m_folder.filePath(QStringLiteral("layers.json"));
        const Outcome outcome =
            runCli(QStringLiteral("benchmark layers %1 --mode training --precision fp32 "
                                  "--warm-up 0 --iterations 1 --json %2")
                       .arg(QLatin1String(tiny), file));
        QVERIFY2(outcome.status == 0, outcome.errors.constData());
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QJsonObject json = QJsonDocument::fromJson(written.readAll()).object();
        for (const char* way : {"plain", "own"}) {
            const QJsonArray rows = json[QLatin1String(way)].toArray();
            QCOMPARE(rows.size(), 16);
            for (const QJsonValue& row : rows) {
                const double ms = row[QStringLiteral("forwardMs")].toDouble();
                QVERIFY(outcome.output.contains(row[QStringLiteral("name")].toString().toUtf8()));
                QVERIFY(outcome.output.contains(QByteArray::number(ms, 'f', 2)));
            }
        }
    }

    void wrongOptionsExitWithTwo_data()
    {
        QTest::addColumn<QString>("words");
        const auto row = [](const char* words) {
            QTest::newRow(words) << QStringLiteral("benchmark ") + QLatin1String(words);
        };
        row("inference --network luck");
        row("inference --network same");
        row("inference --network same0");
        row("inference --network same16 --size 100");
        row("inference --network classic --size 573");
        row("inference --batch 0");
        row("inference --batch 1,,2");
        row("inference --precision fp64");
        row("inference --precision fp16 --device cpu");
        row("inference --iterations 0");
        row("inference --threads many");
        row("inference --device abacus");
        row("inference --mode training");
        row("inference --serve --batch 1,2");
        row("inference --serve --precision fp32,bf16 --device cpu");
        row("training stack.tif");
        row("training --truth a.tif");
        row("corrections --batch 2");
        row("features --mixed fp16 --device cpu");
        row("features --rounds 0");
        row("features --batch 1,2");
        row("features --mixed fp32");
        row("features --mixed bf16,bf16");
        row("layers --mode both");
        row("layers --batch 0");
        row("layers --precision fp32,bf16");
        row("layers stack.tif");
        row("luck");
    }

    void wrongOptionsExitWithTwo()
    {
        QFETCH(QString, words);
        const Outcome outcome = runCli(words);
        QCOMPARE(outcome.status, 2);
        QCOMPARE(outcome.output, QByteArray());
        QCOMPARE(outcome.errors.trimmed().count('\n'), 0);
    }

    void eachBenchmarkTellsItsOwnOptions()
    {
        const Outcome all = runCli(QStringLiteral("benchmark --help"));
        QCOMPARE(all.status, 0);
        QVERIFY(all.output.contains("benchmark inference"));
        const Outcome own = runCli(QStringLiteral("benchmark training --help"));
        QCOMPARE(own.status, 0);
        QVERIFY(own.output.contains("--warm-up"));
        QVERIFY(!own.output.contains("--truth"));
    }

private:
    static void verifyRow(const QJsonObject& row)
    {
        const QJsonObject latency = row[QStringLiteral("latencyMs")].toObject();
        const auto ms = [&latency](const char* name) {
            return latency[QLatin1String(name)].toDouble(-1);
        };
        QCOMPARE(latency[QStringLiteral("count")].toInt(), 3);
        QCOMPARE(latency[QStringLiteral("samples")].toArray().size(), 3);
        QVERIFY(ms("fastest") > 0);
        QVERIFY(ms("fastest") <= ms("p50"));
        QVERIFY(ms("p50") <= ms("p90"));
        QVERIFY(ms("p90") <= ms("p95"));
        QVERIFY(ms("p95") <= ms("p99"));
        QVERIFY(ms("p99") <= ms("slowest"));
        QVERIFY(ms("mean") >= ms("fastest") && ms("mean") <= ms("slowest"));
        QVERIFY(ms("deviation") >= 0);
        const auto number = [&row](const char* name) {
            return row[QLatin1String(name)].toDouble(-1);
        };
        QVERIFY(number("gflopPerImage") > 0.1 && number("gflopPerImage") < 2);
        const double gflops = number("imagesPerSecond") * number("gflopPerImage");
        QVERIFY(std::abs(number("gflops") / gflops - 1) < 1e-6);
        QVERIFY(std::abs(number("shareOfPeak") * number("peakGflops") / gflops - 1) < 1e-6);
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(NetworkBenchmarkCommandTest)
#include "NetworkBenchmarkCommandTest.moc"
