// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/image/SliceRange.h"
#include "core/jobs/Job.h"
#include "core/labels/Prediction.h"
#include "models/Checkpoint.h"
#include "models/ComputeDevice.h"

#include <functional>
#include <memory>
#include <optional>

namespace emend {

class ScaledSlice;
struct SliceNormalisation;

/// How a predictor works; the defaults are right for the device. Tile, batch and threads do not
/// change the answer.
struct PredictorOptions
{
    static constexpr int mostViews = 8;

    Precision precision = Precision::automatic;
    int tilePx = 0;  ///< side of a tile without its halo, a multiple of 16; 0: chosen
    int batch = 0;   ///< tiles at a time; 0: chosen
    int threads = 0; ///< 0: all cores

    /// The mean over the tile as it is, mirrored and turned (1, 2, 4 or 8 of these): slower, and
    /// mostly better (test-time augmentation).
    int views = 1;

    bool operator==(const PredictorOptions&) const = default;
};

/// Runs a model over slices: tiles with a halo as wide as the network sees, mirrored at the
/// borders of the slice, at the model's pixel size; the answer comes back at the stack's. A model
/// of the reference recipe is shown the whole slice at once.
///
/// Tile size, batch and threads do not change the answer. When memory runs out it makes do with
/// less (see MemoryLadder). Lives and is used on the compute thread.
class Predictor
{
public:
    Predictor(std::shared_ptr<const Checkpoint> checkpoint, ComputeDevice device,
              PredictorOptions options = {});
    ~Predictor();

    const Checkpoint& checkpoint() const { return *m_checkpoint; }

    /// Whether the membranes of a stack are bright on dark; nothing before a slice of it was
    /// predicted. Told to another predictor, it need not look (MembranePolarity.h).
    std::optional<bool> brightMembranesOf(const ImageStack& stack) const;
    void setBrightMembranes(const ImageStack& stack, bool areBright);

    /// Probabilities of one slice. voxelSize: the user's or the stack's; where unknown the slice
    /// is taken to have the model's pixel size.
    ProbabilityMap predictSlice(const ImageStack& stack, int z, VoxelSize voxelSize,
                                JobContext& job);

    /// Probabilities of the pixels rect (inside the slice) only, the same as the whole slice's.
    ProbabilityMap predictRect(const ImageStack& stack, int z, Rect rect, VoxelSize voxelSize,
                               JobContext& job);

    /// The same as predictSlice in blocks of at most 2048 x 2048 pixels of the stack, for sections
    /// whose probabilities do not fit into memory; sink gets each one with its place (on this
    /// thread).
    using BlockSink = std::function<void(Rect rect, const ProbabilityMap& block)>;
    void predictBlocks(const ImageStack& stack, int z, VoxelSize voxelSize, JobContext& job,
                       const BlockSink& sink);

    /// Slice after slice; sink gets each one as soon as it is there (on this thread).
    using Sink = std::function<void(int z, const ProbabilityMap& map)>;
    void predict(const ImageStack& stack, const SliceRange& slices, VoxelSize voxelSize,
                 JobContext& job, const Sink& sink);

private:
    SliceNormalisation normalisationOf(const ImageStack& stack, const ScaledSlice& slice);
    ProbabilityMap predictBlock(const ScaledSlice& slice, const SliceNormalisation& normalisation,
                                Rect block, JobContext& job);
    void predictWhole(const ImageStack& stack, int z, const std::vector<Rect>& blocks,
                      JobContext& job, const BlockSink& sink);

    struct Network; // torch is in Predictor.cpp
    std::shared_ptr<const Checkpoint> m_checkpoint;
    std::unique_ptr<Network> m_network;
    const ImageStack* m_knownStack = nullptr; ///< what is known is of this one
    bool m_hasBrightMembranes = false;
};

} // namespace emend
