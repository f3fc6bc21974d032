// SPDX-License-Identifier: Apache-2.0
#include "core/labels/ComparedSlice.h"

#include <QtTest>

using namespace emend;

namespace {

constexpr VolumeSize size{300, 270, 2}; // more than a tile, and no whole number of them
const Label membrane(1, LabelState::predicted);
const Label inside(2, LabelState::predicted);

/// Class 1 in rect, class 2 elsewhere.
Prediction predictionOf(Rect rect)
{
    const auto pixels = size_t(size.pixelsPerSlice());
    ProbabilityMap map{size.width, size.height, 2, std::vector<float>(2 * pixels)};
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const size_t i = size_t(y) * size_t(size.width) + size_t(x);
            map.values[i] = rect.contains({x, y}) ? 0.75F : 0.25F;
            map.values[pixels + i] = 1 - map.values[i];
        }
    }
    Prediction prediction(size, 2);
    prediction.setSlice(1, map);
    return prediction;
}

} // namespace

class ComparedSliceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void eachModelKeepsWhatItSays()
    {
        const auto compared =
            ComparedSlice::of(predictionOf({10, 10, 50, 20}), predictionOf({30, 10, 50, 20}), 1);
        QCOMPARE(compared.first.at({10, 10}, 1), membrane);
        QCOMPARE(compared.first.at({79, 29}, 1), inside);
        QCOMPARE(compared.second.at({10, 10}, 1), inside);
        QCOMPARE(compared.second.at({79, 29}, 1), membrane);
        QCOMPARE(compared.first.at({10, 10}, 0), Label());
    }

    void theDifferenceHoldsWhatTheSecondSaysWhereTheyDiffer()
    {
        const auto compared =
            ComparedSlice::of(predictionOf({10, 10, 50, 20}), predictionOf({30, 10, 50, 20}), 1);
        QCOMPARE(compared.difference.at({10, 10}, 1), inside);
        QCOMPARE(compared.difference.at({79, 29}, 1), membrane);
        QCOMPARE(compared.difference.at({30, 10}, 1), Label()); // both say membrane
        QCOMPARE(compared.difference.at({200, 200}, 1), Label());
        QCOMPARE(compared.differing, 2 * 20 * 20);
        QCOMPARE(compared.pixels, size.pixelsPerSlice());
        QCOMPARE(compared.differingShare(), 800.0 / (300 * 270));
    }

    void differencesAcrossTilesAreAllCounted()
    {
        const Rect corner{250, 250, 50, 20};
        const auto compared = ComparedSlice::of(predictionOf({}), predictionOf(corner), 1);
        QCOMPARE(compared.differing, corner.pixelCount());
        QCOMPARE(compared.difference.at({299, 269}, 1), membrane);
        QCOMPARE(compared.difference.at({249, 250}, 1), Label());
    }

    void theSameAnswersDifferNowhere()
    {
        const auto same = predictionOf({10, 10, 50, 20});
        const auto compared = ComparedSlice::of(same, same, 1);
        QCOMPARE(compared.differing, 0);
        QVERIFY(compared.difference.touchedTiles(1).empty());
    }
};

QTEST_APPLESS_MAIN(ComparedSliceTest)
#include "ComparedSliceTest.moc"
