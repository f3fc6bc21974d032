// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "models/learning/TrainingPatch.h"
#include "models/shipped/CellLook.h"
#include "models/shipped/SectionSynthesizer.h"

#include <memory>
#include <vector>

namespace emend {

/// An isotropic volume with 10 nm voxels and what is known of it; the stacks are of one size.
struct LabelledVolume
{
    const ImageStack& raw;
    const ImageStack& bodies;                 ///< the id of the cell that each voxel belongs to
    const ImageStack* mitochondria = nullptr; ///< 0 elsewhere; null: they are no class of their own
};

/// What the shipped models learn from: free data that is made to look like ssTEM.
///
/// Most patches come from an isotropic FIB-SEM volume with body ids (10 nm voxels), cut along a
/// random one of its axes: some planes are averaged, as thick sections do; the patch is enlarged
/// to 3 to 7 nm pixels; membranes are the borders between bodies. Some are drawn by the
/// SectionSynthesizer. Stain, exposure, sharpness and noise vary. Classes: 1 membrane, 2 inside,
/// and 3 mitochondria where the volume tells them apart.
class BaseModelPatches : public PatchSource
{
public:
    struct Options
    {
        int slices = 200; ///< only the first so many slices of the volume are seen
        int patchPx = 192;
        double syntheticShare = 0.15;
        quint64 seed = 1;
    };

    /// The volume is read whole (tens of megabytes). Throws Error where its stacks do not fit
    /// together or are too small.
    BaseModelPatches(const LabelledVolume& volume, const Options& options);

    TrainingPatch draw(Random& random, bool varied) override;

private:
    static constexpr int thickestPlanes = 5; ///< so many are averaged at most

    /// Where planes are cut out: slices of the volume, across one of its axes (0 x, 1 y, 2 z).
    struct Region
    {
        int firstSlice = 0;
        int slices = 0;
        int across = 0;
    };

    /// A plane of the volume: averaged grey values, bodies, distances to the nearest border and to
    /// the edge of mitochondria.
    struct Plane;

    bool knowsMitochondria() const { return !m_mitochondria.empty(); }

    static CellMap cellsOf(const Plane& plane, int sidePx);

    TrainingPatch cutPatch(Random& random, const Region& region, int sidePx) const;
    TrainingPatch drawn(Random& random);
    Plane cutPlane(Random& random, const Region& region, int columns, int rows) const;
    size_t index(int x, int y, int z) const;

    Options m_options;
    VolumeSize m_size;
    std::vector<quint16> m_grey;
    std::vector<quint16> m_bodies;
    std::vector<quint16> m_mitochondria; ///< empty where they are no class of their own
    SectionSynthesizer m_synthesizer;
    int m_drawnCount = 0;
};

} // namespace emend
