// SPDX-License-Identifier: Apache-2.0
#include "models/learning/PatchSampler.h"

#include "core/labels/LabelEdit.h"
#include "models/learning/Augmentation.h"
#include "models/slices/MembranePolarity.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace emend;

namespace {

constexpr int sidePx = 512;

/// Grey values that tell the column and the row, the truth too.
std::shared_ptr<const ImageStack> ramp()
{
    std::vector<quint16> pixels;
    for (int y = 0; y < sidePx; ++y) {
        for (int x = 0; x < sidePx; ++x)
            pixels.push_back(quint16(x + 600 * y % 60000));
    }
    return makeMemoryStack(
        {.size = {sidePx, sidePx, 1}, .bitsPerPixel = 16, .voxelSize = {4, 4, 50}}, {pixels});
}

/// A small patch of corrections, both classes.
TrainingSet fewCorrections()
{
    LabelVolume labels({sidePx, sidePx, 1});
    editLabels(labels, 0, {400, 300, 30, 20}, [](Pixel pixel, Label) {
        return Label(pixel.x % 2 + 1, LabelState::corrected);
    }).applyTo(labels);
    return {ramp(), labels, ClassTable::membraneAndInside()};
}

} // namespace

class PatchSamplerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void everyPatchHasSomethingToLearn()
    {
        const TrainingSet set = fewCorrections();
        PatchSampler sampler(set, {}, 64);
        Random random(1);
        for (int i = 0; i < 200; ++i) {
            const TrainingPatch patch = sampler.draw(random, true);
            QCOMPARE(patch.grey.size(), size_t(64 * 64));
            QVERIFY(std::any_of(patch.targets.begin(), patch.targets.end(),
                                [](quint8 target) { return target != 0; }));
        }
    }

    void targetsLieUnderTheirPixels_data()
    {
        QTest::addColumn<double>("scale");
        QTest::newRow("as the stack") << 1.0;
        QTest::newRow("the stack is finer") << 2.0;
        QTest::newRow("the stack is coarser") << 0.5;
    }

    // Left half membrane, right half inside, dark and bright: the grey value tells the class.
    void targetsLieUnderTheirPixels()
    {
        QFETCH(double, scale);
        std::vector<quint16> pixels;
        for (int i = 0; i < sidePx * sidePx; ++i)
            pixels.push_back(i % sidePx < 200 ? 10 : 240);
        const auto stack = makeMemoryStack({.size = {sidePx, sidePx, 1}}, {pixels});
        LabelVolume labels({sidePx, sidePx, 1});
        editLabels(labels, 0, labels.size().sliceRect(), [](Pixel pixel, Label) {
            return Label(pixel.x < 200 ? 1 : 2, LabelState::corrected);
        }).applyTo(labels);
        const TrainingSet set(stack, labels, ClassTable::membraneAndInside());
        PatchSampler sampler(set, {scale, scale}, 96);
        // Two halves have no membranes, bright or dark: whichever they are taken for is right.
        const float sign = hasBrightMembranes(*stack, {scale, scale}) ? -1 : 1;
        Random random(5);
        int wrong = 0;
        int counted = 0;
        for (int i = 0; i < 40; ++i) {
            TrainingPatch patch = sampler.draw(random, false);
            turnAndMirror(patch, random); // grey values and targets turn together
            for (size_t k = 0; k < patch.grey.size(); ++k) {
                if (patch.targets[k] == 0)
                    continue;
                ++counted;
                wrong += (sign * patch.grey[k] < -0.2F ? 1 : 2) != patch.targets[k];
            }
        }
        QVERIFY(counted > 40 * 96 * 48);
        QVERIFY(wrong <= (scale < 1 ? 40 * 96 : 0)); // linear enlargement smears the border
    }

    void turningKeepsEveryPixel()
    {
        TrainingPatch patch{16, std::vector<float>(256), std::vector<quint8>(256)};
        std::iota(patch.grey.begin(), patch.grey.end(), 0.0F);
        std::transform(patch.grey.begin(), patch.grey.end(), patch.targets.begin(),
                       [](float value) { return quint8(value); });
        Random random(2);
        bool hasChanged = false;
        for (int i = 0; i < 16; ++i) {
            TrainingPatch turned = patch;
            turnAndMirror(turned, random);
            hasChanged = hasChanged || turned.grey != patch.grey;
            for (size_t k = 0; k < turned.grey.size(); ++k)
                QCOMPARE(quint8(turned.grey[k]), turned.targets[k]);
            std::sort(turned.grey.begin(), turned.grey.end());
            QVERIFY(turned.grey == patch.grey);
        }
        QVERIFY(hasChanged);
    }

    void variedGreyStaysClose()
    {
        Random random(4);
        std::normal_distribution<float> normal;
        for (int i = 0; i < 50; ++i) {
            TrainingPatch patch{32, std::vector<float>(1024), std::vector<quint8>(1024, 1)};
            std::generate(patch.grey.begin(), patch.grey.end(), [&] { return normal(random); });
            varyGrey(patch, random);
            QVERIFY(std::all_of(patch.grey.begin(), patch.grey.end(), [](float value) {
                return std::isfinite(value) && std::abs(value) < 10;
            }));
        }
    }
};

QTEST_GUILESS_MAIN(PatchSamplerTest)
#include "PatchSamplerTest.moc"
