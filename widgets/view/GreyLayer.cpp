// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/GreyLayer.h"

#include <algorithm>

namespace emend {

namespace {

// Large enough that a screen needs few requests, small enough that the first ones show soon.
constexpr int blockPx = 512;

// The picture of another slice may stand in for about as long as nobody notices.
constexpr int patienceMs = 200;

Rect levelRectOf(const ScreenAxis& columns, const ScreenAxis& rows)
{
    return {columns.levelBegin, rows.levelBegin, columns.levelEnd - columns.levelBegin,
            rows.levelEnd - rows.levelBegin};
}

/// out = the weighted mean of the rows of the span.
void blendRows(const quint16* level, int width, const ScreenAxis::Span& span,
               std::vector<quint32>& out)
{
    const quint16* first = level + size_t(span.first) * size_t(width);
    for (int x = 0; x < width; ++x)
        out[size_t(x)] = first[x] * span.weights[0];
    for (int i = 1; i < span.count; ++i) {
        const quint16* next = first + size_t(i) * size_t(width);
        for (int x = 0; x < width; ++x)
            out[size_t(x)] += next[x] * span.weights[size_t(i)];
    }
}

quint16 blendColumns(const std::vector<quint32>& row, const ScreenAxis::Span& span)
{
    quint32 sum = 128;
    for (int i = 0; i < span.count; ++i)
        sum += ((row[size_t(span.first + i)] + 128) >> 8) * span.weights[size_t(i)];
    return quint16(sum >> 8);
}

} // namespace

GreyLayer::GreyLayer(QObject* parent)
    : QObject(parent)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_keepsLast = false;
        Q_EMIT arrived();
    });
}

GreyLayer::~GreyLayer() = default;

void GreyLayer::setStack(std::shared_ptr<const ImageStack> stack)
{
    m_loader.reset();
    m_requested.clear();
    m_stack = std::move(stack);
    m_z = 0;
    m_levelRect = {};
    m_isComplete = false;
    m_hasFailed = false;
    m_keepsLast = false;
    if (!m_stack)
        return;
    m_loader = std::make_unique<TileLoader>(m_stack);
    connect(m_loader.get(), &TileLoader::loaded, this, &GreyLayer::onLoaded);
    connect(m_loader.get(), &TileLoader::failed, this, &GreyLayer::onFailed);
}

void GreyLayer::setSlice(int z)
{
    if (z == m_z)
        return;
    m_direction = z > m_z ? 1 : -1;
    m_z = z;
    m_hasFailed = false;
    m_keepsLast = true;
    m_isComplete = false;
    m_patience.start();
    forgetRequests();
}

void GreyLayer::forgetRequests()
{
    m_requested.clear();
    if (m_loader)
        m_loader->dropPending();
}

void GreyLayer::update(const SliceTransform& transform)
{
    if (!m_stack)
        return;
    layOut(transform);
    const bool wasComplete = m_isComplete;
    fill();
    resample();
    if (m_isComplete)
        m_requested.clear(); // the same blocks may be wanted at another scale, or again
    if (m_isComplete && !wasComplete) {
        m_patience.stop();
        prefetchNeighbours();
    }
}

void GreyLayer::layOut(const SliceTransform& transform)
{
    if (transform == m_transform && !m_levelRect.isEmpty())
        return;
    if (!m_isComplete)
        forgetRequests();
    m_transform = transform;
    m_scale = ScreenAxis::scaleFor(transform.zoom());
    m_columns = ScreenAxis::columns(transform, m_scale);
    m_rows = ScreenAxis::rows(transform, m_scale);
    m_levelRect = levelRectOf(m_columns, m_rows);
    m_level.resize(size_t(m_levelRect.pixelCount()));
    m_screen.resize(size_t(m_columns.length()) * size_t(m_rows.length()));
    m_keepsLast = false;
}

void GreyLayer::fill()
{
    m_isComplete = true;
    if (m_levelRect.isEmpty())
        return;
    const int firstColumn = m_levelRect.x / blockPx;
    for (int row = m_levelRect.y / blockPx; row * blockPx < m_levelRect.bottom(); ++row) {
        for (int column = firstColumn; column * blockPx < m_levelRect.right(); ++column) {
            const Rect block{column * blockPx, row * blockPx, blockPx, blockPx};
            if (fillBlock(block))
                continue;
            m_isComplete = false;
            request(block);
            if (!fillBlockFromCoarser(block) && !m_keepsLast)
                clearBlock(block);
        }
    }
}

