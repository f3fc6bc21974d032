// SPDX-License-Identifier: Apache-2.0
#include "core/io/GreyMapping.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("GreyMapping", text);
}

constexpr double greyMost = 65535;
constexpr qint64 bytesLookedAt = 256ll << 20;
constexpr qint64 bytesAtOnce = 4 << 20;

template <typename T, typename Visit>
void visitAs(const void* values, qint64 count, Visit visit)
{
    const T* typed = static_cast<const T*>(values);
    for (qint64 i = 0; i < count; ++i)
        visit(i, double(typed[i]));
}

template <typename Visit>
void visitValues(Component component, const void* values, qint64 count, Visit visit)
{
    switch (component) {
    case Component::uint8:
        return visitAs<quint8>(values, count, visit);
    case Component::int8:
        return visitAs<qint8>(values, count, visit);
    case Component::uint16:
        return visitAs<quint16>(values, count, visit);
    case Component::int16:
        return visitAs<qint16>(values, count, visit);
    case Component::uint32:
        return visitAs<quint32>(values, count, visit);
    case Component::int32:
        return visitAs<qint32>(values, count, visit);
    case Component::float32:
        return visitAs<float>(values, count, visit);
    case Component::float64:
        return visitAs<double>(values, count, visit);
    }
}

class GreySource : public SliceSource
{
public:
    GreySource(std::unique_ptr<ComponentSource> source, GreyMapping mapping,
               const OpenedStack& opened)
        : m_source(std::move(source))
        , m_mapping(std::move(mapping))
        , m_component(opened.component)
        , m_block(opened.preferredBlock)
    {
    }

    void read(int z, Rect rect, quint16* out) override
    {
        if (m_component == Component::uint16)
            return m_source->read(z, rect, out);
        std::vector<quint8> values(size_t(rect.pixelCount()) * size_t(byteCount(m_component)));
        m_source->read(z, rect, values.data());
        m_mapping.apply(values.data(), rect.pixelCount(), out);
    }

    Rect preferredBlock() const override { return m_block; }

private:
    std::unique_ptr<ComponentSource> m_source;
    GreyMapping m_mapping;
    Component m_component;
    Rect m_block;
};

} // namespace

/// What values a stack has.
struct GreyMapping::Range
{
    double least = std::numeric_limits<double>::infinity();
    double most = -std::numeric_limits<double>::infinity();
    bool isWhole = true;    ///< no fractions, no NaN
    bool isComplete = true; ///< every value was looked at

    void add(double value)
    {
        if (!std::isfinite(value)) {
            isWhole = false;
            return;
        }
        least = std::min(least, value);
        most = std::max(most, value);
        isWhole = isWhole && value == std::floor(value);
    }

    void look(Component component, VolumeSize size, Rect block, ComponentSource& source)
    {
        const qint64 rowBytes = qint64(size.width) * byteCount(component);
        const qint64 blocks = std::max<qint64>(1, bytesAtOnce / rowBytes / block.height);
        const int rows = int(std::min<qint64>(size.height, blocks * block.height));
        const qint64 bandsOfSlice = (size.height + rows - 1) / rows;
        const qint64 bands = bandsOfSlice * size.slices;
        const qint64 bandsWanted = std::max<qint64>(1, bytesLookedAt / (rowBytes * rows));
        const qint64 step = (bands + bandsWanted - 1) / bandsWanted;
        isComplete = step == 1;
        std::vector<quint8> values(size_t(rowBytes * rows));
        for (qint64 band = 0; band < bands; band += step) {
            const int y = int(band % bandsOfSlice) * rows;
            const Rect rect{0, y, size.width, std::min(rows, size.height - y)};
            source.read(int(band / bandsOfSlice), rect, values.data());
            visitValues(component, values.data(), rect.pixelCount(),
                        [this](qint64, double value) { add(value); });
        }
    }
};

GreyMapping GreyMapping::find(Component component, VolumeSize size, Rect preferredBlock,
                              ComponentSource& source)
{
    GreyMapping mapping(component);
    if (component == Component::uint8 || component == Component::uint16)
        return mapping;
    if (component == Component::int8) {
        mapping.mapFixed(-128, 127, 257);
        return mapping;
    }
    Range range;
    range.look(component, size, preferredBlock, source);
    mapping.choose(range);
    return mapping;
}

void GreyMapping::choose(const Range& range)
{
    const bool isExact = range.isComplete && range.isWhole && range.least <= range.most;
    if (isExact && range.least >= 0 && range.most <= greyMost) {
        m_note = tr("The file holds signed, floating or 32-bit numbers, all of them whole and from "
                    "0 to 65535: they are kept as they are.");
        return;
    }
    if (m_component == Component::int16)
        return mapFixed(-32768, 32767, 1);
    if (isExact && range.most - range.least <= greyMost)
        return mapFixed(range.least, range.least + greyMost, 1);
    if (!(range.least < range.most)) {
        m_offset = range.least <= range.most ? range.least : 0;
        return describe(m_offset, m_offset, range.isComplete);
    }
    m_offset = range.least;
    // Half of each first, because the difference of two doubles may be more than a double holds.
    m_scale = greyMost / 2 / (range.most / 2 - range.least / 2);
    describe(range.least, range.most, range.isComplete);
}

void GreyMapping::mapFixed(double first, double last, double scale)
{
    m_offset = first;
    m_scale = scale;
    describe(first, last, true);
}

void GreyMapping::describe(double first, double last, bool isComplete)
{
    m_note = tr("The file holds signed, floating or 32-bit numbers: %1 to %2 are shown as 0 to "
                "65535.")
                 .arg(first, 0, 'g', 9)
                 .arg(last, 0, 'g', 9);
    if (!isComplete)
        m_note += QLatin1Char(' ') +
                  tr("Only parts of this large stack were looked at; values beyond are cut off.");
}

void GreyMapping::apply(const void* values, qint64 count, quint16* out) const
{
    if (m_component == Component::uint8) {
        const auto* bytes = static_cast<const quint8*>(values);
        std::copy(bytes, bytes + count, out);
        return;
    }
    visitValues(m_component, values, count, [this, out](qint64 i, double value) {
        const double grey = (value - m_offset) * m_scale + 0.5;
        // A NaN fails both comparisons and becomes 0.
        out[i] = grey >= greyMost ? quint16(greyMost) : grey > 0 ? quint16(grey) : quint16(0);
    });
}

std::unique_ptr<SliceSource> makeGreySource(OpenedStack& opened)
{
    GreyMapping mapping = GreyMapping::find(opened.component, opened.info.size,
                                            opened.preferredBlock, *opened.source);
    opened.info.bitsPerPixel = mapping.bitsPerPixel();
    if (!mapping.note().isEmpty())
        opened.info.notes << mapping.note();
    auto source = std::move(opened.source);
    return std::make_unique<GreySource>(std::move(source), std::move(mapping), opened);
}

} // namespace emend
