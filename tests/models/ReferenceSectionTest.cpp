// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/ReferenceSection.h"

#include "core/Error.h"
#include "core/io/StackReader.h"
#include "core/metrics/SegmentationScore.h"
#include "core/project/LabelImport.h"
#include "models/recipes/ReferenceFolds.h"
#include "tests/support/SharedData.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace emend;

namespace {

constexpr int inputPx = ReferenceSection::inputPx;
constexpr int outputPx = ReferenceSection::outputPx;
constexpr int framePx = ReferenceSection::framePx;

std::shared_ptr<const ImageStack> stackOf(int side, const std::vector<quint16>& pixels)
{
    return makeMemoryStack({.size = {side, side, 1}, .bitsPerPixel = 8}, {pixels});
}

/// Labels of one slice from their values: 0 membrane, 255 inside.
LabelVolume labelsOf(int side, const std::vector<quint16>& pixels)
{
    return importLabels(*stackOf(side, pixels), {side, side, 1},
                        ClassMap::parse(QStringLiteral("0:membrane,255:inside")),
                        SliceRange::single(0));
}

std::vector<unsigned char> truthOf(const GreyPlane& inside)
{
    std::vector<unsigned char> truth;
    for (const float value : inside.values)
        truth.push_back(value > 0.5F ? 2 : 1);
    return truth;
}

double diceOf(const GreyPlane& proposed, const std::vector<unsigned char>& truth)
{
    std::vector<float> membrane;
    for (const float inside : proposed.values)
        membrane.push_back(1 - inside);
    const std::vector<std::span<const float>> planes{membrane, proposed.values};
    return softDice(planes, truth);
}

} // namespace

class ReferenceSectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void shrinkingTakesTwoPixelsWithoutAMean()
    {
        GreyPlane line(4, 1);
        line.values = {0, 10, 20, 60};
        // Centres of three pixels in four: 1/6, 1.5 and 2 5/6.
        const GreyPlane shrunk = halfPixelResized(line, 3, 1);
        QVERIFY(std::abs(shrunk.at(0, 0) - 10.0F / 6) < 1e-4F);
        QVERIFY(std::abs(shrunk.at(1, 0) - 15) < 1e-4F);
        QVERIFY(std::abs(shrunk.at(2, 0) - (20 + 40 * 5.0F / 6)) < 1e-4F);
        // Four pixels of eight: the mean of a pair only, whatever the scale.
        line = GreyPlane(8, 1);
        line.values = {100, 0, 0, 100, 0, 0, 0, 0};
        QVERIFY(std::abs(halfPixelResized(line, 2, 1).at(0, 0)) < 1e-4F);
    }

    void enlargingRepeatsTheEdge()
    {
        GreyPlane line(2, 1);
        line.values = {0, 8};
        QCOMPARE(halfPixelResized(line, 4, 1).values, (std::vector<float>{0, 2, 6, 8}));
    }

    void greyGoesFromMinusOneToOneInAFrameOfZeros()
    {
        const GreyPlane black = ReferenceSection::greyOf(*stackOf(2, {0, 0, 0, 0}), 0);
        QCOMPARE(black.width, inputPx);
        QCOMPARE(black.height, inputPx);
        QCOMPARE(black.at(framePx, framePx), -1.0F);
        QCOMPARE(black.at(framePx + outputPx - 1, framePx + outputPx - 1), -1.0F);
        QCOMPARE(black.at(framePx - 1, framePx), 0.0F);
        QCOMPARE(black.at(framePx, framePx + outputPx), 0.0F);
        const GreyPlane white = ReferenceSection::greyOf(*stackOf(2, {255, 255, 255, 255}), 0);
        QCOMPARE(white.at(300, 300), 1.0F);
    }

    void theFrameIsOfTheFirstClass()
    {
        const auto grey = stackOf(2, {0, 0, 0, 0});
        const ReferenceSection section =
            ReferenceSection::of(*grey, labelsOf(2, {255, 255, 255, 255}), 0);
        QCOMPARE(section.classes[0].at(0, 0), 1.0F);
        QCOMPARE(section.classes[1].at(0, 0), 0.0F);
        QCOMPARE(section.classes[0].at(framePx, framePx), 0.0F);
        QCOMPARE(section.classes[1].at(framePx, framePx), 1.0F);
    }

    void labelsAreCutAtAHalfAfterTheyAreScaled()
    {
        const auto grey = stackOf(2, {0, 0, 0, 0});
        const ReferenceSection section =
            ReferenceSection::of(*grey, labelsOf(2, {0, 255, 0, 255}), 0);
        const auto targets = section.targets();
        QCOMPARE(targets[0].width, outputPx);
        for (int x = 0; x < outputPx; ++x) {
            QCOMPARE(targets[1].at(x, 100), x < outputPx / 2 ? 0.0F : 1.0F);
            QCOMPARE(targets[0].at(x, 100), 1 - targets[1].at(x, 100));
        }
    }

    void targetsAreTheMiddleOfEachClassByItself()
    {
        ReferenceSection section;
        section.classes = {GreyPlane(inputPx, inputPx, 0.5F), GreyPlane(inputPx, inputPx, 0.4F)};
        section.classes[1].at(framePx, framePx + 2) = 0.5F;
        const auto targets = section.targets();
        QCOMPARE(targets[0].at(0, 2), 1.0F); // both at a half: both are 1
        QCOMPARE(targets[1].at(0, 2), 1.0F);
        QCOMPARE(targets[1].at(1, 2), 0.0F);
    }

    void aPixelWithoutClassIsRefused()
    {
        const auto grey = stackOf(2, {0, 0, 0, 0});
        const LabelVolume labels = labelsOf(2, {0, 255, 7, 255});
        QVERIFY_EXCEPTION_THROWN(ReferenceSection::of(*grey, labels, 0), Error);
    }

    void theMetricHasThePublishedBaselines()
    {
        const QString raw = sharedData(QStringLiteral("isbi2012/train-volume.tif"));
        const QString labelled = sharedData(QStringLiteral("isbi2012/train-labels.tif"));
        if (raw.isEmpty() || labelled.isEmpty())
            QSKIP("The ISBI 2012 stack is not there.");
        const auto stack = StackReader::open(raw);
        const LabelVolume labels = importLabels(
            *StackReader::open(labelled), stack->size(),
            ClassMap::parse(QStringLiteral("0:membrane,255:inside")), SliceRange::all(30));
        double prior = 0;
        double allInside = 0;
        double roundTrip = 0;
        const auto slices = foldOf(FoldRule::reference, 0, 30).validation;
        for (const int z : slices) {
            const GreyPlane inside = ReferenceSection::of(*stack, labels, z).targets()[1];
            const auto truth = truthOf(inside);
            const float share =
                float(std::count(truth.begin(), truth.end(), 2)) / float(truth.size());
            prior += diceOf(GreyPlane(outputPx, outputPx, share), truth);
            allInside += diceOf(GreyPlane(outputPx, outputPx, 1), truth);

            std::vector<Label> own(512 * 512);
            labels.read(z, {0, 0, 512, 512}, own.data());
            std::vector<unsigned char> ownTruth;
            for (const Label label : own)
                ownTruth.push_back(quint8(label.classIndex()));
            GreyPlane back = resized(inside, 512, 512);
            for (float& value : back.values)
                value = value > 0.5F ? 1 : 0;
            roundTrip += diceOf(back, ownTruth);
        }
        const double count = double(slices.size());
        QVERIFY2(std::abs(prior / count - 0.62) < 0.01, qPrintable(QString::number(prior / count)));
        QVERIFY2(std::abs(allInside / count - 0.44) < 0.01,
                 qPrintable(QString::number(allInside / count)));
        QVERIFY2(std::abs(roundTrip / count - 0.980) < 0.002,
                 qPrintable(QString::number(roundTrip / count)));
    }
};

QTEST_GUILESS_MAIN(ReferenceSectionTest)
#include "ReferenceSectionTest.moc"
