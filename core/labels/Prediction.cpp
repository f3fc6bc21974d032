// SPDX-License-Identifier: Apache-2.0
#include "core/labels/Prediction.h"

#include "core/Error.h"
#include "core/jobs/SideBySide.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <zstd.h>

namespace emend {

namespace {

using Bytes = std::vector<quint8>;

constexpr int blockPx = LabelTile::sizePx;
constexpr int mostPackedAtOnce = 4; ///< blocks
constexpr std::array<quint8, 4> stakesMark{'s', 't', 'k', '1'};

quint8 toByte(float probability)
{
    // Not a number is no probability at all: the comparison is false for it.
    return probability > 0 ? quint8(std::min(probability, 1.0f) * 255.0f + 0.5f) : quint8(0);
}

// The probabilities of a pixel sum up to about 255. Keeping of the last class only what is
// missing from that makes its plane nearly all zeros, and costs nothing once compressed.
void foldLastPlane(Bytes& planes, size_t pixels)
{
    const size_t last = planes.size() - pixels;
    for (size_t i = 0; i < pixels; ++i) {
        quint8 rest = 255;
        for (size_t plane = 0; plane < last; plane += pixels)
            rest = quint8(rest - planes[plane + i]);
        planes[last + i] = quint8(rest - planes[last + i]);
    }
}

Bytes compressed(const Bytes& bytes)
{
    Bytes out(ZSTD_compressBound(bytes.size()));
    const size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 1);
    if (ZSTD_isError(size))
        throw Error(QCoreApplication::translate(
            "Prediction", "There is not enough memory for the prediction. Predict fewer slices."));
    return Bytes(out.begin(), out.begin() + std::ptrdiff_t(size));
}

/// All planes of a block, 8 bit, compressed.
Bytes packed(const ProbabilityMap& map, Rect block)
{
    Bytes planes(size_t(block.pixelCount()) * size_t(map.classCount));
    auto out = planes.begin();
    for (int classIndex = 1; classIndex <= map.classCount; ++classIndex) {
        const float* plane = map.plane(classIndex).data();
        for (int y = block.y; y < block.bottom(); ++y)
            out = std::transform(plane + qint64(y) * map.width + block.x,
                                 plane + qint64(y) * map.width + block.right(), out, toByte);
    }
    foldLastPlane(planes, size_t(block.pixelCount()));
    return compressed(planes);
}

Bytes decompressed(const Bytes& bytes, size_t size)
{
    Bytes out(size);
    if (ZSTD_decompress(out.data(), size, bytes.data(), bytes.size()) != size)
        throw Error(QCoreApplication::translate(
            "Prediction", "There is not enough memory to show the prediction. Close something."));
    return out;
}

Bytes winners(const Bytes& planes, size_t pixels)
{
    Bytes best(planes.begin(), planes.begin() + std::ptrdiff_t(pixels));
    Bytes classes(pixels, 1);
    for (size_t plane = 1; plane * pixels < planes.size(); ++plane) {
        for (size_t i = 0; i < pixels; ++i) {
            const quint8 value = planes[plane * pixels + i];
            classes[i] = value > best[i] ? quint8(plane + 1) : classes[i];
            best[i] = std::max(best[i], value);
        }
    }
    return classes;
}

Bytes doubts(const Bytes& planes, size_t pixels)
{
    Bytes best(pixels, 0);
    Bytes second(pixels, 0);
    for (size_t plane = 0; plane * pixels < planes.size(); ++plane) {
        for (size_t i = 0; i < pixels; ++i) {
            const quint8 value = planes[plane * pixels + i];
            second[i] = std::max(second[i], std::min(best[i], value));
            best[i] = std::max(best[i], value);
        }
    }
    for (size_t i = 0; i < pixels; ++i)
        second[i] = quint8(255 - (best[i] - second[i]));
    return second;
}

/// The tile with these classes where no person decided; the same tile when nothing changes.
TileRef predictedTile(const TileRef& before, const Bytes& classes, Rect block)
{
    const auto old = before ? before.labels() : nullptr;
    std::shared_ptr<LabelTile> after;
    for (int y = 0; y < block.height; ++y) {
        for (int x = 0; x < block.width; ++x) {
            const Label was = old ? old->at(x, y) : Label();
            const Label label(classes[size_t(y) * size_t(block.width) + size_t(x)],
                              LabelState::predicted);
            if (was == label || was.isFixed())
                continue;
            if (!after)
                after = mutableCopy(before);
            after->at(x, y) = label;
        }
    }
    return after ? TileRef(after) : before;
}

} // namespace

