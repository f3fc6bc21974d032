// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <QtGlobal>

#include <utility>
#include <vector>

namespace emend {

/// One axis of a change of scale: `from` pixels become `to` pixels of the same extent, counted
/// from centre to centre. Area mean when shrinking, linear when enlarging.
class AxisResampling
{
public:
    /// from may end within a pixel, where the input is itself a reduced one.
    AxisResampling(double from, int to);

    /// The pixels of the input that an output pixel is made of, and how much of each.
    struct Taps
    {
        int first = 0;
        std::vector<float> weights;
    };

    Taps taps(int output) const;

    /// First pixel of the input that the outputs first .. first+count-1 need, and their number.
    std::pair<int, int> inputSpan(int first, int count) const;

    /// The input pixel under the centre of an output pixel: for labels, which have no mean.
    int nearest(int output) const;

private:
    std::pair<int, int> span(int output) const; ///< first and last input pixel of one output

    double m_from;
    double m_step; ///< input pixels per output pixel
    int m_inputCount;
};

/// The pixels outRect of the resampled image. in holds the pixels inRect of the input, row after
/// row, at least those that inputSpan names.
std::vector<float> resampled(const std::vector<float>& in, Rect inRect, Rect outRect,
                             const AxisResampling& x, const AxisResampling& y);
std::vector<float> resampled(const std::vector<quint16>& in, Rect inRect, Rect outRect,
                             const AxisResampling& x, const AxisResampling& y);

} // namespace emend
