// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/jobs/PredictJob.h"
#include "core/labels/ClassTable.h"
#include "core/labels/LabelVolume.h"
#include "core/metrics/SegmentationScore.h"

#include <vector>

namespace emend {

/// Predicts slices and scores the probabilities against true labels.
///
/// Dice and pixel error count all classes; V_rand and V_info look at the probability of everything
/// that is not "membrane" (or of "inside") and are missing for other classes.
class EvaluateJob : public Job
{
    Q_DECLARE_TR_FUNCTIONS(EvaluateJob)

public:
    struct SliceScore
    {
        int z = 0;
        double dice = 0;
        double pixelError = 0;
    };

    /// truth: labels of the slices of the request; classes: what its class indices mean. Throws
    /// Error when the model has other classes.
    EvaluateJob(PredictJob::Request request, LabelVolume truth, ClassTable classes);

    QString title() const override { return tr("Evaluating"); }

    void run(JobContext& job) override;

    /// How well the pixels of one class are found, over all slices.
    struct ClassScore
    {
        QString name;
        double dice =
            0; ///< 2 hits / (pixels of the class + pixels taken for it), 1 for no pixel at all
    };

    std::vector<ClassScore> classScores() const;

    /// Soft Dice of membrane against everything else, what score().dice is of models that know no
    /// third class. Only where a class is called "membrane".
    double membraneDice() const { return m_membraneDice / double(m_slices.size()); }

    /// Whether vRand and vInfo mean something.
    bool hasObjects() const { return m_membrane != 0 || m_inside != 0; }

    SegmentationScore score() const { return m_scorer.score(); }

    /// As masks are cut: the likeliest class, and gaps in membranes closed.
    OverlapScore scoreAsCut() const { return m_cutScorer.scoreAt(0); }

    const StackScorer& scorer() const { return m_scorer; }

    const std::vector<SliceScore>& sliceScores() const { return m_slices; }

private:
    struct PixelCounts
    {
        qint64 hits = 0;
        qint64 truth = 0;
        qint64 said = 0;
    };

    void scoreSlice(int z, const ProbabilityMap& map, const MembraneBorders& borders);
    void countClasses(const ProbabilityMap& map, const std::vector<quint8>& truth);
    void scoreObjects(const ProbabilityMap& map, const MembraneBorders& borders,
                      const std::vector<quint8>& truth);

    PredictJob::Request m_request;
    LabelVolume m_truth;
    std::vector<int> m_modelClassOf; ///< of each truth class (index 0 unused)
    int m_membrane = 0;              ///< the model's class, 0: none
    int m_inside = 0;
    StackScorer m_scorer;
    StackScorer m_cutScorer{std::vector<double>{0.5}}; ///< as masks are cut
    std::vector<PixelCounts> m_counts;                 ///< [class of the model]
    double m_membraneDice = 0;                         ///< sum over slices
    std::vector<SliceScore> m_slices;
};

} // namespace emend
