// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/WaitingSlices.h"

#include "core/Error.h"

#include <QtTest>

using namespace emend;

namespace {

constexpr int count = 6;
constexpr VolumeSize size{96, 96, count};

/// Slice z of a made-up prediction.
ProbabilityMap answer(int z)
{
    ProbabilityMap map{size.width, size.height, 2,
                       std::vector<float>(2 * size_t(size.pixelsPerSlice()))};
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const size_t pixel = size_t(y) * size_t(size.width) + size_t(x);
            const bool isMembrane = x % 16 == 0 || y % 16 == 0;
            map.plane(1)[pixel] =
                isMembrane ? 0.3F + 0.1F * float((x / 16 + y / 16 + z) % 7) : 0.05F;
            map.plane(2)[pixel] = 1 - map.plane(1)[pixel];
        }
    }
    return map;
}

struct Handed
{
    int z;
    std::vector<float> values;
    std::vector<quint8> isBorder;

    bool operator==(const Handed&) const = default;
};

} // namespace

/// How answers get from the network to who asked for them.
class WaitingSlicesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void howManyAreOnTheirWayChangesNothing()
    {
        const std::vector<Handed> one = handedOver(1);
        QCOMPARE(one.size(), size_t(count));
        for (int z = 0; z < count; ++z)
            QCOMPARE(one[size_t(z)].z, z);
        QVERIFY(one[2].isBorder != one[3].isBorder);
        for (const int atOnce : {0, 2, 5})
            QVERIFY(handedOver(atOnce) == one);
    }

    void theCallerWaitsWhereTooManyAreOnTheirWay()
    {
        for (const int atOnce : {0, 1, 3}) {
            std::atomic<int> arrived = 0;
            int begun = 0;
            pass(
                atOnce,
                [&](int, const ProbabilityMap&, const MembraneBorders&) {
                    QThread::msleep(10);
                    ++arrived;
                },
                [&](int) { QVERIFY(++begun - arrived <= atOnce); });
            QCOMPARE(arrived.load(), count);
        }
    }

    void afterAFailureNothingIsHandedOver()
    {
        for (const int atOnce : {0, 1, 3}) {
            std::vector<int> seen;
            const auto sink = [&](int z, const ProbabilityMap&, const MembraneBorders&) {
                if (z == 2)
                    throw Error(QStringLiteral("The disk is full."));
                seen.push_back(z);
            };
            QVERIFY_EXCEPTION_THROWN(pass(atOnce, sink), Error);
            QCOMPARE(seen, std::vector({0, 1}));
        }
    }

private:
    /// All slices, one after the other; after each, afterwards(z).
    void pass(
        int atOnce, const WaitingSlices::Sink& sink,
        const std::function<void(int)>& afterwards = [](int) {}) const
    {
        WaitingSlices waiting({size, 4, 1, {}}, sink, atOnce);
        waiting.add(0, answer(0), true);
        for (int z = 0; z < count; ++z) {
            if (z + 1 < count)
                waiting.add(z + 1, answer(z + 1), true);
            waiting.handOver(z, {z, z + 2});
            afterwards(z);
        }
        waiting.finish();
    }

    std::vector<Handed> handedOver(int atOnce) const
    {
        std::vector<Handed> handed;
        pass(atOnce, [&](int z, const ProbabilityMap& map, const MembraneBorders& borders) {
            handed.push_back({z, map.values, borders.isBorder});
        });
        return handed;
    }
};

QTEST_GUILESS_MAIN(WaitingSlicesTest)
#include "WaitingSlicesTest.moc"
