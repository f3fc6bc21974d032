// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/SliceScene.h"

#include <algorithm>

namespace emend {

SliceScene::SliceScene(QObject* parent)
    : QObject(parent)
{
    connect(&m_grey, &GreyLayer::arrived, this, &SliceScene::onGreyArrived);
    connect(&m_grey, &GreyLayer::failed, this, &SliceScene::failed);
}

void SliceScene::setProject(Project* project)
{
    if (m_project)
        disconnect(m_project, nullptr, this, nullptr);
    m_project = project;
    m_standIn = nullptr;
    m_z = 0;
    m_grey.setStack(project ? project->stack() : nullptr);
    m_isGreyStale = true;
    if (project) {
        m_contrast = {0, project->stack()->maximumGrey(), m_contrast.isInverted};
        m_shades = m_contrast.shades(project->stack()->maximumGrey());
        m_choosesContrast = true;
        connect(project, &Project::labelsChanged, this, &SliceScene::onLabelsChanged);
        connect(project, &Project::classesChanged, this, &SliceScene::updateOverlay);
        connect(project, &Project::predictionChanged, this, &SliceScene::onPredictionChanged);
    }
    m_doubt.forget();
    updateOverlay();
}

void SliceScene::setSlice(int z)
{
    if (z == m_z)
        return;
    m_z = z;
    m_grey.setSlice(z);
    m_isGreyStale = true;
    m_doubt.forget();
    markAll();
}

void SliceScene::setTransform(const SliceTransform& transform, double devicePixelRatio)
{
    if (transform == m_transform && devicePixelRatio == m_devicePixelRatio)
        return;
    m_transform = transform;
    m_devicePixelRatio = devicePixelRatio;
    m_isGreyStale = true;
    m_doubt.forget();
    if (m_image.size() != transform.viewport())
        m_image = QImage(transform.viewport(), QImage::Format_RGB32);
    updateOverlay();
}

void SliceScene::setContrast(Contrast contrast)
{
    m_choosesContrast = false;
    if (contrast == m_contrast)
        return;
    m_contrast = contrast;
    if (m_project)
        m_shades = contrast.shades(m_project->stack()->maximumGrey());
    markAll();
    Q_EMIT contrastChanged(contrast);
}

void SliceScene::chooseContrast()
{
    m_choosesContrast = true;
    markAll();
}

void SliceScene::setOverlayOpacity(double opacity)
{
    if (opacity == m_opacity)
        return;
    m_opacity = opacity;
    updateOverlay();
}

void SliceScene::setOverlayVisible(bool isVisible)
{
    if (isVisible == m_isOverlayVisible)
        return;
    m_isOverlayVisible = isVisible;
    markAll();
}

void SliceScene::setDoubtVisible(bool isVisible)
{
    if (isVisible == m_isDoubtVisible)
        return;
    m_isDoubtVisible = isVisible;
    markAll();
}

void SliceScene::setStandIn(std::shared_ptr<const StandInLabels> standIn)
{
    if (standIn == m_standIn)
        return;
    m_standIn = std::move(standIn);
    updateOverlay();
}

void SliceScene::setSurround(QColor colour)
{
    m_surround = colour.rgb();
    markAll();
}

void SliceScene::onGreyArrived()
{
    m_isGreyStale = true;
    markAll();
}

void SliceScene::onLabelsChanged(int z, Rect pixels)
{
    if (z != m_z)
        return;
    const Rect whole{0, 0, m_image.width(), m_image.height()};
    // The neighbours' outlines may change too.
    const Rect area = m_transform.screenRect(pixels).grownBy(m_overlay.outlinePx() + 1);
    const Rect shown = area.intersected(whole);
    if (shown.isEmpty())
        return;
    m_dirty = m_dirty.united(shown);
    Q_EMIT changed();
}

void SliceScene::onPredictionChanged()
{
    m_doubt.forget();
    if (m_isDoubtVisible)
        markAll();
}

void SliceScene::updateOverlay()
{
    const ClassTable shown = m_project ? classes() : ClassTable();
    m_overlay = LabelOverlay(shown, shownOpacity(), m_devicePixelRatio);
    markAll();
}

double SliceScene::shownOpacity() const
{
    return m_standIn ? std::max(m_opacity, m_standIn->leastOpacity) : m_opacity;
}

void SliceScene::markAll()
{
    m_dirty = {0, 0, m_image.width(), m_image.height()};
    Q_EMIT changed();
}

Rect SliceScene::compose()
{
    const Rect area = std::exchange(m_dirty, Rect());
    if (area.isEmpty())
        return area;
    if (!m_project) {
        m_image.fill(m_surround);
        return area;
    }
    updateGrey();
    composeGrey(area);
    if (m_isOverlayVisible && shownOpacity() > 0)
        composeLabels(area.intersected(sliceArea()));
    if (m_isOverlayVisible && m_isDoubtVisible && !m_standIn)
        composeDoubt(area.intersected(sliceArea()));
    return area;
}

void SliceScene::updateGrey()
{
    if (std::exchange(m_isGreyStale, false))
        m_grey.update(m_transform);
    if (!m_choosesContrast || !m_grey.isComplete())
        return;
    m_choosesContrast = false;
    const int maximumGrey = m_project->stack()->maximumGrey();
    const bool isInverted = m_contrast.isInverted;
    m_contrast = Contrast::automatic(m_grey.visibleGrey(), maximumGrey);
    m_contrast.isInverted = isInverted;
    m_shades = m_contrast.shades(maximumGrey);
    Q_EMIT contrastChanged(m_contrast);
}

Rect SliceScene::sliceArea() const
{
    const ScreenAxis& columns = m_grey.columns();
    const ScreenAxis& rows = m_grey.rows();
    return {columns.begin, rows.begin, columns.length(), rows.length()};
}

void SliceScene::composeGrey(Rect area)
{
    const Rect slice = sliceArea();
    const Rect inside = area.intersected(slice);
    for (int y = area.y; y < area.bottom(); ++y) {
        quint32* pixels = pixelRow(y);
        if (y < inside.y || y >= inside.bottom() || inside.isEmpty()) {
            std::fill_n(pixels + area.x, area.width, m_surround);
            continue;
        }
        std::fill(pixels + area.x, pixels + inside.x, m_surround);
        const quint16* grey = m_grey.row(y) - slice.x;
        for (int x = inside.x; x < inside.right(); ++x)
            pixels[x] = 0xff000000u | m_shades[grey[x]] * 0x010101u;
        std::fill(pixels + inside.right(), pixels + area.right(), m_surround);
    }
}

void SliceScene::composeLabels(Rect area)
{
    if (area.isEmpty())
        return;
    const int outlinePx = m_overlay.outlinePx();
    const Rect around = area.grownBy(outlinePx);
    const ScreenAxis& columns = m_grey.columns();
    const ScreenAxis& rows = m_grey.rows();
    const std::vector<Label> middles =
        sampleLabels(labels(), m_z, columns.slicePixelsOf(around.x, around.right()),
                     rows.slicePixelsOf(around.y, around.bottom()));
    std::vector<Label> halves;
    if (columns.isReduced())
        halves = sampleLabels(labels(), m_z, columns.halfPixelsOf(area.x, area.right()),
                              rows.halfPixelsOf(area.y, area.bottom()));

    const QPointF corner = m_transform.screenFromSlice({0, 0});
    const int hatchAnchor = qRound(corner.x() + corner.y());
    LabelOverlay::Row row;
    row.count = area.width;
    for (int y = 0; y < area.height; ++y) {
        row.above = middles.data() + size_t(y) * size_t(around.width);
        row.middle = row.above + size_t(outlinePx) * size_t(around.width);
        row.below = row.middle + size_t(outlinePx) * size_t(around.width);
        if (!halves.empty()) {
            row.upperSamples = halves.data() + size_t(y) * 4 * size_t(area.width);
            row.lowerSamples = row.upperSamples + 2 * area.width;
        }
        row.hatchPhase = area.x + area.y + y - hatchAnchor;
        m_overlay.paint(row, pixelRow(area.y + y) + area.x);
    }
}

// After the labels: it leaves out what is decided, and with that every outline.
void SliceScene::composeDoubt(Rect area)
{
    if (area.isEmpty())
        return;
    const ScreenAxis& columns = m_grey.columns();
    const ScreenAxis& rows = m_grey.rows();
    m_doubt.update(m_project->prediction(), m_z, columns, rows);
    const std::vector<Label> labels =
        sampleLabels(m_project->labels(), m_z, columns.slicePixelsOf(area.x, area.right()),
                     rows.slicePixelsOf(area.y, area.bottom()));
    for (int y = 0; y < area.height; ++y)
        m_doubt.paint(area.x, area.y + y, labels.data() + size_t(y) * size_t(area.width),
                      area.width, pixelRow(area.y + y) + area.x);
}

} // namespace emend
