// SPDX-License-Identifier: Apache-2.0
#include "core/project/TrainingSet.h"

#include "core/labels/LabelEdit.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace emend;

namespace {

constexpr VolumeSize size{300, 200, 12};

std::shared_ptr<const ImageStack> blank()
{
    std::vector<std::vector<quint16>> slices(size_t(size.slices),
                                             std::vector<quint16>(size_t(size.pixelsPerSlice())));
    return makeMemoryStack({.size = size, .voxelSize = {4, 4, 50}}, std::move(slices));
}

int truthAt(Pixel pixel)
{
    return (pixel.x / 5 + pixel.y / 7) % 2 + 1;
}

void correct(LabelVolume& labels, int z, Rect rect)
{
    editLabels(labels, z, rect, [](Pixel pixel, Label) {
        return Label(truthAt(pixel), LabelState::corrected);
    }).applyTo(labels);
}

TrainingSet setOf(const LabelVolume& labels)
{
    return {blank(), labels, ClassTable::membraneAndInside()};
}

/// The places held out, as slice and block.
std::set<std::pair<int, int>> heldOut(const TrainingSet& set)
{
    std::set<std::pair<int, int>> places;
    for (const TrainingSet::Block& block : set.heldOutBlocks())
        places.insert({block.z, block.rect.y * 1000 + block.rect.x});
    return places;
}

} // namespace

class TrainingSetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void onlyCorrectedPixelsAreTargets()
    {
        LabelVolume labels(size);
        editLabels(labels, 0, {0, 0, 300, 60}, [](Pixel pixel, Label) {
            constexpr LabelState states[] = {LabelState::untouched, LabelState::predicted,
                                             LabelState::corrected, LabelState::ignored};
            return Label(1, states[pixel.x % 4]);
        }).applyTo(labels);
        const TrainingSet set = setOf(labels);
        const auto learn = set.targets(0, size.sliceRect(), false);
        const auto score = set.targets(0, size.sliceRect(), true);
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                const size_t i = size_t(y) * size_t(size.width) + size_t(x);
                QCOMPARE(learn[i] != 0 || score[i] != 0, y < 60 && x % 4 == 2);
            }
        }
        QCOMPARE(set.correctedPixels(), qint64(75 * 60));
    }

    void learningAndScoringShareNoPixelAndMissNone()
    {
        LabelVolume labels(size);
        for (int z = 0; z < 3; ++z)
            correct(labels, z, {10, 20, 250, 150});
        const TrainingSet set = setOf(labels);
        qint64 counted = 0;
        for (int z = 0; z < size.slices; ++z) {
            const auto learn = set.targets(z, size.sliceRect(), false);
            const auto score = set.targets(z, size.sliceRect(), true);
            for (int i = 0; i < int(learn.size()); ++i) {
                const Pixel pixel{i % size.width, i / size.width};
                QVERIFY(learn[size_t(i)] == 0 || score[size_t(i)] == 0);
                const int target = learn[size_t(i)] | score[size_t(i)];
                if (target == 0)
                    continue;
                ++counted;
                QCOMPARE(target, truthAt(pixel));
                QCOMPARE(score[size_t(i)] != 0, set.isHeldOut(pixel, z));
            }
        }
        QCOMPARE(counted, qint64(3 * 250 * 150));
        QCOMPARE(set.correctedPixels(), counted);
        QVERIFY(set.heldOutPixels() > counted / 20 && set.heldOutPixels() < counted / 3);
    }

    void blocksSayWhereCorrectionsAre()
    {
        LabelVolume labels(size);
        correct(labels, 4, {70, 5, 180, 190});
        const TrainingSet set = setOf(labels);
        for (const bool isHeldOut : {false, true}) {
            for (const auto& [z, rect] : isHeldOut ? set.heldOutBlocks() : set.trainingBlocks()) {
                const auto targets = set.targets(z, rect, isHeldOut);
                QVERIFY(std::any_of(targets.begin(), targets.end(), [](quint8 t) { return t; }));
                QCOMPARE(set.isHeldOut({rect.x, rect.y}, z), isHeldOut);
            }
        }
        QVERIFY(!set.heldOutBlocks().empty());
        QCOMPARE(set.trainingSlices().toText(), QStringLiteral("4"));
    }

    void wholeSlicesAreHeldOutWhereThereAreEnough()
    {
        LabelVolume labels(size);
        for (int z = 0; z < size.slices; ++z)
            correct(labels, z, size.sliceRect());
        const TrainingSet set = setOf(labels);
        QCOMPARE(set.heldOutSlices().count(), 2);
        QCOMPARE(set.trainingSlices().count(), size.slices - 2);
        for (const int z : set.heldOutSlices())
            QVERIFY(!set.trainingSlices().contains(z));
    }

    void fewCorrectionsAllTeach()
    {
        LabelVolume labels(size);
        correct(labels, 0, {0, 0, 40, 40});
        const TrainingSet set = setOf(labels);
        QCOMPARE(set.heldOutPixels(), qint64(0));
        QCOMPARE(set.trainingBlocks().size(), size_t(1));
    }

    void whatIsHeldOutMostlyStaysSoAsMoreIsCorrected()
    {
        LabelVolume labels(size);
        for (int z = 0; z < 3; ++z)
            correct(labels, z, size.sliceRect());
        const auto before = heldOut(setOf(labels));
        correct(labels, 3, {0, 0, 200, 130});
        const auto after = heldOut(setOf(labels));
        const auto kept = std::count_if(before.begin(), before.end(),
                                        [&](const auto& place) { return after.count(place) > 0; });
        QVERIFY(kept >= qint64(before.size()) - 1);
        QVERIFY(before.size() >= 5);
    }

    void targetsMayReachBeyondTheSlice()
    {
        LabelVolume labels(size);
        correct(labels, 0, size.sliceRect());
        const TrainingSet set = setOf(labels);
        const Rect beyond{-10, -5, size.width + 20, size.height + 10};
        const auto wide = set.targets(0, beyond, false);
        const auto exact = set.targets(0, size.sliceRect(), false);
        for (int y = 0; y < beyond.height; ++y) {
            for (int x = 0; x < beyond.width; ++x) {
                const Pixel inside{x - 10, y - 5};
                const int wanted =
                    size.sliceRect().contains(inside)
                        ? exact[size_t(inside.y) * size_t(size.width) + size_t(inside.x)]
                        : 0;
                QCOMPARE(int(wide[size_t(y) * size_t(beyond.width) + size_t(x)]), wanted);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TrainingSetTest)
#include "TrainingSetTest.moc"
