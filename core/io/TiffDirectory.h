// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/io/TiffDescription.h"
#include "core/io/TiffPage.h"

#include <memory>
#include <vector>

namespace emend {

/// The index of a TIFF stack: which page of the file is which slice. Made once, never changed; the
/// decoders of several threads share it.
class TiffDirectory
{
public:
    /// Where a slice lies. shiftBytes is for a stack of ImageJ that has one page for all slices.
    struct Slice
    {
        int page = 0;
        qint64 shiftBytes = 0;
    };

    /// Judges every page before anything is decoded. Throws Error.
    explicit TiffDirectory(std::shared_ptr<const InputFile> file);

    const TiffFile& file() const { return m_file; }

    VolumeSize size() const;

    Component component() const { return m_pages.front().component; }

    Slice slice(int z) const { return m_slices[size_t(z)]; }

    const TiffPage& page(int index) const { return m_pages[size_t(index)]; }

    /// The block that is cheapest to decode at once.
    Rect preferredBlock() const;

    VoxelSize voxelSize() const { return m_voxelSize; }

    QString voxelSizeSource() const { return m_voxelSizeSource; }

    QStringList notes() const { return m_notes; }

private:
    void readPages();
    bool addPage(const TiffIfd& ifd);
    void orderSlices();
    bool isOneLongImage() const;
    void orderLongImage();
    void orderPages();
    void checkSameKind(int page) const;
    void noteColour();

    TiffFile m_file;
    std::vector<TiffPage> m_pages; ///< sections only
    std::vector<int> m_pageOfIfd;  ///< -1 for what is no section
    std::vector<Slice> m_slices;
    TiffDescription m_description;
    bool m_isCut = false;
    VoxelSize m_voxelSize;
    QString m_voxelSizeSource;
    QStringList m_notes;
};

} // namespace emend
