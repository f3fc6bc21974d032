// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/jobs/Job.h"
#include "core/labels/ClassTable.h"
#include "core/labels/LabelVolume.h"
#include "core/metrics/SegmentationScore.h"
#include "models/Checkpoint.h"
#include "models/ComputeDevice.h"

#include <functional>
#include <memory>
#include <optional>

namespace emend {

/// The whole loop without a window: predict, correct two slices from the truth, learn, predict
/// again, export. The same jobs as the window's, one after another on this thread.
class DemoLoop
{
public:
    struct Truth
    {
        LabelVolume labels; ///< corrected labels of every slice
        ClassTable classes;
    };

    /// truth: empty for the user's own stack; then the loop predicts and exports only.
    DemoLoop(std::shared_ptr<const ImageStack> stack, std::optional<Truth> truth,
             std::shared_ptr<const Checkpoint> model, ComputeDevice device);

    /// Writes masks and pictures into folder; tell gets one line at a time.
    void run(const QString& folder, JobContext& job,
             const std::function<void(const QString&)>& tell);

private:
    SegmentationScore score(const std::shared_ptr<const Checkpoint>& model, JobContext job) const;
    std::shared_ptr<const Checkpoint> learn(JobContext job) const;
    void exportMasks(const std::shared_ptr<const Checkpoint>& model, const QString& path,
                     JobContext job);
    void savePicture(const QString& path, int z) const;

    std::shared_ptr<const ImageStack> m_stack;
    std::optional<Truth> m_truth;
    std::shared_ptr<const Checkpoint> m_model;
    ComputeDevice m_device;
    std::vector<int> m_correctedSlices;
    std::vector<int> m_scoredSlices;
    LabelVolume m_predicted;
};

} // namespace emend
