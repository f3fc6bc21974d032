// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/ComponentSource.h"

#include <QString>

namespace emend {

/// The one rising mapping of a stack's values to grey. 8 and 16 bit without a sign stay as they
/// are; everything else becomes 16 bit.
class GreyMapping
{
public:
    /// Looks at the values of the stack where the type alone does not tell their range: at all of
    /// them up to 256 MB, at evenly spread parts of a larger stack.
    static GreyMapping find(Component component, VolumeSize size, Rect preferredBlock,
                            ComponentSource& source);

    int bitsPerPixel() const { return m_component == Component::uint8 ? 8 : 16; }

    /// What the user should know; empty where values stay as they are.
    QString note() const { return m_note; }

    void apply(const void* values, qint64 count, quint16* out) const;

private:
    struct Range;

    explicit GreyMapping(Component component)
        : m_component(component)
    {
    }

    void choose(const Range& range);
    void mapFixed(double first, double last, double scale);
    void describe(double first, double last, bool isComplete);

    Component m_component;
    double m_offset = 0;
    double m_scale = 1;
    QString m_note;
};

/// Makes the opened stack's values grey, and completes its info.
std::unique_ptr<SliceSource> makeGreySource(OpenedStack& opened);

} // namespace emend
