// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/ClassRow.h"

#include "widgets/theme/EmendStyle.h"
#include "widgets/theme/ThemeColours.h"
#include "widgets/theme/ThemeIcon.h"

#include <QColorDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

namespace emend {

namespace {

QIcon colourIcon(QRgb rgb, double pixelRatio)
{
    QPixmap pixmap(QSize(16, 16) * pixelRatio);
    pixmap.setDevicePixelRatio(pixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(rgb));
    painter.drawRoundedRect(QRectF(1, 1, 14, 14), 3, 3);
    return QIcon(pixmap);
}

} // namespace

ClassRow::ClassRow(int classIndex, QWidget* parent)
    : QWidget(parent)
    , m_index(classIndex)
    , m_digit(new QLabel(QString::number(classIndex), this))
    , m_colour(new QToolButton(this))
    , m_name(new QLineEdit(this))
{
    const QString name = QStringLiteral("class%1").arg(classIndex);
    setObjectName(name + QStringLiteral("Row"));
    setFixedHeight(28);
    m_digit->setObjectName(name + QStringLiteral("Digit"));
    m_digit->setFixedWidth(16);
    m_digit->setAlignment(Qt::AlignCenter);
    m_colour->setObjectName(name + QStringLiteral("Colour"));
    m_colour->setAutoRaise(true);
    m_colour->setFixedSize(24, 24);
    m_colour->setIconSize(QSize(16, 16));
    m_name->setObjectName(name + QStringLiteral("Name"));
    m_name->setMaxLength(60);
    m_name->setFrame(false);
    m_name->setMinimumWidth(60);
    m_name->installEventFilter(this);
    m_eye =
        makeToggle(name + QStringLiteral("Eye"), QStringLiteral("eye-off"), QStringLiteral("eye"));
    m_lock = makeToggle(name + QStringLiteral("Lock"), QStringLiteral("lock-open"),
                        QStringLiteral("lock"));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4, 0, 2, 0);
    row->setSpacing(4);
    row->addWidget(m_digit);
    row->addWidget(m_colour);
    row->addWidget(m_name, 1);
    row->addWidget(m_eye);
    row->addWidget(m_lock);

    connect(m_colour, &QToolButton::clicked, this, &ClassRow::chooseColour);
    connect(m_name, &QLineEdit::editingFinished, this, &ClassRow::finishNaming);
    connect(m_eye, &QToolButton::clicked, this, [this](bool isOn) {
        m_class.isVisible = isOn;
        Q_EMIT edited(m_class);
    });
    connect(m_lock, &QToolButton::clicked, this, [this](bool isOn) {
        m_class.isLocked = isOn;
        Q_EMIT edited(m_class);
    });
    m_name->setReadOnly(true);
    showClass();
}

QToolButton* ClassRow::makeToggle(const QString& name, const QString& off, const QString& on)
{
    auto* button = new QToolButton(this);
    button->setObjectName(name);
    button->setAutoRaise(true);
    setQuietToggle(button);
    button->setFixedSize(24, 24);
    button->setIconSize(QSize(16, 16));
    button->setIcon(themeIcon(off, on));
    return button;
}

void ClassRow::setClass(const LabelClass& labelClass)
{
    m_class = labelClass;
    showClass();
}

void ClassRow::showClass()
{
    m_colour->setIcon(colourIcon(m_class.rgb, devicePixelRatioF()));
    m_colour->setAccessibleName(tr("Colour of %1").arg(m_class.name));
    m_colour->setToolTip(tr("Choose another colour"));
    if (m_name->isReadOnly())
        m_name->setText(m_class.name);
    m_name->setCursorPosition(0);
    m_name->setAccessibleName(tr("Name of class %1").arg(m_index));
    m_name->setToolTip(tr("%1: double-click to rename").arg(m_class.name));
    m_eye->setChecked(m_class.isVisible);
    m_eye->setAccessibleName(tr("Show %1").arg(m_class.name));
    m_eye->setToolTip(m_class.isVisible ? tr("Hide in the picture") : tr("Show in the picture"));
    m_lock->setChecked(m_class.isLocked);
    m_lock->setAccessibleName(tr("Lock %1").arg(m_class.name));
    m_lock->setToolTip(m_class.isLocked ? tr("Locked: is not painted over. Click to unlock")
                                        : tr("Lock, so that it is not painted over"));
    setAccessibleName(tr("Class %1: %2").arg(m_index).arg(m_class.name));
}

void ClassRow::setCurrent(bool isCurrent)
{
    m_isCurrent = isCurrent;
    QFont font = m_name->font();
    font.setBold(isCurrent);
    m_name->setFont(font);
    update();
}

void ClassRow::startNaming()
{
    m_name->setReadOnly(false);
    m_name->setFrame(true);
    m_name->setFocus();
    m_name->selectAll();
}

void ClassRow::finishNaming()
{
    if (m_name->isReadOnly())
        return;
    m_name->setReadOnly(true);
    m_name->setFrame(false);
    m_name->deselect();
    const QString name = m_name->text().simplified();
    if (name.isEmpty() || name == m_class.name)
        return showClass();
    m_class.name = name;
    Q_EMIT edited(m_class);
}

void ClassRow::chooseColour()
{
    const QColor colour =
        QColorDialog::getColor(QColor(m_class.rgb), this, tr("Colour of %1").arg(m_class.name));
    if (!colour.isValid())
        return;
    m_class.rgb = colour.rgb() & 0xffffffu;
    Q_EMIT edited(m_class);
}

bool ClassRow::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_name)
        return false;
    const auto type = event->type();
    const int key =
        type == QEvent::KeyPress ? static_cast<QKeyEvent*>(event)->key() : int(Qt::Key_unknown);
    if (key == Qt::Key_Escape && !m_name->isReadOnly()) {
        m_name->setText(m_class.name);
        finishNaming();
        return true;
    }
    if (key == Qt::Key_F2 && m_name->isReadOnly()) {
        startNaming();
        return true;
    }
    // Until it is being renamed, the name is a part of the row.
    if (m_name->isReadOnly() && type == QEvent::MouseButtonDblClick) {
        startNaming();
        return true;
    }
    if (m_name->isReadOnly() && type == QEvent::MouseButtonPress)
        Q_EMIT chosen();
    // A name that is only shown must not keep the keys of the tools.
    return m_name->isReadOnly() && type == QEvent::ShortcutOverride;
}

void ClassRow::mousePressEvent(QMouseEvent*)
{
    Q_EMIT chosen();
}

void ClassRow::mouseDoubleClickEvent(QMouseEvent*)
{
    startNaming();
}

void ClassRow::paintEvent(QPaintEvent*)
{
    if (!m_isCurrent)
        return;
    const ThemeColours& colours = themeColours(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.controlHover);
    painter.drawRoundedRect(rect(), 4, 4);
    painter.setBrush(colours.accentText);
    painter.drawRoundedRect(QRectF(0, 6, 3, height() - 12), 1.5, 1.5);
}

} // namespace emend
