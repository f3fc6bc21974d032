// SPDX-License-Identifier: Apache-2.0
#include "models/ComputeDevice.h"

#include "core/Error.h"
#include "models/torch/winograd/WinogradKernels.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <ATen/Parallel.h>

#include <cstdlib>
#include <unistd.h>

using namespace emend;

class ComputeDeviceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void precisionsHaveWords()
    {
        for (const Precision precision : {Precision::automatic, Precision::fp32, Precision::mixed,
                                          Precision::bf16, Precision::fp16})
            QVERIFY(precisionFromText(textFromPrecision(precision)) == precision);
        QVERIFY_EXCEPTION_THROWN(precisionFromText(QStringLiteral("int8")), Error);
        QVERIFY_EXCEPTION_THROWN(precisionFromText(QString()), Error);
    }

    void theCpuIsAlwaysThere()
    {
        QVERIFY(ComputeDevice::parse(QStringLiteral("cpu")) == ComputeDevice::cpu());
        QVERIFY(!ComputeDevice::cpu().isCuda());
        QVERIFY(ComputeDevice::parse(QStringLiteral("auto")) == ComputeDevice::best());
    }

    void whatIsNotThereIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "gpu", "cuda:", "cuda:-1", "cuda:x", "cuda:9999", "CPU"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void whatIsNotThereIsRefused()
    {
        QFETCH(QString, text);
        QVERIFY_EXCEPTION_THROWN(ComputeDevice::parse(text), Error);
    }

    void aCpuDoesNotComputeInFp16()
    {
        QVERIFY_EXCEPTION_THROWN(ComputeDevice::cpu().resolve(Precision::fp16), Error);
    }

    void aCpuMultipliesInBf16WhereThatIsFast()
    {
        const ComputeDevice cpu = ComputeDevice::cpu();
        if (winograd::hasFastBf16()) {
            QVERIFY(cpu.resolve(Precision::automatic) == Precision::mixed);
            QVERIFY(cpu.resolve(Precision::mixed) == Precision::mixed);
        } else {
            QVERIFY(cpu.resolve(Precision::automatic) == Precision::fp32);
            QVERIFY_EXCEPTION_THROWN(cpu.resolve(Precision::mixed), Error);
        }
    }

    void aCpuComputesAsItIsTold()
    {
        const ComputeDevice cpu = ComputeDevice::cpu();
        QVERIFY(cpu.resolve(Precision::fp32) == Precision::fp32);
        QVERIFY(cpu.resolve(Precision::bf16) == Precision::bf16);
    }

    void theDescriptionIsPlain()
    {
        const QString text = ComputeDevice::cpu().describe(Precision::fp32);
        const QRegularExpression plain(QStringLiteral("^CPU, (1 core|[0-9]+ cores), fp32$"));
        QVERIFY2(plain.match(text).hasMatch(), qPrintable(text));
    }

    void thereIsOneOpenMpInTheProcess()
    {
        at::set_num_threads(2); // so that OpenMP is in use
        QFile maps(QStringLiteral("/proc/self/maps"));
        QVERIFY(maps.open(QIODevice::ReadOnly));
        QSet<QString> libraries;
        const QStringList lines = QString::fromLatin1(maps.readAll()).split(QLatin1Char('\n'));
        for (const QString& line : lines) {
            const QString path = line.section(QLatin1Char(' '), 5).trimmed();
            if (path.contains(QRegularExpression(QStringLiteral("lib[gi]?omp"))))
                libraries.insert(path);
        }
        QVERIFY2(libraries.size() == 1,
                 qPrintable(QStringList(libraries.values()).join(QStringLiteral(", "))));
    }

    void waitingThreadsSleep() { QCOMPARE(qgetenv("OMP_WAIT_POLICY"), QByteArray("PASSIVE")); }

    void cuBlasCanBeReproducible() { QCOMPARE(qgetenv("CUBLAS_WORKSPACE_CONFIG"), ":4096:8"); }
};

int main(int argc, char** argv)
{
    // ctest sets the policy for all tests; this one sets out as a user's program does.
    constexpr auto isSecondStart = "EMEND_TEST_IS_SECOND_START";
    if (std::getenv(isSecondStart) == nullptr) {
        setenv(isSecondStart, "1", 1);
        unsetenv("OMP_WAIT_POLICY");
        execv("/proc/self/exe", argv);
        return 1; // it should not have come back
    }
    prepareProcessForCompute();
    QCoreApplication application(argc, argv);
    ComputeDeviceTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "ComputeDeviceTest.moc"
