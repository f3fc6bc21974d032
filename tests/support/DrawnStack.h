// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/io/TiffStackWriter.h"
#include "core/labels/LabelEdit.h"
#include "models/shipped/SectionSynthesizer.h"

#include <QString>

#include <algorithm>
#include <memory>
#include <vector>

namespace emend {

/// Drawn sections with exact labels, for tests of the whole loop. 8 bit, 4 x 4 x 50 nm.
struct DrawnStack
{
    std::vector<std::vector<quint16>> grey;
    std::vector<std::vector<quint8>> truth; ///< 1 = membrane, 2 = inside
    VolumeSize size;

    static DrawnStack sections(int side, int slices, quint64 seed = 7)
    {
        DrawnStack drawn;
        drawn.size = {side, side, slices};
        const SectionSynthesizer synthesizer(seed);
        for (int z = 0; z < slices; ++z) {
            const SyntheticSection section = synthesizer.draw(side, side, 4, z);
            std::vector<quint16> pixels(section.grey.size());
            std::transform(section.grey.begin(), section.grey.end(), pixels.begin(),
                           [](float g) { return quint16(std::clamp(g, 0.f, 1.f) * 255 + 0.5f); });
            drawn.grey.push_back(std::move(pixels));
            drawn.truth.push_back(section.truth);
        }
        return drawn;
    }

    std::shared_ptr<const ImageStack> stack() const
    {
        return makeMemoryStack({.size = size, .bitsPerPixel = 8, .voxelSize = {4, 4, 50}}, grey);
    }

    /// The truth of all slices as a person's corrections.
    LabelVolume corrected() const
    {
        LabelVolume labels(size);
        for (int z = 0; z < size.slices; ++z) {
            editLabels(labels, z, size.sliceRect(), [&](Pixel pixel, Label) {
                const auto i = size_t(pixel.y) * size_t(size.width) + size_t(pixel.x);
                return Label(truth[size_t(z)][i], LabelState::corrected);
            }).applyTo(labels);
        }
        return labels;
    }

    void saveGrey(const QString& path) const
    {
        std::vector<std::vector<quint8>> pages;
        for (const auto& slice : grey)
            pages.emplace_back(slice.begin(), slice.end());
        save(path, pages);
    }

    void saveTruth(const QString& path) const { save(path, truth); }

private:
    void save(const QString& path, const std::vector<std::vector<quint8>>& pages) const
    {
        TiffStackWriter writer(path, {.size = size, .voxelSize = {4, 4, 50}});
        for (const auto& page : pages)
            writer.addPage(page.data());
        writer.commit();
    }
};

} // namespace emend
