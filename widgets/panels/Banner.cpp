// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/Banner.h"

#include "widgets/theme/ThemeColours.h"
#include "widgets/theme/ThemeIcon.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace emend {

namespace {

constexpr int widestPx = 720;
constexpr int marginPx = 12;

} // namespace

Banner::Banner(QWidget* covered)
    : QFrame(covered)
    , m_covered(covered)
    , m_anchor(covered)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("banner"));
    // Not the colours of what it covers, which is dark in every theme.
    setPalette(QGuiApplication::palette());
    m_icon->setObjectName(QStringLiteral("bannerIcon"));
    m_text->setObjectName(QStringLiteral("bannerText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setObjectName(QStringLiteral("closeBanner"));
    m_close->setAutoRaise(true);
    m_close->setFixedSize(24, 24);
    m_close->setIconSize(QSize(14, 14));
    m_close->setIcon(themeIcon(QStringLiteral("close")));
    m_close->setAccessibleName(tr("Close the message"));
    m_close->setToolTip(tr("Close the message"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 8);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    row->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    covered->installEventFilter(this);
    hide();
}

void Banner::tell(const QString& text, Kind kind)
{
    m_kind = kind;
    m_text->setText(text);
    setAccessibleName(text);
    showKind();
    show();
    place();
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::showKind()
{
    const ThemeColours& c = themeColours(palette());
    const bool isProblem = m_kind == Kind::problem;
    m_icon->setPixmap(themePixmap(isProblem ? QStringLiteral("warning") : QStringLiteral("info"),
                                  20, isProblem ? c.warning : c.accentText, devicePixelRatioF()));
    m_icon->setFixedHeight(24);
}

void Banner::place()
{
    raise(); // whatever came into the covered widget since
    const int width = std::min(widestPx, m_anchor->width() - 2 * marginPx);
    const int needed = layout()->totalSizeHint().width() + 8;
    const int shown = m_text->wordWrap() && needed < width ? std::max(needed, 320) : width;
    // One line where it fits: a wrapping label asks for a square.
    const int oneLine = m_text->fontMetrics().horizontalAdvance(m_text->text()) + 96;
    const int final = std::min(width, std::max(shown, oneLine));
    const int height = layout()->totalHeightForWidth(final);
    const QPoint corner = m_anchor->mapTo(m_covered, QPoint());
    setGeometry(corner.x() + (m_anchor->width() - final) / 2, corner.y() + marginPx, final, height);
}

void Banner::setAnchor(QWidget* anchor)
{
    m_anchor = anchor;
    anchor->installEventFilter(this);
    place();
}

bool Banner::eventFilter(QObject* watched, QEvent* event)
{
    const bool isOurs = watched == m_covered || watched == m_anchor;
    if (isOurs && event->type() == QEvent::Resize && isVisible())
        place();
    return false;
}

void Banner::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        setPalette(QGuiApplication::palette());
    if (event->type() == QEvent::PaletteChange)
        showKind();
}

void Banner::paintEvent(QPaintEvent*)
{
    const ThemeColours& c = themeColours(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(c.border);
    painter.setBrush(c.control);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace emend
