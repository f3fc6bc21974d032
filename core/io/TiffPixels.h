// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/TiffPage.h"

namespace emend {

/// Turns samples as a TIFF page holds them into grey components.
class TiffPixels
{
public:
    TiffPixels() = default;
    TiffPixels(const TiffFile& file, const TiffPage& page);

    /// samples: one row of a block in this machine's byte order, from which count pixels from
    /// firstPixel on go to out.
    void toGrey(const quint8* samples, int firstPixel, int count, void* out) const;

private:
    template <typename T>
    void grey(const quint8* samples, int count, void* out) const;
    template <typename T>
    void brightness(const quint8* samples, int count, void* out) const;
    void bits(const quint8* samples, int firstPixel, int count, quint8* out) const;
    void indices(const quint8* samples, int count, quint8* out) const;
    void halfFloats(const quint8* samples, int count, float* out) const;

    TiffPage::Colour m_colour = TiffPage::Colour::minIsBlack;
    Component m_component = Component::uint8;
    bool m_isHalfFloat = false;
    int m_bits = 8;
    int m_samples = 1;
    std::vector<quint8> m_greyOfIndex;
};

} // namespace emend
