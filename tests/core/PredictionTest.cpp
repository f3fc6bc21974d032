// SPDX-License-Identifier: Apache-2.0
#include "core/labels/Prediction.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <random>

using namespace emend;

namespace {

// No multiple of a tile in either direction.
constexpr VolumeSize size{300, 270, 4};

ProbabilityMap randomMap(int classCount, unsigned seed)
{
    std::mt19937 random(seed);
    ProbabilityMap map{size.width, size.height, classCount, {}};
    const auto pixels = size_t(size.pixelsPerSlice());
    map.values.resize(pixels * size_t(classCount));
    for (size_t i = 0; i < pixels; ++i) {
        float sum = 0;
        for (int c = 0; c < classCount; ++c)
            sum += map.values[size_t(c) * pixels + i] = float(random() % 1000 + 1);
        for (int c = 0; c < classCount; ++c)
            map.values[size_t(c) * pixels + i] /= sum;
    }
    return map;
}

Prediction predicted(int classCount = 3)
{
    Prediction prediction(size, classCount);
    prediction.setSlice(1, randomMap(classCount, 1));
    prediction.setSlice(3, randomMap(classCount, 2));
    return prediction;
}

std::vector<Label> labelsOf(const LabelVolume& volume, int z)
{
    std::vector<Label> labels(size_t(size.pixelsPerSlice()));
    volume.read(z, size.sliceRect(), labels.data());
    return labels;
}

/// The slice as a file has it.
Prediction readAgain(const Prediction& prediction, int z)
{
    const auto bytes = prediction.storedSlice(z)->value()->toBytes();
    Prediction read(prediction.size(), prediction.classCount());
    read.setStoredSlice(z,
                        std::make_shared<Stored<PredictedSlice>>(PredictedSlice::fromBytes(bytes)));
    return read;
}

} // namespace

class PredictionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void whatHangsOnBordersComesBackFromBytes()
    {
        ProbabilityMap map = randomMap(2, 3);
        map.stakes = SquareGrid(size.width, size.height);
        map.stakes.add({299, 269}, 1.25F);
        map.stakes.add({17, 0}, 1e6F);
        Prediction prediction(size, 2);
        prediction.setSlice(1, map);
        prediction.setSlice(2, randomMap(2, 4));
        QCOMPARE(prediction.stakes(1), map.stakes);
        QVERIFY(prediction.stakes(2).isEmpty());
        QVERIFY(prediction.stakes(0).isEmpty());

        const Prediction read = readAgain(prediction, 1);
        QCOMPARE(read.stakes(1), map.stakes);
        QCOMPARE(read.classes(1), prediction.classes(1));
    }

    void stakesThatAreNoneAreLeftOut()
    {
        ProbabilityMap map = randomMap(2, 3);
        for (const float wrong : {-1.0F, std::numeric_limits<float>::infinity(), std::nanf("")}) {
            map.stakes = SquareGrid(size.width, size.height);
            map.stakes.add({5, 5}, wrong);
            Prediction prediction(size, 2);
            prediction.setSlice(1, map);
            QVERIFY(readAgain(prediction, 1).stakes(1).isEmpty());
        }
        for (const VolumeSize other : {VolumeSize{64, 64, 1}, VolumeSize{4096, 4096, 1}}) {
            map.stakes = SquareGrid(other.width, other.height); // of another slice
            Prediction prediction(size, 2);
            prediction.setSlice(1, map);
            const Prediction read = readAgain(prediction, 1);
            QVERIFY(read.stakes(1).isEmpty());
            QCOMPARE(read.classes(1), prediction.classes(1));
        }
    }

    void probabilitiesComeBackAtEightBit()
    {
        const ProbabilityMap map = randomMap(3, 1);
        const Prediction prediction = predicted();
        for (int c = 1; c <= 3; ++c) {
            const auto bytes = prediction.probabilities(1, c);
            for (size_t i = 0; i < bytes.size(); ++i)
                QCOMPARE(int(bytes[i]), int(map.plane(c)[i] * 255 + 0.5F));
        }
    }

    void theLargestProbabilityWinsAndTheFirstOfEquals()
    {
        const Prediction prediction = predicted();
        const auto classes = prediction.classes(3);
        std::vector<std::vector<quint8>> planes;
        for (int c = 1; c <= 3; ++c)
            planes.push_back(prediction.probabilities(3, c));
        for (size_t i = 0; i < classes.size(); ++i) {
            int best = 1;
            for (int c = 2; c <= 3; ++c) {
                if (planes[size_t(c - 1)][i] > planes[size_t(best - 1)][i])
                    best = c;
            }
            QCOMPARE(int(classes[i]), best);
        }
    }

    void uncertaintyIsHowCloseTheSecondComes()
    {
        const Prediction prediction = predicted(2);
        const auto first = prediction.probabilities(1, 1);
        const auto second = prediction.probabilities(1, 2);
        const auto unsure = prediction.uncertainty(1);
        for (size_t i = 0; i < unsure.size(); ++i)
            QCOMPARE(int(unsure[i]), 255 - std::abs(int(first[i]) - int(second[i])));
    }

    void rectanglesAreCutOutOfTheWhole()
    {
        const Prediction prediction = predicted();
        const auto whole = prediction.classes(1);
        const Rect rect{200, 190, 90, 75};
        const auto part = prediction.classes(1, rect);
        for (int y = 0; y < rect.height; ++y) {
            for (int x = 0; x < rect.width; ++x)
                QCOMPARE(part[size_t(y * rect.width + x)],
                         whole[size_t((rect.y + y) * size.width + rect.x + x)]);
        }
        QVERIFY(prediction.classes(0).empty()); // nothing was predicted there
        QVERIFY(!prediction.contains(0) && prediction.contains(1));
    }

    void aPredictionNeverTouchesWhatAPersonDecided()
    {
        const Prediction prediction = predicted();
        LabelVolume labels(size);
        editLabels(labels, 1, size.sliceRect(), [](Pixel pixel, Label) {
            constexpr LabelState states[] = {LabelState::untouched, LabelState::predicted,
                                             LabelState::corrected, LabelState::ignored};
            const LabelState state = states[(pixel.x / 3 + pixel.y) % 4];
            return Label(state == LabelState::untouched ? 0 : 3, state);
        }).applyTo(labels);
        const auto before = labelsOf(labels, 1);
        const LabelEdit edit = prediction.toEdit(labels, prediction.slices());
        edit.applyTo(labels);
        const auto after = labelsOf(labels, 1);
        const auto classes = prediction.classes(1);
        for (size_t i = 0; i < after.size(); ++i)
            QVERIFY(after[i] ==
                    (before[i].isFixed() ? before[i] : Label(classes[i], LabelState::predicted)));
        QVERIFY(labelsOf(labels, 0) == std::vector<Label>(after.size()));

        edit.inverted().applyTo(labels);
        QVERIFY(labelsOf(labels, 1) == before);
    }

    void aNewerPredictionReplacesOnlyItsSlices()
    {
        Prediction prediction = predicted();
        const auto kept = prediction.classes(3);
        Prediction newer(size, 3);
        newer.setSlice(1, randomMap(3, 9));
        newer.setSlice(2, randomMap(3, 10));
        prediction.merge(newer);
        QVERIFY(prediction.classes(1) == newer.classes(1));
        QVERIFY(prediction.classes(3) == kept);
        QCOMPARE(prediction.slices().count(), 3);

        Prediction otherClasses(size, 2);
        otherClasses.setSlice(0, randomMap(2, 3));
        prediction.merge(otherClasses);
        QCOMPARE(prediction.slices().count(), 1);
    }

    void numbersThatAreNoneBecomeNothing()
    {
        ProbabilityMap map = randomMap(2, 4);
        map.values[0] = std::nanf("");
        map.values[1] = 7;
        Prediction prediction(size, 2);
        prediction.setSlice(0, map);
        QCOMPARE(int(prediction.probabilities(0, 1)[0]), 0);
        QCOMPARE(int(prediction.probabilities(0, 1)[1]), 255);
    }
};

QTEST_GUILESS_MAIN(PredictionTest)
#include "PredictionTest.moc"
