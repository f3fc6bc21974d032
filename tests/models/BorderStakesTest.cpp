// SPDX-License-Identifier: Apache-2.0
#include "models/cells/BorderStakes.h"

#include <QTest>

#include <vector>

using namespace emend;

/// Where pieces met that became one region after the other.
class BorderStakesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void twoPiecesMeetWhereTheirRegionsWereJoined()
    {
        BorderStakes stakes(5);
        stakes.join(0, 1, 10); // 0 and 1
        stakes.join(3, 2, 20); // 2 and 3
        stakes.join(1, 2, 30); // all four
        QCOMPARE(stakes.meetingOf(0, 1).stake, 10.0);
        QCOMPARE(stakes.meetingOf(2, 3).stake, 20.0);
        QCOMPARE(stakes.meetingOf(0, 3).stake, 30.0);
        QCOMPARE(stakes.meetingOf(3, 0).stake, 30.0);
        QCOMPARE(stakes.meetingOf(1, 2).stake, 30.0);
        for (const int piece : {0, 1, 3}) {
            const auto meeting = stakes.meetingOf(piece, 2);
            QCOMPARE(meeting.regionOfA, 2);
            QCOMPARE(meeting.regionOfB, 2);
        }
    }

    void piecesThatNeverMetAreInTwoRegions()
    {
        BorderStakes stakes(4);
        stakes.join(0, 1, 10);
        stakes.join(2, 3, 20);
        const auto meeting = stakes.meetingOf(0, 2);
        QCOMPARE(meeting.regionOfA, 1);
        QCOMPARE(meeting.regionOfB, 3);
    }

    void aLongChainIsFollowedInTheOrderOfJoining()
    {
        // Each piece joins all before it; each two therefore met when the later one came.
        constexpr int count = 50;
        BorderStakes stakes(count);
        for (int i = 1; i < count; ++i)
            stakes.join(i - 1, i, i);
        for (int a = 0; a < count; ++a)
            for (int b = a + 1; b < count; ++b)
                QCOMPARE(stakes.meetingOf(a, b).stake, double(b));
    }
};

QTEST_GUILESS_MAIN(BorderStakesTest)
#include "BorderStakesTest.moc"
