// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "models/ComputeDevice.h"
#include "models/Predictor.h"
#include "models/ScaledSlice.h"
#include "models/SliceNormalisation.h"
#include "models/torch/FoldedUNet.h"

#include <functional>
#include <optional>
#include <vector>

namespace emend {

/// How much more than a tile the network must be shown so that the tile's answer is that of an
/// endless slice.
struct TileMargin
{
    int growth = 0; ///< the input is the tile's side plus this
    int lead = 0;   ///< the input begins that far before the tile
    int crop = 0;   ///< the tile begins that far inside the network's answer

    static TileMargin of(const UNetSpec& spec);
};

/// Runs a network over an area of a slice, tile by tile, each with its margin.
///
/// Neither tile size nor batch changes the answer, for tiles begin at multiples of the network's
/// stride and see all that their pixels depend on. When memory runs out the batch is halved, then
/// the tile; the smaller size is kept. Compute thread only.
class TiledInference
{
public:
    /// options.precision must have been resolved.
    TiledInference(const Checkpoint& checkpoint, const ComputeDevice& device,
                   const PredictorOptions& options);

    /// One plane a class, each of area's pixels. area begins at multiples of the stride, and may
    /// reach beyond the slice. Throws Error or Cancelled.
    using Planes = std::vector<std::vector<float>>;
    Planes run(const ScaledSlice& slice, const SliceNormalisation& normalisation, Rect area,
               JobContext& job);

    int tilePx() const { return m_tilePx; }

    int batch() const { return m_batch; }

    /// Called before each batch with what it is about to compute; for tests that let memory run
    /// out.
    void setObserver(std::function<void(int tilePx, int batch)> observer);

private:
    struct Tiles;
    Tiles tilesOf(Rect area) const;
    std::optional<Planes> attempt(const ScaledSlice& slice, const SliceNormalisation& normalisation,
                                  Rect area, JobContext& job) const;
    void runBatch(const ScaledSlice& slice, const SliceNormalisation& normalisation,
                  const Tiles& tiles, int first, int count, JobContext& job, Planes& planes) const;
    at::Tensor meanOverViews(const at::Tensor& input, JobContext& job) const;
    void makeSmaller();

    UNetSpec m_spec;
    TileMargin m_margin;
    FoldedUNet m_network;
    bool m_isCuda;
    int m_threads;
    int m_views;
    int m_tilePx;
    int m_batch;
    std::function<void(int, int)> m_observer;
};

} // namespace emend
