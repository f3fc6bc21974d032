// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "models/ComputeDevice.h"
#include "models/Predictor.h"
#include "models/memory/MemoryLadder.h"
#include "models/slices/ScaledSlice.h"
#include "models/slices/SliceNormalisation.h"
#include "models/torch/prediction/AreaAnswer.h"
#include "models/torch/prediction/FoldedUNet.h"
#include "models/torch/prediction/KeptGraphs.h"
#include "models/torch/prediction/TileMargin.h"

#include <functional>
#include <optional>
#include <vector>

namespace emend {

/// Runs a network over an area of a slice, tile by tile, each with its margin.
///
/// Neither tile size nor batch changes the answer, for tiles begin at multiples of the network's
/// stride and see all that their pixels depend on. Beyond the borders of the slice they see only
/// what is near, for half the work of small slices would be there; but on a card all tiles of an
/// area are of one shape, so there only where the slice is one tile (at the borders the answers of
/// both ways differ a little). Tiles are chosen such that what the network needs (MemoryEstimate)
/// fits into what the device has; when memory runs out all the same, it goes down the MemoryLadder,
/// says so where the device changes, and stays there. Compute thread only.
class TiledInference
{
public:
    /// options.precision must have been resolved; the checkpoint must outlive this.
    TiledInference(const Checkpoint& checkpoint, const ComputeDevice& device,
                   const PredictorOptions& options);

    /// One plane a class, each of area's pixels. area begins at multiples of the stride, and may
    /// reach beyond the slice. Throws Error or Cancelled.
    using Planes = AreaAnswer::Planes;
    Planes run(const ScaledSlice& slice, const SliceNormalisation& normalisation, Rect area,
               JobContext& job);

    int tilePx() const { return m_ladder.rung().tiles.tilePx; }

    int batch() const { return m_ladder.rung().tiles.batch; }

    const MemoryLadder& ladder() const { return m_ladder; }

    /// Called before each batch with what it is about to compute; for tests that let memory run
    /// out.
    void setObserver(std::function<void(int tilePx, int batch)> observer);

    /// Begins on another ladder; for tests of a card's rungs on a machine that has none.
    void setLadder(const MemoryLadder& ladder) { m_ladder = ladder; }

    /// Another runtime than that of the device, likewise; null: the card's plain way.
    void setRuntime(std::unique_ptr<CardRuntime> runtime)
    {
        m_runtime = std::move(runtime);
        m_shapesMayDiffer = false;
    }

    /// Whether tiles go through GraphedInference.
    bool isGraphed() const { return m_graphs.isAnyTrusted(); }

private:
    struct Tiles;
    MemoryLadder ladderOf(const PredictorOptions& options) const;
    Tiles tilesOf(Rect area) const;
    bool trims(const ScaledSlice& slice, const Tiles& tiles) const;
    std::optional<Planes> attempt(const ScaledSlice& slice, const SliceNormalisation& normalisation,
                                  Rect area, JobContext& job);
    bool runGraphed(const ScaledSlice& slice, const SliceNormalisation& normalisation,
                    const Tiles& tiles, AreaAnswer& answer, JobContext& job);
    GraphedInference& graphFor(const std::vector<ShownTile>& tiles, at::ScalarType greyType);
    bool agrees(const at::Tensor& graphed, const ScaledSlice& slice,
                const SliceNormalisation& normalisation, const std::vector<ShownTile>& tiles,
                JobContext& job) const;
    std::vector<ShownTile> shownOf(const ScaledSlice& slice, const Tiles& tiles, int first,
                                   int count) const;
    at::Tensor inputOf(const ScaledSlice& slice, const SliceNormalisation& normalisation,
                       const std::vector<ShownTile>& tiles, JobContext& job) const;
    at::Tensor answerOf(const at::Tensor& input, const ShownTile& shown, JobContext& job) const;
    void addAnswer(const ScaledSlice& slice, const SliceNormalisation& normalisation,
                   const std::vector<ShownTile>& tiles, AreaAnswer& answer, JobContext& job) const;
    void giveUpSomething(JobContext& job);

    const Checkpoint& m_checkpoint;
    UNetSpec m_spec;
    TileMargin m_margin;
    ComputeDevice m_device;
    Precision m_precision;
    std::unique_ptr<CardRuntime> m_runtime; ///< null on the CPU, and where the graph is no good
    std::optional<FoldedUNet> m_network;    ///< placed on the device when it is first needed
    KeptGraphs m_graphs;
    bool m_shapesMayDiffer; ///< of the tiles of an area; cards want them to be of one
    int m_threads;
    int m_views;
    MemoryLadder m_ladder;
    std::function<void(int, int)> m_observer;
};

} // namespace emend
