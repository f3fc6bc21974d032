// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/session/MergedScore.h"
#include "app/session/SimulatedCorrector.h"
#include "core/jobs/Job.h"
#include "core/project/Project.h"
#include "models/Checkpoint.h"
#include "models/ComputeDevice.h"
#include "models/Trainer.h"

#include <functional>
#include <memory>
#include <vector>

namespace emend {

/// Where the person who corrects goes next.
enum class CorrectionOrder {
    ranked, ///< to the place worth most, as PlacesToCorrect has it after each prediction
    random, ///< anywhere
    slices  ///< through one slice after the other, place by place
};

/// Rounds of correcting, learning and predicting with a simulated person: how much work brings
/// how good labels. The same jobs as the window's, one after another on this thread.
///
/// A round ends with the place in which its strokes are used up. As in the window, learning goes
/// on from the current model, with all corrections so far, and its model is kept where the
/// held-out corrections say that it is no worse. The same plan gives the same places and strokes.
class CorrectionExperiment
{
public:
    struct Plan
    {
        std::shared_ptr<const ImageStack> stack;
        LabelVolume truth; ///< of slices and unseen
        ClassTable classes;
        std::shared_ptr<const Checkpoint> model; ///< what the first prediction is made with
        ComputeDevice device;
        SliceRange slices; ///< that are corrected
        SliceRange unseen; ///< that are predicted and scored, but never corrected
        CorrectionOrder order = CorrectionOrder::ranked;
        int rounds = 5;
        int strokesPerRound = 40;
        bool isLearning = true;   ///< else the first prediction stays: what corrections alone bring
        TrainingOptions training; ///< its seed is that of the random order, too
        CorrectorHabits habits;
    };

    /// What there is after a round; the first is before any correction.
    struct Round
    {
        int number = 0;
        CorrectionEffort effort; ///< of all rounds so far
        double minutes = 0;      ///< of the person
        bool isModelKept = true;
        MergedScore worked; ///< corrections over the prediction, on the slices that are corrected
        MergedScore unseen; ///< the prediction alone; empty where there are no unseen slices
    };

    using Observer = std::function<void(const Round&)>;

    explicit CorrectionExperiment(Plan plan);

    std::vector<Round> run(JobContext& job, const Observer& observer = {});

    const LabelVolume& labels() const { return m_project.labels(); }

private:
    void predict(JobContext job);
    void correct();
    std::vector<Place> placesOfRound();
    bool learn(JobContext job);
    Round judged(int number, bool isModelKept) const;

    Plan m_plan;
    Project m_project;
    SimulatedCorrector m_corrector;
    std::vector<Place> m_fixedOrder; ///< but for ranked, whose order every prediction changes
};

} // namespace emend
