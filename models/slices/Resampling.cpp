// SPDX-License-Identifier: Apache-2.0
#include "models/slices/Resampling.h"

#include <algorithm>
#include <cmath>

namespace emend {

namespace {

std::vector<AxisResampling::Taps> allTaps(const AxisResampling& axis, int first, int count)
{
    std::vector<AxisResampling::Taps> taps;
    taps.reserve(size_t(count));
    for (int i = 0; i < count; ++i)
        taps.push_back(axis.taps(first + i));
    return taps;
}

/// Rows first: afterwards rows are short, and whole rows can be added up.
template <class Number>
std::vector<float> resampleRows(const std::vector<Number>& in, Rect inRect, Rect outRect,
                                const AxisResampling& x)
{
    const auto taps = allTaps(x, outRect.x, outRect.width);
    std::vector<float> out(size_t(outRect.width) * size_t(inRect.height));
    for (int row = 0; row < inRect.height; ++row) {
        const Number* from = in.data() + size_t(row) * size_t(inRect.width);
        float* to = out.data() + size_t(row) * size_t(outRect.width);
        for (int column = 0; column < outRect.width; ++column) {
            const auto& [first, weights] = taps[size_t(column)];
            float sum = 0;
            for (size_t i = 0; i < weights.size(); ++i)
                sum += weights[i] * float(from[size_t(first - inRect.x) + i]);
            to[column] = sum;
        }
    }
    return out;
}

std::vector<float> resampleColumns(const std::vector<float>& in, Rect inRect, Rect outRect,
                                   const AxisResampling& y)
{
    std::vector<float> out(size_t(outRect.width) * size_t(outRect.height));
    for (int row = 0; row < outRect.height; ++row) {
        const auto [first, weights] = y.taps(outRect.y + row);
        float* to = out.data() + size_t(row) * size_t(outRect.width);
        for (size_t i = 0; i < weights.size(); ++i) {
            const float* from = in.data() + (size_t(first - inRect.y) + i) * size_t(outRect.width);
            for (int column = 0; column < outRect.width; ++column)
                to[column] += weights[i] * from[column];
        }
    }
    return out;
}

} // namespace

AxisResampling::AxisResampling(double from, int to)
    : m_from(from)
    , m_step(from / to)
    , m_inputCount(int(std::ceil(from)))
{
}

std::pair<int, int> AxisResampling::span(int output) const
{
    const int last = m_inputCount - 1;
    if (m_step > 1) {
        const double end = std::min((output + 1) * m_step, m_from);
        return {std::min(int(output * m_step), last), std::clamp(int(std::ceil(end)) - 1, 0, last)};
    }
    const double centre = (output + 0.5) * m_step - 0.5;
    const int below = std::clamp(int(std::floor(centre)), 0, last);
    const bool isBetween = centre > below;
    return {below, isBetween ? std::min(below + 1, last) : below};
}

AxisResampling::Taps AxisResampling::taps(int output) const
{
    const auto [first, last] = span(output);
    Taps taps{first, std::vector<float>(size_t(last - first + 1), 1.0F)};
    if (first == last)
        return taps;
    if (m_step > 1) {
        const double begin = output * m_step;
        const double end = std::min(begin + m_step, m_from);
        for (int i = first; i <= last; ++i) {
            const double covered = std::min(end, i + 1.0) - std::max(begin, double(i));
            taps.weights[size_t(i - first)] = float(covered / (end - begin));
        }
    } else {
        const double beyond = (output + 0.5) * m_step - 0.5 - first;
        taps.weights = {float(1 - beyond), float(beyond)};
    }
    return taps;
}

std::pair<int, int> AxisResampling::inputSpan(int first, int count) const
{
    const int begin = span(first).first;
    return {begin, span(first + count - 1).second - begin + 1};
}

int AxisResampling::nearest(int output) const
{
    return std::clamp(int((output + 0.5) * m_step), 0, m_inputCount - 1);
}

std::vector<float> resampled(const std::vector<float>& in, Rect inRect, Rect outRect,
                             const AxisResampling& x, const AxisResampling& y)
{
    return resampleColumns(resampleRows(in, inRect, outRect, x), inRect, outRect, y);
}

std::vector<float> resampled(const std::vector<quint16>& in, Rect inRect, Rect outRect,
                             const AxisResampling& x, const AxisResampling& y)
{
    return resampleColumns(resampleRows(in, inRect, outRect, x), inRect, outRect, y);
}

} // namespace emend
