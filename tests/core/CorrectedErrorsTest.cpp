// SPDX-License-Identifier: Apache-2.0
#include "core/project/CorrectedErrors.h"

#include "core/labels/LabelEdit.h"

#include <QTest>

using namespace emend;

namespace {

constexpr VolumeSize size{300, 40, 3};

/// Everything on that slice is of class 1.
Prediction predictedAsOne(int z)
{
    const auto pixels = size_t(size.pixelsPerSlice());
    ProbabilityMap map{size.width, size.height, 2, std::vector<float>(2 * pixels, 0.1F)};
    std::fill_n(map.values.begin(), pixels, 0.9F);
    Prediction prediction(size, 2);
    prediction.setSlice(z, map);
    return prediction;
}

void paint(LabelVolume& labels, int z, Rect rect, Label label)
{
    editLabels(labels, z, rect, [label](Pixel, Label) { return label; }).applyTo(labels);
}

} // namespace

class CorrectedErrorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void onlyCorrectedPixelsOfPredictedSlicesCount()
    {
        LabelVolume labels(size);
        paint(labels, 1, {250, 0, 20, 10}, Label(1, LabelState::corrected));
        paint(labels, 1, {0, 30, 10, 10}, Label(2, LabelState::corrected));
        paint(labels, 1, {100, 0, 10, 10}, Label(2, LabelState::predicted));
        paint(labels, 1, {120, 0, 10, 10}, Label(2, LabelState::ignored));
        paint(labels, 2, {0, 0, 10, 10}, Label(2, LabelState::corrected));
        const CorrectedErrors errors = CorrectedErrors::count(labels, predictedAsOne(1));
        QCOMPARE(errors.corrected, 300);
        QCOMPARE(errors.wrong, 100);
    }

    void withoutAPredictionThereIsNothingToCount()
    {
        LabelVolume labels(size);
        paint(labels, 0, {0, 0, 10, 10}, Label(2, LabelState::corrected));
        QCOMPARE(CorrectedErrors::count(labels, Prediction()).corrected, 0);
    }
};

QTEST_GUILESS_MAIN(CorrectedErrorsTest)
#include "CorrectedErrorsTest.moc"
