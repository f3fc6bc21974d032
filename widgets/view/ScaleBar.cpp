// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/ScaleBar.h"

#include <QCoreApplication>
#include <QFont>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QLocale>
#include <QPainter>

#include <cmath>

namespace emend {

namespace {

constexpr double longestPx = 140;

} // namespace

double roundLengthNm(double longestNm)
{
    const double power = std::pow(10.0, std::floor(std::log10(longestNm)));
    const double leading = longestNm / power;
    return power * (leading >= 5 ? 5 : leading >= 2 ? 2 : 1);
}

QString lengthText(double lengthNm)
{
    const QLocale locale;
    if (lengthNm >= 1e6)
        return QCoreApplication::translate("ScaleBar", "%1 mm")
            .arg(locale.toString(lengthNm / 1e6));
    if (lengthNm >= 1e3)
        return QCoreApplication::translate("ScaleBar", "%1 µm")
            .arg(locale.toString(lengthNm / 1e3));
    return QCoreApplication::translate("ScaleBar", "%1 nm").arg(locale.toString(lengthNm));
}

QImage drawScaleBar(double nmPerDevicePx, double devicePixelRatio)
{
    const double lengthNm = roundLengthNm(longestPx * devicePixelRatio * nmPerDevicePx);
    const int barPx = qRound(lengthNm / nmPerDevicePx);
    const QString text = lengthText(lengthNm);
    QFont font = QGuiApplication::font();
    font.setPixelSize(qRound(12 * devicePixelRatio));
    const QFontMetrics metrics(font);
    const int paddingPx = qRound(8 * devicePixelRatio);
    const int thicknessPx = qRound(3 * devicePixelRatio);
    const int innerPx = std::max(barPx, metrics.horizontalAdvance(text));

    QImage plate(innerPx + 2 * paddingPx, metrics.height() + thicknessPx + 2 * paddingPx,
                 QImage::Format_ARGB32_Premultiplied);
    plate.fill(Qt::transparent);
    QPainter painter(&plate);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 150));
    painter.drawRoundedRect(plate.rect(), 4 * devicePixelRatio, 4 * devicePixelRatio);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(paddingPx + (innerPx - barPx) / 2, paddingPx, barPx, thicknessPx, Qt::white);
    painter.setPen(Qt::white);
    painter.setFont(font);
    painter.drawText(QRect(paddingPx, paddingPx + thicknessPx, innerPx, metrics.height()),
                     Qt::AlignHCenter | Qt::AlignBottom, text);
    return plate;
}

} // namespace emend
