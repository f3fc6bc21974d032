// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <vector>

namespace emend {

/// A drawn section and its exact labels.
struct SyntheticSection
{
    int width = 0;
    int height = 0;
    std::vector<float> grey;                    ///< 0..1, row after row
    std::vector<unsigned char> truth;           ///< 1 = membrane, 2 = inside
    std::vector<unsigned char> isMitochondrion; ///< 1 or 0
};

/// Draws sections that look like ssTEM: cells of very different sizes with dark membranes,
/// oblique membranes that blur, mitochondria, vesicles, noise. Deterministic for a seed.
/// Test data, and part of what the shipped model learns from. Free of LibTorch, any thread.
class SectionSynthesizer
{
public:
    explicit SectionSynthesizer(quint64 seed)
        : m_seed(seed)
    {
    }

    /// pixelSizeNm: how large a pixel of the drawing is (membranes are about 10 nm thick).
    SyntheticSection draw(int width, int height, double pixelSizeNm, int index) const;

private:
    quint64 m_seed;
};

} // namespace emend
