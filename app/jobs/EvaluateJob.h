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
/// Dice and pixel error count all classes; V_rand and V_info look at the probability of "inside"
/// (or of everything that is not "membrane") and are missing for other classes.
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

    /// Whether vRand and vInfo mean something.
    bool hasObjects() const { return m_membrane != 0 || m_inside != 0; }

    SegmentationScore score() const { return m_scorer.score(); }

    const std::vector<SliceScore>& sliceScores() const { return m_slices; }

private:
    void scoreSlice(int z, const ProbabilityMap& map);
    void scoreObjects(const ProbabilityMap& map, const std::vector<quint8>& truth);

    PredictJob::Request m_request;
    LabelVolume m_truth;
    std::vector<int> m_modelClassOf; ///< of each truth class (index 0 unused)
    int m_membrane = 0;              ///< the model's class, 0: none
    int m_inside = 0;
    StackScorer m_scorer;
    std::vector<SliceScore> m_slices;
};

} // namespace emend
