// SPDX-License-Identifier: Apache-2.0
#include "app/window/StatusLine.h"

#include <QLabel>
#include <QLocale>
#include <QToolButton>

#include <cmath>

namespace emend {

namespace {

constexpr int positionDelayMs = 40;

QString stateText(Label label, const ClassTable& classes)
{
    if (label.state() == LabelState::ignored)
        return StatusLine::tr("ignored");
    if (label.state() == LabelState::untouched || !classes.contains(label.classIndex()))
        return StatusLine::tr("no class");
    const QString name = classes.at(label.classIndex()).name;
    return label.isCorrected() ? StatusLine::tr("%1 (corrected)").arg(name)
                               : StatusLine::tr("%1 (predicted)").arg(name);
}

/// As many digits as it takes, at most three.
QString number(double value)
{
    return QLocale().toString(std::round(value * 1000) / 1000, 'g', 6);
}

} // namespace

StatusLine::StatusLine(QWidget* parent)
    : QStatusBar(parent)
    , m_position(new QLabel(this))
    , m_zoom(new QLabel(this))
    , m_voxelSize(new QToolButton(this))
    , m_device(new QLabel(this))
    , m_saving(new QLabel(this))
{
    setObjectName(QStringLiteral("statusLine"));
    setSizeGripEnabled(false);
    m_position->setObjectName(QStringLiteral("statusPosition"));
    m_position->setTextFormat(Qt::PlainText);
    m_zoom->setObjectName(QStringLiteral("statusZoom"));
    m_voxelSize->setObjectName(QStringLiteral("statusVoxelSize"));
    m_voxelSize->setAutoRaise(true);
    m_voxelSize->setFocusPolicy(Qt::TabFocus);
    m_voxelSize->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_device->setObjectName(QStringLiteral("statusDevice"));
    m_device->setToolTip(tr("Where models run, and how exactly they multiply: fp32 in full; mixed, "
                            "bf16 and fp16 more roughly and faster, with nearly the same masks"));
    m_saving->setObjectName(QStringLiteral("statusSaving"));
    m_saving->setTextFormat(Qt::PlainText);
    m_saving->setContentsMargins(0, 0, 8, 0);
    m_position->setContentsMargins(8, 0, 0, 0);
    m_device->setContentsMargins(8, 0, 8, 0);
    m_zoom->setContentsMargins(8, 0, 8, 0);
    addWidget(m_position, 1);
    addPermanentWidget(m_zoom);
    addPermanentWidget(m_voxelSize);
    addPermanentWidget(m_device);
    addPermanentWidget(m_saving);
    connect(m_voxelSize, &QToolButton::clicked, this, &StatusLine::voxelSizeClicked);
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &StatusLine::showPosition);
    setSlice(0, 0);
}

void StatusLine::setSlice(int z, int slices)
{
    m_slice = slices > 0 ? tr("Slice %L1 of %L2").arg(z + 1).arg(slices) : QString();
    m_zoom->setVisible(slices > 0);
    m_saving->setVisible(slices > 0);
    m_voxelSize->setVisible(slices > 0);
    showPosition();
}

void StatusLine::setPixel(Pixel pixel, int grey, Label label, const ClassTable& classes)
{
    // Coordinates without digit groups, as every other program shows them.
    m_pixel = tr("x %1 y %2").arg(pixel.x).arg(pixel.y);
    if (grey >= 0)
        m_pixel += QStringLiteral(" · ") + tr("grey %L1").arg(grey);
    m_pixel += QStringLiteral(" · ") + stateText(label, classes);
    showPositionSoon();
}

/// Nobody reads a hundred positions a second, and each would lay out and paint the line beside
/// every frame of a stroke.
void StatusLine::showPositionSoon()
{
    if (!m_soon.isActive())
        m_soon.start(positionDelayMs);
}

void StatusLine::clearPixel()
{
    m_pixel.clear();
    showPosition();
}

void StatusLine::showPosition()
{
    m_position->setText(m_pixel.isEmpty() ? m_slice : m_slice + QStringLiteral(" · ") + m_pixel);
}

void StatusLine::setZoom(double zoom)
{
    m_zoom->setText(tr("%L1 %").arg(qRound(zoom * 100)));
    m_zoom->setToolTip(tr("Ctrl and the wheel zoom at the pointer"));
}

QString StatusLine::voxelSizeText(VoxelSize size)
{
    if (!size.isPlaneKnown())
        return tr("Voxel size not known");
    const QString z = size.zNm > 0 ? number(size.zNm) : QStringLiteral("?");
    return tr("%1 × %2 × %3 nm").arg(number(size.xNm), number(size.yNm), z);
}

void StatusLine::setVoxelSize(VoxelSize size)
{
    m_voxelSize->setText(voxelSizeText(size));
    m_voxelSize->setToolTip(size.isKnown() ? tr("Voxel size; click to type another")
                                           : tr("Click to type the voxel size"));
}

void StatusLine::setDevice(const QString& text)
{
    m_device->setText(text);
}

void StatusLine::setSaving(Saving saving, const QString& problem)
{
    QFont font = m_device->font();
    font.setBold(saving == Saving::notSaved);
    m_saving->setFont(font);
    switch (saving) {
    case Saving::saved:
        m_saving->setText(tr("saved"));
        m_saving->setToolTip(tr("Everything you have done is on the disk"));
        return;
    case Saving::saving:
        m_saving->setText(tr("saving"));
        m_saving->setToolTip(tr("The last change is on its way to the disk"));
        return;
    case Saving::notSaved:
        m_saving->setText(tr("NOT SAVED"));
        m_saving->setToolTip(problem);
        return;
    case Saving::readOnly:
        m_saving->setText(tr("only to look at"));
        m_saving->setToolTip(tr("What you change here is kept nowhere"));
        return;
    }
}

} // namespace emend
