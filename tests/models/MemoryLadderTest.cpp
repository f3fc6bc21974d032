// SPDX-License-Identifier: Apache-2.0
#include "models/memory/MemoryLadder.h"

#include <QTest>

#include <limits>

using namespace emend;

namespace {

constexpr qint64 endless = std::numeric_limits<qint64>::max();

} // namespace

/// What is chosen for the memory that there is, and what is given up when it was not there.
class MemoryLadderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void aCardGivesUpBatchTileAnswerAndThenTheCard()
    {
        using Rung = MemoryLadder::Rung;
        MemoryLadder ladder({{256, 4}, true, true}, TileChoice{128, 1}, 16);
        std::vector<Rung> rungs;
        while (ladder.stepDown())
            rungs.push_back(ladder.rung());
        const std::vector<Rung> expected = {
            {{256, 2}, true, true},  {{256, 1}, true, true}, {{128, 1}, true, true},
            {{64, 1}, true, true},   {{64, 1}, true, false}, {{128, 1}, false, false},
            {{64, 1}, false, false},
        };
        QCOMPARE(rungs.size(), expected.size());
        for (size_t i = 0; i < expected.size(); ++i)
            QVERIFY2(rungs[i] == expected[i], qPrintable(QString::number(i)));
    }

    void onlyTheMoveToTheCpuIsWorthASentence()
    {
        MemoryLadder ladder({{64, 1}, true, true}, TileChoice{64, 1}, 16);
        QVERIFY(ladder.stepDown());
        QVERIFY(ladder.notice().isEmpty());
        QVERIFY(ladder.stepDown());
        QVERIFY(!ladder.rung().isOnCard);
        QVERIFY(ladder.notice().contains(QStringLiteral("processor")));
        QVERIFY(!ladder.stepDown());
    }

    void tilesStayMultiplesOfTheStride()
    {
        MemoryLadder ladder({{400, 1}, false, false}, {}, 64);
        QVERIFY(ladder.stepDown());
        QCOMPARE(ladder.rung().tiles.tilePx, 256); // not 200
        while (ladder.stepDown()) {
        }
        QCOMPARE(ladder.rung().tiles.tilePx, 64);
    }

    void whatIsChosenFits_data()
    {
        QTest::addColumn<int>("baseChannels");
        QTest::addColumn<qint64>("freeBytes");
        for (const int baseChannels : {16, 32, 64}) {
            for (const qint64 gigabytes : {1, 4, 24, 141})
                QTest::addRow("base %d, %d GB", baseChannels, int(gigabytes))
                    << baseChannels << gigabytes * 1'000'000'000;
        }
    }

    void whatIsChosenFits()
    {
        QFETCH(int, baseChannels);
        QFETCH(qint64, freeBytes);
        const UNetSpec spec = UNetSpec::standard(2, baseChannels);
        const TileChoice choice = TileChoice::best(spec, Precision::bf16,
                                                   {.growthPx = 2 * spec.haloPx(),
                                                    .mostBatch = 16,
                                                    .comfortBytes = endless,
                                                    .freeBytes = freeBytes});
        const auto needed = choice.estimate(spec, Precision::bf16, 2 * spec.haloPx());
        QVERIFY(needed.fits(freeBytes / 2));
        QCOMPARE(choice.tilePx % spec.stride(), 0);
        // It is the most that fits: more in either way would not.
        const TileChoice more = choice.batch > 1 || choice.tilePx == 1024
                                    ? TileChoice{choice.tilePx, choice.batch + 1}
                                    : TileChoice{choice.tilePx + spec.stride(), 1};
        QVERIFY(choice.batch == 16 ||
                !more.estimate(spec, Precision::bf16, 2 * spec.haloPx()).fits(freeBytes / 2));
    }

    void comfortIsLeftForUsefulTiles()
    {
        const UNetSpec spec = UNetSpec::standard(2, 64);
        TileChoice::Limits limits = {.growthPx = 192, .comfortBytes = 1, .freeBytes = endless};
        QCOMPARE(TileChoice::best(spec, Precision::fp32, limits), (TileChoice{256, 1}));
        limits.freeBytes = 1; // nothing fits: the ladder finds out
        QCOMPARE(TileChoice::best(spec, Precision::fp32, limits), (TileChoice{64, 1}));
    }

    void noChoiceMakesATensorOfTwoToThe31Elements()
    {
        for (const int baseChannels : {16, 64, 256}) {
            const UNetSpec spec = UNetSpec::standard(2, baseChannels);
            const int growthPx = 2 * spec.haloPx();
            const auto largest = [&](const TileChoice& choice) {
                return choice.estimate(spec, Precision::bf16, growthPx).largestElements;
            };
            const auto chosen =
                TileChoice::best(spec, Precision::bf16,
                                 {growthPx, std::numeric_limits<short>::max(), endless, endless});
            QVERIFY(largest(chosen) < qint64(1) << 31);
            const TileChoice wanted = {16384, 64};
            QVERIFY(largest(wanted) >= qint64(1) << 31);
            QVERIFY(largest(wanted.possible(spec, growthPx)) < qint64(1) << 31);
            QCOMPARE((TileChoice{256, 4}.possible(spec, growthPx)), (TileChoice{256, 4}));
        }
    }
};

QTEST_GUILESS_MAIN(MemoryLadderTest)
#include "MemoryLadderTest.moc"
