// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/LabelOverlay.h"

#include <algorithm>
#include <cmath>

namespace emend {

namespace {

/// The colour with that part of white in it.
quint32 lighter(quint32 rgb, double whitePart)
{
    quint32 result = 0;
    for (const int shift : {0, 8, 16}) {
        const double channel = (rgb >> shift) & 255;
        result |= quint32(channel + (255 - channel) * whitePart + 0.5) << shift;
    }
    return result;
}

/// More of the colour, but nothing at 0 and no more than everything at 1.
double stronger(double opacity)
{
    return 1 - std::pow(1 - opacity, 1.8);
}

/// The label at a column of a row of pixels, for columns that come in rising order.
class RowOfTiles
{
public:
    RowOfTiles(const LabelVolume& labels, int z, int y)
        : m_labels(labels)
        , m_z(z)
        , m_y(y)
    {
    }

    Label at(int x)
    {
        constexpr int size = LabelTile::sizePx;
        if (x / size != m_column)
            goTo(x / size);
        return m_tile ? m_tile->at(x % size, m_y % size) : m_elsewhere;
    }

private:
    void goTo(int column)
    {
        m_column = column;
        const TileRef found = m_labels.tile({m_z, column, m_y / LabelTile::sizePx});
        const bool isDamaged = found.isDamaged();
        m_tile = found && !isDamaged ? found.labels() : nullptr;
        m_elsewhere = isDamaged ? LabelOverlay::damaged : Label();
    }

    const LabelVolume& m_labels;
    int m_z;
    int m_y;
    int m_column = -1;
    std::shared_ptr<const LabelTile> m_tile;
    Label m_elsewhere; ///< where there is no tile
};

void sampleRow(const LabelVolume& labels, int z, const std::vector<int>& columns, int y, Label* out)
{
    RowOfTiles row(labels, z, y);
    for (const int x : columns)
        *out++ = x >= 0 && x < labels.size().width ? row.at(x) : Label();
}

} // namespace

LabelOverlay::LabelOverlay(const ClassTable& classes, double opacity, double devicePixelRatio)
    : m_outlinePx(std::max(1, qRound(devicePixelRatio)))
    , m_hatchPx(qRound(6 * devicePixelRatio))
{
    const double shown = std::clamp(opacity, 0.0, 1.0);
    for (int index = 1; index <= classes.count(); ++index) {
        const LabelClass& labelClass = classes.at(index);
        if (!labelClass.isVisible)
            continue;
        m_predicted[size_t(index)] = tintOf(labelClass.rgb, shown);
        m_corrected[size_t(index)] = tintOf(labelClass.rgb, stronger(shown));
        m_outline[size_t(index)] =
            tintOf(lighter(labelClass.rgb, 0.6), std::min(1.0, stronger(shown) * 1.5));
    }
    m_hatchLine = tintOf(0xe8e8e8, std::min(1.0, stronger(shown) * 1.2));
    m_hatchGap = tintOf(0x404040, shown * 0.5);
    m_damageLine = tintOf(0xff5a4d, 1); // whatever the opacity: it must not be overlooked
    m_damageGap = tintOf(0x301010, 0.6);
}

quint32 LabelOverlay::Tint::over(quint32 pixel) const
{
    const quint32 mixedRed = (red + ((pixel >> 16) & 255) * rest) >> 8;
    const quint32 mixedGreen = (green + ((pixel >> 8) & 255) * rest) >> 8;
    const quint32 mixedBlue = (blue + (pixel & 255) * rest) >> 8;
    return 0xff000000u | mixedRed << 16 | mixedGreen << 8 | mixedBlue;
}

LabelOverlay::Tint LabelOverlay::tintOf(quint32 rgb, double weight)
{
    const quint32 parts = quint32(weight * 256 + 0.5);
    return {((rgb >> 16) & 255) * parts, ((rgb >> 8) & 255) * parts, (rgb & 255) * parts,
            256 - parts};
}

LabelOverlay::Tint LabelOverlay::meanOf(const std::array<Tint, 4>& tints)
{
    Tint sum{0, 0, 0, 0};
    for (const Tint& tint : tints) {
        sum.red += tint.red;
        sum.green += tint.green;
        sum.blue += tint.blue;
        sum.rest += tint.rest;
    }
    return {sum.red / 4, sum.green / 4, sum.blue / 4, sum.rest / 4};
}

const LabelOverlay::Tint& LabelOverlay::fillOf(Label label, int phase) const
{
    switch (label.state()) {
    case LabelState::untouched:
        return m_nothing;
    case LabelState::predicted:
        return m_predicted[size_t(label.classIndex())];
    case LabelState::corrected:
        return m_corrected[size_t(label.classIndex())];
    case LabelState::ignored:
        break;
    }
    const bool isDamaged = label == damaged;
    const int period = isDamaged ? 2 * m_hatchPx : m_hatchPx;
    const int place = ((phase % period) + period) % period;
    if (isDamaged)
        return place < 2 * m_outlinePx ? m_damageLine : m_damageGap;
    return place < m_outlinePx ? m_hatchLine : m_hatchGap;
}

/// Corrected, and a neighbour is not or belongs to another class.
bool LabelOverlay::isEdge(const Row& row, int x, int outlinePx)
{
    const int i = x + outlinePx;
    const Label label = row.middle[i];
    return label.isCorrected() &&
           (row.above[i] != label || row.below[i] != label || row.middle[i - outlinePx] != label ||
            row.middle[i + outlinePx] != label);
}

LabelOverlay::Tint LabelOverlay::tintAt(const Row& row, int x) const
{
    const int phase = row.hatchPhase + x;
    const Label label = row.middle[x + m_outlinePx];
    if (isEdge(row, x, m_outlinePx))
        return m_outline[size_t(label.classIndex())];
    if (!row.upperSamples)
        return fillOf(label, phase);
    const Label* upper = row.upperSamples + 2 * x;
    const Label* lower = row.lowerSamples + 2 * x;
    if (upper[0] == label && upper[1] == label && lower[0] == label && lower[1] == label)
        return fillOf(label, phase);
    return meanOf({fillOf(upper[0], phase), fillOf(upper[1], phase), fillOf(lower[0], phase),
                   fillOf(lower[1], phase)});
}

void LabelOverlay::paint(const Row& row, quint32* pixels) const
{
    for (int x = 0; x < row.count; ++x) {
        const bool isPlain = row.middle[x + m_outlinePx] == Label() && !row.upperSamples;
        if (!isPlain)
            pixels[x] = tintAt(row, x).over(pixels[x]);
    }
}

std::vector<Label> sampleLabels(const LabelVolume& labels, int z, const std::vector<int>& columns,
                                const std::vector<int>& rows)
{
    std::vector<Label> samples(columns.size() * rows.size());
    Label* out = samples.data();
    int lastRow = -1;
    for (const int y : rows) {
        if (y == lastRow)
            std::copy_n(out - columns.size(), columns.size(), out);
        else if (y >= 0 && y < labels.size().height)
            sampleRow(labels, z, columns, y, out);
        lastRow = y;
        out += columns.size();
    }
    return samples;
}

} // namespace emend
