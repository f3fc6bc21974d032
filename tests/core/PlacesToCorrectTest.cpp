// SPDX-License-Identifier: Apache-2.0
#include "core/project/PlacesToCorrect.h"

#include "core/labels/LabelEdit.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace emend;

namespace {

// No multiple of a tile or of a place in either direction.
constexpr VolumeSize size{410, 300, 4};

/// Sure of class 1 everywhere but in the rectangles, where doubt is 0 (sure) to 1.
struct Doubt
{
    Rect rect;
    float doubt = 1;
};

ProbabilityMap mapWith(const std::vector<Doubt>& doubts)
{
    const auto pixels = size_t(size.pixelsPerSlice());
    ProbabilityMap map{size.width, size.height, 2, std::vector<float>(2 * pixels)};
    std::fill_n(map.values.begin(), pixels, 1.0F);
    for (const Doubt& d : doubts) {
        for (int y = d.rect.y; y < d.rect.bottom(); ++y) {
            for (int x = d.rect.x; x < d.rect.right(); ++x) {
                const size_t i = size_t(y) * size_t(size.width) + size_t(x);
                map.values[i] = 1 - d.doubt / 2;
                map.values[pixels + i] = d.doubt / 2;
            }
        }
    }
    return map;
}

Prediction noisyPrediction()
{
    std::mt19937 random(5);
    Prediction prediction(size, 2);
    for (int z = 0; z < size.slices; ++z) {
        std::vector<Doubt> doubts;
        for (int i = 0; i < 60; ++i)
            doubts.push_back({Rect{int(random() % 400), int(random() % 290), 16, 12}.intersected(
                                  size.sliceRect()),
                              float(random() % 100) / 100});
        prediction.setSlice(z, mapWith(doubts));
    }
    return prediction;
}

void decide(LabelVolume& labels, int z, Rect rect, LabelState state)
{
    editLabels(labels, z, rect, [state](Pixel, Label) { return Label(1, state); }).applyTo(labels);
}

bool contains(Rect outer, Rect inner)
{
    return outer.intersected(inner) == inner;
}

} // namespace

class PlacesToCorrectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theWorstOfAllSlicesIsFirst()
    {
        const Rect bad{100, 80, 20, 20};
        const Rect worse{300, 200, 24, 24};
        Prediction prediction(size, 2);
        prediction.setSlice(1, mapWith({{bad, 0.9F}}));
        prediction.setSlice(3, mapWith({{worse, 0.9F}, {{20, 20, 12, 12}, 0.9F}}));
        const PlacesToCorrect places(prediction, LabelVolume(size), SliceRange::all(4));
        const std::vector<Place> ranked = places.ranked();
        QCOMPARE(int(ranked.size()), 3);
        QCOMPARE(ranked[0].z, 3);
        QVERIFY(contains(ranked[0].rect, worse));
        QVERIFY(qAbs(ranked[0].worth - 24 * 24 * 0.9) < 3); // 8 bit
        QCOMPARE(ranked[1].z, 1);
        QVERIFY(contains(ranked[1].rect, bad));
        QVERIFY(std::is_sorted(ranked.begin(), ranked.end(),
                               [](const Place& a, const Place& b) { return a.worth > b.worth; }));
        QCOMPARE(places.inSlice(3).front(), ranked[0]);
        QVERIFY(places.inSlice(0).empty());
    }

    void placesOfASliceDoNotOverlapAndLieInside()
    {
        const PlacesToCorrect places(noisyPrediction(), LabelVolume(size), SliceRange::all(4));
        for (int z = 0; z < size.slices; ++z) {
            const auto& found = places.inSlice(z);
            QVERIFY(found.size() > 5);
            for (size_t i = 0; i < found.size(); ++i) {
                QVERIFY(contains(size.sliceRect(), found[i].rect));
                for (size_t j = 0; j < i; ++j)
                    QVERIFY(found[i].rect.intersected(found[j].rect).isEmpty());
            }
        }
    }

    void whatIsDecidedRaisesNoDoubt_data()
    {
        QTest::addColumn<int>("state");
        QTest::newRow("corrected") << int(LabelState::corrected);
        QTest::newRow("ignored") << int(LabelState::ignored);
    }

    void whatIsDecidedRaisesNoDoubt()
    {
        QFETCH(int, state);
        const Rect first{100, 80, 30, 30};
        const Rect second{300, 200, 20, 20};
        Prediction prediction(size, 2);
        prediction.setSlice(2, mapWith({{first, 1}, {second, 1}}));
        LabelVolume labels(size);
        prediction.toEdit(labels, SliceRange::single(2)).applyTo(labels);
        PlacesToCorrect places(prediction, labels, SliceRange::all(4));
        QCOMPARE(int(places.ranked().size()), 2); // predicted pixels are not decided

        decide(labels, 2, {100, 80, 30, 16}, LabelState(state));
        places.look(prediction, labels, 2);
        QVERIFY(qAbs(places.inSlice(2).front().worth - 30 * 14) < 3);
        decide(labels, 2, first, LabelState(state));
        places.look(prediction, labels, 2);
        QCOMPARE(int(places.ranked().size()), 1);
        QVERIFY(contains(places.ranked().front().rect, second));
        decide(labels, 2, second, LabelState(state));
        places.look(prediction, labels, 2);
        QVERIFY(places.ranked().empty());
    }

    void whereMostHangsOnADoubtfulBorderComesFirst()
    {
        const Rect wide{100, 80, 30, 30};
        const Rect narrow{300, 200, 8, 8};
        ProbabilityMap map = mapWith({{wide, 1}, {narrow, 1}});
        map.stakes = SquareGrid(size.width, size.height);
        map.stakes.add({304, 204}, 5000);
        Prediction prediction(size, 2);
        prediction.setSlice(1, map);
        LabelVolume labels(size);
        PlacesToCorrect places(prediction, labels, SliceRange::single(1));
        const Place first = places.ranked().front();
        QVERIFY(contains(first.rect, narrow));
        QVERIFY(qAbs(first.worth - 64 - PlacesToCorrect::stakeWeight * 5000) < 3);
        QCOMPARE(first.crux, (Rect{304, 192, 16, 16})); // which the border lies in
        QCOMPARE(places.ranked().at(1).crux, std::nullopt);

        decide(labels, 1, first.rect, LabelState::corrected); // nothing hangs on it any more
        places.look(prediction, labels, 1);
        QCOMPARE(int(places.ranked().size()), 1);
        QVERIFY(contains(places.ranked().front().rect, wide));
    }

    void aSeamOnePixelWideIsNoDoubt()
    {
        Prediction prediction(size, 2);
        prediction.setSlice(0, mapWith({{{0, 101, 400, 1}, 1}, {{55, 0, 1, 300}, 1}}));
        prediction.setSlice(1, mapWith({{{0, 101, 400, 3}, 1}}));
        const PlacesToCorrect places(prediction, LabelVolume(size), SliceRange::all(4));
        QVERIFY(places.inSlice(0).empty());
        QVERIFY(!places.inSlice(1).empty());
    }

    void aSliceSmallerThanAPlaceIsOne()
    {
        const VolumeSize small{40, 23, 1};
        ProbabilityMap map{40, 23, 2, std::vector<float>(2 * 40 * 23, 0.5F)};
        Prediction prediction(small, 2);
        prediction.setSlice(0, map);
        const PlacesToCorrect places(prediction, LabelVolume(small), SliceRange::single(0));
        QCOMPARE(int(places.ranked().size()), 1);
        QCOMPARE(places.ranked().front().rect, small.sliceRect());
        QVERIFY(qAbs(places.ranked().front().worth - 40 * 23) < 10);
    }

    void theListIsAlwaysTheSame()
    {
        const Prediction prediction = noisyPrediction();
        const LabelVolume labels(size);
        const PlacesToCorrect all(prediction, labels, SliceRange::all(4));
        PlacesToCorrect oneByOne;
        for (const int z : {2, 0, 3, 1, 2})
            oneByOne.look(prediction, labels, z);
        QCOMPARE(oneByOne.ranked(), all.ranked());
    }

    void rowsCoverTheSlicesOnce()
    {
        const std::vector<Place> places =
            placesInRows(size, SliceRange::parse(QStringLiteral("1,3"), 4));
        std::vector<int> covered(size_t(size.pixelsPerSlice() * size.slices));
        for (const Place& place : places)
            for (int y = place.rect.y; y < place.rect.bottom(); ++y)
                for (int x = place.rect.x; x < place.rect.right(); ++x)
                    ++covered[size_t(place.z * size.pixelsPerSlice() + y * size.width + x)];
        for (int z = 0; z < size.slices; ++z) {
            const auto begin = covered.begin() + z * size.pixelsPerSlice();
            QVERIFY(std::all_of(begin, begin + size.pixelsPerSlice(),
                                [z](int count) { return count == z % 2; }));
        }
    }

    void theSeedAloneDecidesARandomOrder()
    {
        const std::vector<Place> rows = placesInRows(size, SliceRange::all(4));
        QCOMPARE(shuffled(rows, 3), shuffled(rows, 3));
        QVERIFY(shuffled(rows, 3) != shuffled(rows, 4));
        QVERIFY(shuffled(rows, 3) != rows);
        const auto mixed = shuffled(rows, 3);
        QVERIFY(std::is_permutation(rows.begin(), rows.end(), mixed.begin()));
    }
};

QTEST_GUILESS_MAIN(PlacesToCorrectTest)
#include "PlacesToCorrectTest.moc"
