// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/ReferenceAugmentation.h"

#include "models/recipes/ReferenceBatches.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace emend;

namespace {

constexpr int inputPx = ReferenceSection::inputPx;

/// Grey values that tell where a pixel was: rising to the right, and slower down.
ReferenceSection ramp()
{
    ReferenceSection section{GreyPlane(inputPx, inputPx),
                             {GreyPlane(inputPx, inputPx), GreyPlane(inputPx, inputPx)}};
    for (int y = 0; y < inputPx; ++y) {
        for (int x = 0; x < inputPx; ++x) {
            section.grey.at(x, y) = float(x) / 1000 + float(y) / 10000 - 0.3F;
            section.classes[x < 200 ? 0 : 1].at(x, y) = 1;
        }
    }
    return section;
}

bool isNear(float a, double b)
{
    return std::abs(double(a) - b) < 1e-4;
}

bool areEqual(const ReferenceSection& a, const ReferenceSection& b)
{
    return a.grey.values == b.grey.values && a.classes[0].values == b.classes[0].values &&
           a.classes[1].values == b.classes[1].values;
}

std::vector<int> drawn(ShuffleStore store, int count)
{
    std::vector<int> numbers;
    for (int i = 0; i < count; ++i)
        numbers.push_back(store.next());
    return numbers;
}

} // namespace

class ReferenceAugmentationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void nothingDrawnChangesNothing()
    {
        QVERIFY(areEqual(ReferenceVariation().applyTo(ramp()), ramp()));
    }

    void mirroringMovesGreyAndClasses()
    {
        const ReferenceSection plain = ramp();
        const ReferenceSection across =
            ReferenceVariation{.isMirroredAcross = true}.applyTo(ramp());
        QCOMPARE(across.grey.at(0, 7), plain.grey.at(inputPx - 1, 7));
        QCOMPARE(across.classes[0].at(inputPx - 1, 7), 1.0F);
        const ReferenceSection down = ReferenceVariation{.isMirroredDown = true}.applyTo(ramp());
        QCOMPARE(down.grey.at(7, 0), plain.grey.at(7, inputPx - 1));
        QCOMPARE(down.grey.at(7, inputPx - 1), plain.grey.at(7, 0));
    }

    void theBoxIsStretchedFromCornerToCorner()
    {
        const ReferenceSection section =
            ReferenceVariation{.left = 0.1, .top = 0.2, .right = 0.8, .bottom = 0.9}.applyTo(
                ramp());
        const auto at = [](double x, double y) {
            return x / 1000 + y / 10000 - 0.3;
        };
        QVERIFY(isNear(section.grey.at(0, 0), at(57.1, 114.2)));
        QVERIFY(isNear(section.grey.at(inputPx - 1, inputPx - 1), at(0.8 * 571, 0.9 * 571)));
        QVERIFY(isNear(section.grey.at(100, 300), at(57.1 + 70, 114.2 + 210)));
        for (size_t i = 0; i < section.grey.values.size(); ++i)
            QVERIFY(isNear(section.classes[0].values[i] + section.classes[1].values[i], 1));
    }

    void theBoxIsOfTheMirroredSection()
    {
        const ReferenceSection section =
            ReferenceVariation{.isMirroredAcross = true, .left = 0.25, .right = 1}.applyTo(ramp());
        QVERIFY(isNear(section.grey.at(0, 0), (571 - 0.25 * 571) / 1000 - 0.3));
        QVERIFY(isNear(section.grey.at(inputPx - 1, 0), -0.3));
    }

    void brightnessComesLastAndIsCutOff()
    {
        ReferenceSection section = ramp();
        section.grey.at(3, 4) = 0.95F;
        const ReferenceSection brighter = ReferenceVariation{.brightness = 0.2}.applyTo(section);
        QCOMPARE(brighter.grey.at(3, 4), 1.0F);
        QVERIFY(isNear(brighter.grey.at(0, 0), -0.1));
        section.grey.at(3, 4) = -0.95F;
        QCOMPARE(ReferenceVariation{.brightness = -0.2}.applyTo(section).grey.at(3, 4), -1.0F);
        QCOMPARE(brighter.classes[0].values, section.classes[0].values);
    }

    void drawsKeepWithinTheirRangesAndFillThem()
    {
        Random random(4);
        int across = 0;
        int down = 0;
        double least = 1;
        double most = 0;
        for (int i = 0; i < 4000; ++i) {
            const auto variation = ReferenceVariation::draw(random);
            across += variation.isMirroredAcross ? 1 : 0;
            down += variation.isMirroredDown ? 1 : 0;
            for (const double cut :
                 {variation.left, variation.top, 1 - variation.right, 1 - variation.bottom}) {
                QVERIFY(cut >= 0 && cut <= 0.3);
                least = std::min(least, cut);
                most = std::max(most, cut);
            }
            QVERIFY(std::abs(variation.brightness) <= 0.2);
        }
        QVERIFY(std::abs(across - 2000) < 160 && std::abs(down - 2000) < 160);
        QVERIFY(least < 0.003 && most > 0.297);
    }

    void oneSeedGivesOneVariation()
    {
        const auto varied = [](quint64 seed) {
            Random random(seed);
            return ReferenceVariation::draw(random).applyTo(ramp());
        };
        QVERIFY(areEqual(varied(5), varied(5)));
        QVERIFY(!areEqual(varied(5), varied(6)));
    }

    void theShuffleShowsEverySliceAlikeOften()
    {
        const std::vector<int> numbers = drawn(ShuffleStore(24, 12, 1), 2400);
        for (int z = 0; z < 24; ++z) {
            const auto times = std::count(numbers.begin(), numbers.end(), z);
            QVERIFY(std::abs(times - 100) <= 12); // as many as the store may hold back
        }
        QVERIFY(drawn(ShuffleStore(24, 12, 2), 2400) != numbers);
        QCOMPARE(drawn(ShuffleStore(24, 12, 1), 2400), numbers);
    }

    void theShuffleReachesNoFurtherThanItsStore()
    {
        const std::vector<int> numbers = drawn(ShuffleStore(1000, 6, 3), 900);
        QVERIFY(!std::is_sorted(numbers.begin(), numbers.end()));
        for (size_t i = 0; i < numbers.size(); ++i)
            QVERIFY(numbers[i] < int(i) + 6);
    }

    void batchesGoOnWhereAnEarlierRunStopped()
    {
        std::vector<ReferenceSection> sections(3, ramp());
        for (size_t i = 0; i < sections.size(); ++i)
            sections[i].grey.at(0, 0) = float(i) / 10;
        ReferenceBatches all(sections, 2, 9, true, 0);
        all.next();
        all.next();
        ReferenceBatches resumed(sections, 2, 9, true, 2);
        for (int step = 0; step < 3; ++step) {
            const auto expected = all.next();
            const auto batch = resumed.next();
            QCOMPARE(batch.size(), size_t(2));
            for (size_t i = 0; i < batch.size(); ++i)
                QVERIFY(areEqual(batch[i], expected[i]));
            QVERIFY(!areEqual(batch[0], batch[1]));
        }
    }

    void withoutAugmentationSectionsStayAsTheyAre()
    {
        ReferenceBatches batches({ramp()}, 2, 1, false, 0);
        for (const ReferenceSection& section : batches.next())
            QVERIFY(areEqual(section, ramp()));
    }
};

QTEST_GUILESS_MAIN(ReferenceAugmentationTest)
#include "ReferenceAugmentationTest.moc"
