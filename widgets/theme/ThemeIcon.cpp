// SPDX-License-Identifier: Apache-2.0
#include "widgets/theme/ThemeIcon.h"

#include "widgets/theme/ThemeColours.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

/// The icons are in a static library: nothing would pull them in without this. The macro wants to
/// stand outside of every namespace.
static void bringIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace emend {

namespace {

void drawIcon(QPainter& painter, const QRectF& area, const QString& name, const QColor& colour)
{
    bringIcons();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return;
    // Every icon is drawn in #000, so that one replacement recolours it.
    const QByteArray svg = file.readAll().replace("#000", colour.name().toLatin1());
    QSvgRenderer renderer(svg);
    renderer.render(&painter, area);
}

class ThemeIconEngine : public QIconEngine
{
public:
    ThemeIconEngine(QString uncheckedName, QString checkedName)
        : m_uncheckedName(std::move(uncheckedName))
        , m_checkedName(std::move(checkedName))
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        drawIcon(*painter, rect, name(state), colour(mode));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        const QString key = QStringLiteral("emend-icon %1 %2 %3")
                                .arg(name(state), colour(mode).name())
                                .arg(size.width());
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        drawIcon(painter, QRectF(QPointF(), size), name(state), colour(mode));
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QIconEngine* clone() const override { return new ThemeIconEngine(*this); }

    bool isNull() override { return false; }

private:
    const QString& name(QIcon::State state) const
    {
        return state == QIcon::On ? m_checkedName : m_uncheckedName;
    }

    static QColor colour(QIcon::Mode mode)
    {
        const ThemeColours& colours = themeColours(QGuiApplication::palette());
        return mode == QIcon::Disabled ? colours.disabledText : colours.text;
    }

    QString m_uncheckedName;
    QString m_checkedName;
};

} // namespace

QIcon themeIcon(const QString& name)
{
    return themeIcon(name, name);
}

QIcon themeIcon(const QString& uncheckedName, const QString& checkedName)
{
    return QIcon(new ThemeIconEngine(uncheckedName, checkedName));
}

QPixmap themePixmap(const QString& name, int sizePx, const QColor& colour, double pixelRatio)
{
    QPixmap pixmap(QSize(sizePx, sizePx) * pixelRatio);
    pixmap.setDevicePixelRatio(pixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    drawIcon(painter, QRectF(0, 0, sizePx, sizePx), name, colour);
    return pixmap;
}

} // namespace emend
