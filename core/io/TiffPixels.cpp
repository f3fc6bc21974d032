// SPDX-License-Identifier: Apache-2.0
#include "core/io/TiffPixels.h"

#include <QFloat16>

#include <cstring>
#include <limits>
#include <type_traits>

namespace emend {

TiffPixels::TiffPixels(const TiffFile& file, const TiffPage& page)
    : m_colour(page.colour)
    , m_component(page.component)
    , m_isHalfFloat(page.isHalfFloat)
    , m_bits(page.bits)
    , m_samples(page.samples)
    , m_greyOfIndex(page.greyOfIndex(file))
{
}

void TiffPixels::toGrey(const quint8* samples, int firstPixel, int count, void* out) const
{
    if (m_bits == 1)
        return bits(samples, firstPixel, count, static_cast<quint8*>(out));
    samples += size_t(firstPixel) * size_t(m_samples) * size_t(m_bits / 8);
    const bool isColour = m_colour == TiffPage::Colour::rgb || m_colour == TiffPage::Colour::yCbCr;
    if (m_isHalfFloat)
        return halfFloats(samples, count, static_cast<float*>(out));
    if (m_colour == TiffPage::Colour::palette)
        return indices(samples, count, static_cast<quint8*>(out));
    switch (m_component) {
    case Component::uint8:
        return isColour ? brightness<quint8>(samples, count, out)
                        : grey<quint8>(samples, count, out);
    case Component::int8:
        return grey<qint8>(samples, count, out);
    case Component::uint16:
        return isColour ? brightness<quint16>(samples, count, out)
                        : grey<quint16>(samples, count, out);
    case Component::int16:
        return grey<qint16>(samples, count, out);
    case Component::uint32:
        return grey<quint32>(samples, count, out);
    case Component::int32:
        return grey<qint32>(samples, count, out);
    case Component::float32:
        return grey<float>(samples, count, out);
    case Component::float64:
        return grey<double>(samples, count, out);
    }
}

template <typename T>
void TiffPixels::grey(const quint8* samples, int count, void* out) const
{
    T* target = static_cast<T*>(out);
    for (int i = 0; i < count; ++i)
        std::memcpy(target + i, samples + size_t(i) * size_t(m_samples) * sizeof(T), sizeof(T));
    if (m_colour != TiffPage::Colour::minIsWhite)
        return;
    for (int i = 0; i < count; ++i) {
        if constexpr (std::is_floating_point_v<T>)
            target[i] = -target[i];
        else
            target[i] = T(~target[i]); // maximum - value, and -1 - value where it is signed
    }
}

template <typename T>
void TiffPixels::brightness(const quint8* samples, int count, void* out) const
{
    T* target = static_cast<T*>(out);
    for (int i = 0; i < count; ++i) {
        T rgb[3];
        std::memcpy(rgb, samples + size_t(i) * size_t(m_samples) * sizeof(T), sizeof rgb);
        // Equal channels come out as they are.
        target[i] =
            T((quint32(rgb[0]) * 299 + quint32(rgb[1]) * 587 + quint32(rgb[2]) * 114 + 500) / 1000);
    }
}

void TiffPixels::bits(const quint8* samples, int firstPixel, int count, quint8* out) const
{
    const quint8 flip = m_colour == TiffPage::Colour::minIsWhite ? 255 : 0;
    for (int i = 0; i < count; ++i) {
        const int at = firstPixel + i;
        const bool isSet = (samples[at / 8] >> (7 - at % 8)) & 1;
        out[i] = quint8((isSet ? 255 : 0) ^ flip);
    }
}

void TiffPixels::indices(const quint8* samples, int count, quint8* out) const
{
    for (int i = 0; i < count; ++i) {
        const quint8 index = samples[size_t(i) * size_t(m_samples)];
        out[i] = m_greyOfIndex.empty() ? index : m_greyOfIndex[index];
    }
}

void TiffPixels::halfFloats(const quint8* samples, int count, float* out) const
{
    const float sign = m_colour == TiffPage::Colour::minIsWhite ? -1.f : 1.f;
    for (int i = 0; i < count; ++i) {
        qfloat16 half;
        std::memcpy(static_cast<void*>(&half), samples + size_t(i) * size_t(m_samples) * 2, 2);
        out[i] = sign * float(half);
    }
}

} // namespace emend
