// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

namespace emend {

/// How a pixel came by its class.
enum class LabelState : quint8 {
    untouched, ///< nobody said anything; the class is 0
    predicted, ///< a model said so
    corrected, ///< a person said so: painted, or confirmed. A prediction never overwrites it
    ignored    ///< a person said: do not learn from this pixel
};

/// Class and state of one pixel, in one byte.
///
/// Classes count from 1 as the class table shows them; 0 is "no class".
class Label
{
public:
    static constexpr int maximumClass = 63;

    constexpr Label() = default;

    constexpr Label(int classIndex, LabelState state)
        : m_bits(quint8(unsigned(state) << 6 | (unsigned(classIndex) & 63u)))
    {
    }

    constexpr int classIndex() const { return m_bits & 63; }

    constexpr LabelState state() const { return LabelState(m_bits >> 6); }

    constexpr bool isCorrected() const { return state() == LabelState::corrected; }

    /// A person decided about this pixel; no prediction may change it.
    constexpr bool isFixed() const { return m_bits >= 128; }

    constexpr bool operator==(const Label&) const = default;

private:
    quint8 m_bits = 0;
};

static_assert(sizeof(Label) == 1);

} // namespace emend