Rect GreyLayer::sliceRectOf(Rect block) const
{
    const Rect scaled{block.x * m_scale, block.y * m_scale, block.width * m_scale,
                      block.height * m_scale};
    return scaled.intersected(m_transform.sliceRect());
}

bool GreyLayer::fillBlock(Rect block)
{
    const Rect shown = block.intersected(m_levelRect);
    GreyImage image;
    if (!m_stack->readCached(m_z, sliceRectOf(shown), m_scale, image))
        return false;
    for (int y = 0; y < shown.height; ++y) {
        const quint16* from = image.pixels.data() + size_t(y) * size_t(image.width);
        quint16* to = m_level.data() +
                      size_t(shown.y - m_levelRect.y + y) * size_t(m_levelRect.width) +
                      (shown.x - m_levelRect.x);
        std::copy_n(from, shown.width, to);
    }
    return true;
}

bool GreyLayer::fillBlockFromCoarser(Rect block)
{
    const Rect shown = block.intersected(m_levelRect);
    GreyImage image;
    int factor = 2;
    while (!m_stack->readCached(m_z, sliceRectOf(shown), m_scale * factor, image)) {
        factor *= 2;
        if (factor > 32)
            return false;
    }
    const int left = shown.x / factor;
    const int top = shown.y / factor;
    for (int y = shown.y; y < shown.bottom(); ++y) {
        quint16* to =
            m_level.data() + size_t(y - m_levelRect.y) * size_t(m_levelRect.width) - m_levelRect.x;
        for (int x = shown.x; x < shown.right(); ++x)
            to[x] = image.at(x / factor - left, y / factor - top);
    }
    return true;
}

void GreyLayer::clearBlock(Rect block)
{
    const Rect shown = block.intersected(m_levelRect);
    for (int y = shown.y; y < shown.bottom(); ++y) {
        const auto row = m_level.begin() + qint64(y - m_levelRect.y) * m_levelRect.width;
        std::fill_n(row + (shown.x - m_levelRect.x), shown.width,
                    quint16(m_stack->maximumGrey() / 2));
    }
}

void GreyLayer::request(Rect block)
{
    if (m_hasFailed || !m_requested.insert({block.x, block.y}).second)
        return;
    m_loader->request(m_z, sliceRectOf(block), m_scale);
}

void GreyLayer::prefetchNeighbours()
{
    // The newest request is served first, so the likelier slice is asked for last.
    for (const int z : {m_z - m_direction, m_z + m_direction}) {
        if (z >= 0 && z < m_stack->size().slices)
            m_loader->request(z, sliceRectOf(m_levelRect), m_scale);
    }
}

void GreyLayer::resample()
{
    std::vector<quint32> blended(size_t(m_levelRect.width));
    quint16* out = m_screen.data();
    const int width = m_columns.length();
    const ScreenAxis::Span* last = nullptr;
    for (const ScreenAxis::Span& span : m_rows.spans) {
        const bool repeats = last && m_scale == 1 && span.count == 1 && last->count == 1 &&
                             last->first == span.first;
        if (repeats) {
            std::copy_n(out - width, width, out);
        } else {
            blendRows(m_level.data(), m_levelRect.width, span, blended);
            for (int x = 0; x < width; ++x)
                out[x] = blendColumns(blended, m_columns.spans[size_t(x)]);
        }
        last = &span;
        out += width;
    }
}

const quint16* GreyLayer::row(int screenY) const
{
    return m_screen.data() + size_t(screenY - m_rows.begin) * size_t(m_columns.length());
}

GreyImage GreyLayer::visibleGrey() const
{
    if (!m_isComplete)
        return {};
    return {m_levelRect.width, m_levelRect.height, m_level};
}

int GreyLayer::greyAt(Pixel pixel)
{
    GreyImage image;
    const Rect rect{pixel.x, pixel.y, 1, 1};
    if (m_stack->readCached(m_z, rect, 1, image))
        return image.pixels.front();
    if (m_isComplete && !m_hasFailed)
        m_loader->request(m_z, rect, 1);
    return -1;
}

void GreyLayer::onLoaded(int z, Rect rect, int scale)
{
    if (z == m_z && scale == m_scale && !rect.intersected(sliceRectOf(m_levelRect)).isEmpty() &&
        !m_isComplete)
        Q_EMIT arrived();
}

void GreyLayer::onFailed(const QString& text)
{
    if (m_hasFailed)
        return;
    m_hasFailed = true;
    m_keepsLast = false;
    Q_EMIT arrived();
    Q_EMIT failed(text);
}

} // namespace emend
