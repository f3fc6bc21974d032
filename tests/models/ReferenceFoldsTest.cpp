// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/ReferenceFolds.h"

#include "core/Error.h"

#include <QTest>

#include <algorithm>

using namespace emend;

namespace {

using Slices = std::vector<int>;

/// How often each slice of a stack is judged, over all folds.
Slices timesJudged(FoldRule rule, int sliceCount)
{
    Slices times(size_t(sliceCount), 0);
    for (int fold = 0; fold < foldCount; ++fold)
        for (const int z : foldOf(rule, fold, sliceCount).validation)
            ++times[size_t(z)];
    return times;
}

Slices slicesJudged(const Slices& times, int count)
{
    Slices found;
    for (size_t z = 0; z < times.size(); ++z) {
        if (times[z] == count)
            found.push_back(int(z));
    }
    return found;
}

} // namespace

class ReferenceFoldsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theReferenceJudgesThePublishedSlices_data()
    {
        QTest::addColumn<int>("fold");
        QTest::addColumn<Slices>("slices");
        QTest::newRow("0") << 0 << Slices{25, 3, 0, 21, 15, 12};
        QTest::newRow("1") << 1 << Slices{4, 18, 19, 9, 7, 25};
        QTest::newRow("2") << 2 << Slices{23, 20, 1, 29, 6, 4};
        QTest::newRow("3") << 3 << Slices{22, 5, 16, 8, 14, 23};
        QTest::newRow("4") << 4 << Slices{26, 24, 27, 11, 17, 22};
    }

    void theReferenceJudgesThePublishedSlices()
    {
        QFETCH(int, fold);
        QFETCH(Slices, slices);
        QCOMPARE(foldOf(FoldRule::reference, fold, 30).validation, slices);
    }

    void theReferenceLearnsInTheOrderOfItsShuffle()
    {
        QCOMPARE(foldOf(FoldRule::reference, 0, 30).training,
                 (Slices{2, 28, 13, 10, 26, 24, 27, 11, 17, 22, 5, 16,
                         8, 14, 23, 20, 1,  29, 6,  4,  18, 19, 9, 7}));
        QCOMPARE(foldOf(FoldRule::reference, 1, 30).training,
                 (Slices{3,  0,  21, 15, 12, 2, 28, 13, 10, 26, 24, 27,
                         11, 17, 22, 5,  16, 8, 14, 23, 20, 1,  29, 6}));
    }

    void theReferenceIsNoPartition()
    {
        const Slices times = timesJudged(FoldRule::reference, 30);
        QCOMPARE(slicesJudged(times, 2), (Slices{4, 22, 23, 25}));
        QCOMPARE(slicesJudged(times, 0), (Slices{2, 10, 13, 28}));
    }

    void thePartitionJudgesEachSliceOnce()
    {
        for (const int sliceCount : {5, 7, 30, 41})
            QCOMPARE(timesJudged(FoldRule::partition, sliceCount), Slices(size_t(sliceCount), 1));
        QCOMPARE(foldOf(FoldRule::partition, 0, 30), foldOf(FoldRule::reference, 0, 30));
        QCOMPARE(foldOf(FoldRule::partition, 4, 30).validation, (Slices{2, 28, 13, 10, 26, 24}));
    }

    void noSliceIsBothLearnedFromAndJudged()
    {
        for (const FoldRule rule : {FoldRule::reference, FoldRule::partition}) {
            for (int fold = 0; fold < foldCount; ++fold) {
                const Fold parts = foldOf(rule, fold, 30);
                Slices all = parts.training;
                all.insert(all.end(), parts.validation.begin(), parts.validation.end());
                std::sort(all.begin(), all.end());
                QCOMPARE(all.size(), size_t(30));
                QVERIFY(std::adjacent_find(all.begin(), all.end()) == all.end());
            }
        }
    }

    void tooFewSlicesAreRefused()
    {
        QVERIFY_EXCEPTION_THROWN(foldOf(FoldRule::reference, 0, 4), Error);
    }

    void rulesHaveWords()
    {
        QVERIFY(foldRuleFromText(QStringLiteral("reference")) == FoldRule::reference);
        QVERIFY(foldRuleFromText(QStringLiteral("true")) == FoldRule::partition);
        QVERIFY_EXCEPTION_THROWN(foldRuleFromText(QStringLiteral("five")), Error);
    }
};

QTEST_GUILESS_MAIN(ReferenceFoldsTest)
#include "ReferenceFoldsTest.moc"