std::vector<float> ProbabilityMap::without(int classIndex) const
{
    const auto probabilities = plane(classIndex);
    std::vector<float> rest(probabilities.size());
    std::transform(probabilities.begin(), probabilities.end(), rest.begin(),
                   [](float p) { return 1 - p; });
    return rest;
}

std::vector<quint8> ProbabilityMap::winners() const
{
    std::vector<quint8> classes(size_t(width) * size_t(height), 1);
    for (int c = 2; c <= classCount; ++c)
        for (size_t i = 0; i < classes.size(); ++i)
            if (plane(c)[i] > plane(classes[i])[i])
                classes[i] = quint8(c);
    return classes;
}

// Stakes stand behind the blocks, as one more that begins with their mark, which no compressed
// block does: programs that know of no stakes never look at it.
std::vector<quint8> PredictedSlice::toBytes() const
{
    std::vector<quint8> bytes;
    const auto append = [&bytes](std::span<const quint8> mark, const Bytes& block) {
        for (int shift = 0; shift < 32; shift += 8)
            bytes.push_back(quint8((mark.size() + block.size()) >> shift));
        bytes.insert(bytes.end(), mark.begin(), mark.end());
        bytes.insert(bytes.end(), block.begin(), block.end());
    };
    for (const Bytes& block : blocks)
        append({}, block);
    if (!stakes.empty())
        append(stakesMark, stakes);
    return bytes;
}

std::shared_ptr<const PredictedSlice> PredictedSlice::fromBytes(std::span<const quint8> bytes)
{
    auto slice = std::make_shared<PredictedSlice>();
    while (!bytes.empty()) {
        if (bytes.size() < 4)
            return nullptr;
        size_t size = 0;
        for (size_t i = 0; i < 4; ++i)
            size |= size_t(bytes[i]) << 8 * i;
        if (size > bytes.size() - 4)
            return nullptr;
        const auto block = bytes.subspan(4, size);
        const bool isMarked = size >= stakesMark.size() &&
                              std::ranges::equal(block.first(stakesMark.size()), stakesMark);
        if (isMarked)
            slice->stakes.assign(block.begin() + stakesMark.size(), block.end());
        else
            slice->blocks.emplace_back(block.begin(), block.end());
        bytes = bytes.subspan(4 + size);
    }
    return slice;
}

Prediction::Prediction(VolumeSize size, int classCount)
    : m_size(size)
    , m_classCount(classCount)
    , m_slices(size_t(size.slices))
{
    Q_ASSERT(classCount >= 1 && classCount <= Label::maximumClass);
}

bool Prediction::isEmpty() const
{
    return std::none_of(m_slices.begin(), m_slices.end(), [](const auto& slice) { return slice; });
}

bool Prediction::contains(int z) const
{
    return z >= 0 && size_t(z) < m_slices.size() && m_slices[size_t(z)];
}

SliceRange Prediction::slices() const
{
    std::vector<int> slices;
    for (int z = 0; z < m_size.slices; ++z)
        if (contains(z))
            slices.push_back(z);
    return SliceRange(std::move(slices));
}

Prediction::StoredSlice Prediction::storedSlice(int z) const
{
    return contains(z) ? m_slices[size_t(z)] : nullptr;
}

void Prediction::setStoredSlice(int z, StoredSlice slice)
{
    m_slices[size_t(z)] = std::move(slice);
}

std::vector<Rect> Prediction::blocksIn(Rect rect) const
{
    std::vector<Rect> blocks;
    const Rect inside = rect.intersected(m_size.sliceRect());
    for (int y = inside.y / blockPx * blockPx; y < inside.bottom(); y += blockPx)
        for (int x = inside.x / blockPx * blockPx; x < inside.right(); x += blockPx)
            blocks.push_back(Rect{x, y, blockPx, blockPx}.intersected(m_size.sliceRect()));
    return blocks;
}

void Prediction::setSlice(int z, const ProbabilityMap& map)
{
    Q_ASSERT(z >= 0 && z < m_size.slices && map.classCount == m_classCount);
    Q_ASSERT(map.width == m_size.width && map.height == m_size.height);
    const std::vector<Rect> blocks = blocksIn(m_size.sliceRect());
    auto slice = std::make_shared<PredictedSlice>();
    slice->blocks.resize(blocks.size());
    sideBySide(int(blocks.size()), mostPackedAtOnce,
               [&](int i) { slice->blocks[size_t(i)] = packed(map, blocks[size_t(i)]); });
    if (!map.stakes.isEmpty())
        slice->stakes = compressed(map.stakes.toBytes());
    m_slices[size_t(z)] = std::make_shared<Stored<PredictedSlice>>(std::move(slice));
}

