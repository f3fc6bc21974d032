// SPDX-License-Identifier: Apache-2.0
#include "models/benchmark/LayerProfile.h"

#include <QTest>

#include <algorithm>
#include <stop_token>

using namespace emend;

namespace {

using Mode = NetworkBenchmark::Mode;
using Path = NetworkBenchmark::Path;

LayerProfile profileOf(Mode mode, Path path)
{
    NetworkBenchmark::Plan plan;
    plan.mode = mode;
    plan.path = path;
    plan.spec = UNetSpec::standard(2, 8);
    plan.sizePx = 32;
    plan.threads = 1;
    NetworkBenchmark benchmark(plan);
    JobContext job;
    return LayerProfile::of(benchmark, 1, 2, job);
}

QStringList namesOf(const LayerProfile& profile)
{
    QStringList names;
    for (const LayerProfile::Row& row : profile.rows)
        names.push_back(row.name);
    return names;
}

const QStringList groups = {
    QStringLiteral("encoder0"), QStringLiteral("encoder1"), QStringLiteral("encoder2"),
    QStringLiteral("encoder3"), QStringLiteral("encoder4"), QStringLiteral("up3"),
    QStringLiteral("decoder3"), QStringLiteral("up2"),      QStringLiteral("decoder2"),
    QStringLiteral("up1"),      QStringLiteral("decoder1"), QStringLiteral("up0"),
    QStringLiteral("decoder0"), QStringLiteral("head")};

} // namespace

/// Names and sense only: how long things take is nothing for a test.
class LayerProfileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void bothWaysHaveTheSameGroups_data()
    {
        QTest::addColumn<Path>("path");
        QTest::newRow("LibTorch's operators") << Path::plain;
        QTest::newRow("Emend's") << Path::own;
    }

    void bothWaysHaveTheSameGroups()
    {
        QFETCH(Path, path);
        const LayerProfile predicting = profileOf(Mode::inference, path);
        QCOMPARE(namesOf(predicting), groups + QStringList(QStringLiteral("softmax")));
        for (const LayerProfile::Row& row : predicting.rows)
            QVERIFY2(row.forwardMs > 0 && row.backwardMs == 0, qPrintable(row.name));

        const LayerProfile learning = profileOf(Mode::training, path);
        const QStringList rest = {QStringLiteral("loss"), QStringLiteral("update")};
        QCOMPARE(namesOf(learning), groups + rest);
        double sum = 0;
        for (const LayerProfile::Row& row : learning.rows) {
            const bool isGroup = groups.contains(row.name);
            QVERIFY2(row.forwardMs > 0 && (row.backwardMs > 0) == isGroup, qPrintable(row.name));
            sum += row.ms();
        }
        QCOMPARE(learning.ms(), sum);
    }
};

QTEST_GUILESS_MAIN(LayerProfileTest)
#include "LayerProfileTest.moc"
