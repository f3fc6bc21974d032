// SPDX-License-Identifier: Apache-2.0
#include "app/session/MergedScore.h"

#include <span>

namespace emend {

namespace {

std::vector<Label> labelsOf(const LabelVolume& volume, int z)
{
    std::vector<Label> labels(size_t(volume.size().pixelsPerSlice()));
    volume.read(z, volume.size().sliceRect(), labels.data());
    return labels;
}

std::vector<float> mergedPlane(const std::vector<quint8>& predicted,
                               const std::vector<Label>& labels, int classIndex)
{
    std::vector<float> plane(labels.size());
    for (size_t i = 0; i < plane.size(); ++i) {
        const bool isDecided = labels[i].isCorrected();
        plane[i] =
            isDecided ? float(labels[i].classIndex() == classIndex) : float(predicted[i]) / 255.0F;
    }
    return plane;
}

} // namespace

MergedScore mergedScore(const Prediction& prediction, const LabelVolume& labels,
                        const LabelVolume& truth, const ClassTable& classes,
                        const SliceRange& slices)
{
    const int insideClass = classes.indexOf(QStringLiteral("inside"));
    const int membraneClass = classes.indexOf(QStringLiteral("membrane"));
    const VolumeSize size = prediction.size();
    StackScorer scorer;
    // Where the likeliest class wins, gaps closed.
    StackScorer exported(std::vector<double>{0.5});
    for (const int z : slices) {
        const std::vector<Label> slice = labelsOf(labels, z);
        std::vector<quint8> trueClasses;
        for (const Label label : labelsOf(truth, z))
            trueClasses.push_back(quint8(label.classIndex()));

        std::vector<std::vector<float>> planes;
        for (int c = 1; c <= prediction.classCount(); ++c)
            planes.push_back(mergedPlane(prediction.probabilities(z, c), slice, c));
        std::vector<quint8> winners = prediction.classes(z);
        for (size_t i = 0; i < winners.size(); ++i)
            winners[i] = slice[i].isCorrected() ? quint8(slice[i].classIndex()) : winners[i];
        scorer.addPixelScores(
            softDice(std::vector<std::span<const float>>(planes.begin(), planes.end()),
                     trueClasses),
            pixelError(winners, trueClasses));
        if (!insideClass && !membraneClass)
            continue;
        std::vector<float> inside = planes[size_t((insideClass ? insideClass : membraneClass) - 1)];
        for (float& probability : inside)
            probability = insideClass ? probability : 1 - probability;
        for (quint8& c : trueClasses)
            c = insideClass ? c == insideClass : c != 0 && c != membraneClass;
        scorer.addSlice(inside, trueClasses, size.width, size.height);
        exported.addSlice(inside, trueClasses, size.width, size.height);
    }
    return {scorer.score(), exported.scoreAt(0).vRand, scorer.sliceCount() > 0};
}

} // namespace emend