void Prediction::merge(const Prediction& newer)
{
    if (newer.m_size != m_size || newer.m_classCount != m_classCount) {
        *this = newer;
        return;
    }
    for (const int z : newer.slices())
        m_slices[size_t(z)] = newer.m_slices[size_t(z)];
}

std::vector<quint8> Prediction::blockPlanes(const PredictedSlice& slice, Rect area) const
{
    const int columns = (m_size.width + blockPx - 1) / blockPx;
    const size_t index = size_t(area.y / blockPx) * size_t(columns) + size_t(area.x / blockPx);
    const size_t pixels = size_t(area.pixelCount());
    const Bytes block = index < slice.blocks.size() ? slice.blocks[index] : Bytes();
    Bytes planes = decompressed(block, pixels * size_t(m_classCount));
    foldLastPlane(planes, pixels); // its own inverse
    return planes;
}

template <typename PlanesToPixels>
std::vector<quint8> Prediction::assembled(int z, Rect rect, PlanesToPixels pixelsOf) const
{
    const auto slice = contains(z) ? m_slices[size_t(z)]->value() : nullptr;
    if (!slice)
        return {};
    const Rect inside = rect.intersected(m_size.sliceRect());
    Bytes out(size_t(inside.pixelCount()));
    for (const Rect block : blocksIn(inside)) {
        const Bytes pixels = pixelsOf(blockPlanes(*slice, block), size_t(block.pixelCount()));
        const Rect part = block.intersected(inside);
        for (int y = part.y; y < part.bottom(); ++y)
            std::copy_n(pixels.data() + qint64(y - block.y) * block.width + (part.x - block.x),
                        part.width,
                        out.data() + qint64(y - inside.y) * inside.width + (part.x - inside.x));
    }
    return out;
}

std::vector<quint8> Prediction::probabilities(int z, int classIndex, Rect rect) const
{
    Q_ASSERT(classIndex >= 1 && classIndex <= m_classCount);
    return assembled(z, rect, [classIndex](const Bytes& planes, size_t pixels) {
        const auto begin = planes.begin() + std::ptrdiff_t(size_t(classIndex - 1) * pixels);
        return Bytes(begin, begin + std::ptrdiff_t(pixels));
    });
}

std::vector<quint8> Prediction::classes(int z, Rect rect) const
{
    return assembled(z, rect, winners);
}

std::vector<quint8> Prediction::uncertainty(int z, Rect rect) const
{
    return assembled(z, rect, doubts);
}

std::vector<quint8> Prediction::probabilities(int z, int classIndex) const
{
    return probabilities(z, classIndex, m_size.sliceRect());
}

std::vector<quint8> Prediction::classes(int z) const
{
    return classes(z, m_size.sliceRect());
}

std::vector<quint8> Prediction::uncertainty(int z) const
{
    return uncertainty(z, m_size.sliceRect());
}

SquareGrid Prediction::stakes(int z) const
{
    const auto slice = contains(z) ? m_slices[size_t(z)]->value() : nullptr;
    if (!slice || slice->stakes.empty())
        return {};
    Bytes bytes = SquareGrid(m_size.width, m_size.height).toBytes();
    const size_t size =
        ZSTD_decompress(bytes.data(), bytes.size(), slice->stakes.data(), slice->stakes.size());
    if (ZSTD_isError(size))
        return {};
    bytes.resize(size);
    return SquareGrid::fromBytes(bytes, m_size.width, m_size.height);
}

LabelEdit Prediction::toEdit(const LabelVolume& labels, const SliceRange& slices) const
{
    Q_ASSERT(isEmpty() || labels.size() == m_size);
    std::vector<LabelEdit::Change> changes;
    for (const int z : slices) {
        const auto slice = contains(z) ? m_slices[size_t(z)]->value() : nullptr;
        if (!slice)
            continue;
        for (const Rect block : blocksIn(m_size.sliceRect())) {
            const TileKey key{z, block.x / blockPx, block.y / blockPx};
            const Bytes planes = blockPlanes(*slice, block);
            const TileRef before = labels.tile(key);
            if (before.isDamaged())
                continue;
            const Bytes classes = winners(planes, size_t(block.pixelCount()));
            changes.push_back({key, before, predictedTile(before, classes, block)});
        }
    }
    return LabelEdit(std::move(changes));
}

} // namespace emend
