// SPDX-License-Identifier: Apache-2.0
#include "app/window/ViewMemory.h"

#include "app/session/Session.h"
#include "widgets/tools/ToolBox.h"
#include "widgets/view/SliceView.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace emend {

namespace {

constexpr int soonMs = 1000;

const QString sliceKey = QStringLiteral("slice");
const QString zoomKey = QStringLiteral("zoom"); ///< absent: the whole slice fits the window
const QString xKey = QStringLiteral("x");       ///< the pixel in the middle of the view
const QString yKey = QStringLiteral("y");
const QString blackKey = QStringLiteral("black");
const QString whiteKey = QStringLiteral("white");
const QString invertedKey = QStringLiteral("inverted");
const QString toolKey = QStringLiteral("tool");
const QString classKey = QStringLiteral("class");
const QString radiusKey = QStringLiteral("radius");

} // namespace

ViewMemory::ViewMemory(Session& session, SliceView& view, ToolBox& toolBox, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_view(view)
    , m_toolBox(toolBox)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &ViewMemory::keep);
    const auto keepSoon = qOverload<>(&QTimer::start);
    connect(&view, &SliceView::sliceChanged, &m_soon, keepSoon);
    connect(&view, &SliceView::zoomChanged, &m_soon, keepSoon);
    connect(&view, &SliceView::contrastChanged, &m_soon, keepSoon);
    connect(&toolBox, &ToolBox::toolChanged, &m_soon, keepSoon);
    connect(&toolBox, &ToolBox::classChanged, &m_soon, keepSoon);
    connect(&toolBox, &ToolBox::radiusChanged, &m_soon, keepSoon);
    connect(&session, &Session::opened, this, &ViewMemory::bringBack);
}

void ViewMemory::keep()
{
    m_soon.stop();
    if (m_session.isOpen() && m_view.project() == m_session.project())
        m_session.keepView(state());
}

QByteArray ViewMemory::state() const
{
    QJsonObject state{{sliceKey, m_view.slice()},
                      {toolKey, int(m_toolBox.currentKind())},
                      {classKey, m_toolBox.currentClass()},
                      {radiusKey, m_toolBox.radiusPx()},
                      {blackKey, m_view.contrast().black},
                      {whiteKey, m_view.contrast().white},
                      {invertedKey, m_view.contrast().isInverted}};
    if (!m_view.fitsWindow()) {
        const QSize viewport = m_view.transform().viewport();
        const Pixel middle =
            m_view.transform().pixelAt(QPointF(viewport.width() / 2.0, viewport.height() / 2.0));
        state[zoomKey] = m_view.zoom();
        state[xKey] = middle.x;
        state[yKey] = middle.y;
    }
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

// The file may be from anywhere: what it says is clipped to what there is.
void ViewMemory::bringBack()
{
    const QJsonObject state = QJsonDocument::fromJson(m_session.keptView()).object();
    if (state.isEmpty())
        return;
    m_view.setSlice(state[sliceKey].toInt());
    const double zoom = state[zoomKey].toDouble();
    if (std::isfinite(zoom) && zoom > 0) {
        m_view.setZoom(zoom);
        m_view.centreOn({state[xKey].toInt(), state[yKey].toInt()});
    }
    const Contrast contrast{state[blackKey].toInt(), state[whiteKey].toInt(),
                            state[invertedKey].toBool()};
    if (contrast.black >= 0 && contrast.black < contrast.white)
        m_view.setContrast(contrast);
    for (const ToolKind kind : ToolBox::kinds())
        if (int(kind) == state[toolKey].toInt(-1))
            m_toolBox.setCurrentKind(kind);
    if (const int index = state[classKey].toInt(); m_session.project()->classes().contains(index))
        m_toolBox.setCurrentClass(index);
    if (const int radius = state[radiusKey].toInt(); radius > 0)
        m_toolBox.setRadiusPx(radius);
}

} // namespace emend
