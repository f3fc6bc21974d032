// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

namespace emend {

/// How well a segmentation matches the truth, for one slice or the mean of several.
///
/// Definitions: Dice as in NVIDIA's U-Net (both classes, soft, squared denominators); V_rand and
/// V_info after thinning as in the ISBI 2012 challenge (Arganda-Carreras et al., Frontiers in
/// Neuroanatomy 9:142, 2015).
struct SegmentationScore
{
    double dice = 0;
    double pixelError = 0;
    double vRand = 0;
    double vInfo = 0;
    double threshold = 0.5; ///< at which vRand is best
};

/// Mean over classes of the soft Dice coefficient with squared denominators:
/// (2 sum(p t) + 1e-6) / (sum(p^2 + t^2) + 1e-6), t = 1 where truth is the class.
/// planes: one span of probabilities for each class (class 1 first); truth: class (from 1) of
/// each pixel, 0 = not counted.
double softDice(std::span<const std::span<const float>> planes,
                std::span<const unsigned char> truth);

/// Fraction of counted pixels (truth != 0) whose class differs.
double pixelError(std::span<const unsigned char> classes, std::span<const unsigned char> truth);

/// 4-connected components of the pixels that are not 0, numbered from 1; the others are 0.
std::vector<int> labelComponents(std::span<const unsigned char> foreground, int width, int height);

/// The ISBI 2012 "thinning": components of inside grow into the rest until they meet; pixels
/// where two meet are dams (0). Flooding is 4-connected.
std::vector<int> thinnedObjects(std::span<const unsigned char> inside, int width, int height);

/// Rand and information scores of proposed objects against true objects (0 = background of the
/// truth, not counted; 0 = dam of the proposal, singletons). All 0 where there is no true object.
struct OverlapScore
{
    double vRand = 0;
    double randMerge = 0; ///< precision
    double randSplit = 0; ///< recall
    double vInfo = 0;
    double infoMerge = 0; ///< C(T|S)
    double infoSplit = 0; ///< C(S|T)
};

OverlapScore overlapScore(std::span<const int> truthObjects, std::span<const int> proposalObjects);

/// Scores slices one after another, then the stack: at several thresholds on the probability of
/// inside, one threshold for the whole stack, mean over slices.
class StackScorer
{
public:
    /// thresholds: ascending.
    explicit StackScorer(std::vector<double> thresholds = tenths());

    /// 0.0, 0.1, ... 1.0: those of the ISBI 2012 challenge.
    static std::vector<double> tenths();

    const std::vector<double>& thresholds() const { return m_thresholds; }

    /// inside: probability 0..1 of being inside a cell; truthInside: 0 = membrane, else inside.
    /// A slice whose truth is membrane all over says nothing about objects and is not counted.
    void addSlice(std::span<const float> inside, std::span<const unsigned char> truthInside,
                  int width, int height);

    /// Adds a slice's Dice and pixel error to the mean.
    void addPixelScores(double dice, double pixelError);

    /// The mean over slices; vRand and vInfo each at their best threshold.
    SegmentationScore score() const;

    /// The mean over slices at one of the thresholds.
    OverlapScore scoreAt(size_t thresholdIndex) const;

    int sliceCount() const { return m_slices; }

private:
    std::vector<double> m_thresholds;
    std::vector<OverlapScore> m_sums; ///< at each of them
    double m_dice = 0;
    double m_pixelError = 0;
    int m_slices = 0;
    int m_pixelSlices = 0;
};

} // namespace emend
