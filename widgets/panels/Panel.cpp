// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/Panel.h"

#include "widgets/theme/ThemeColours.h"

#include <QEvent>
#include <QVBoxLayout>

namespace emend {

namespace {

constexpr int narrowestPx = 264;

} // namespace

Sentence::Sentence(QWidget* parent)
    : QLabel(parent)
{
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    adaptColour();
    hide();
}

void Sentence::setSentence(const QString& text)
{
    setText(text);
    setVisible(!text.isEmpty());
    adaptHeight();
}

void Sentence::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    adaptHeight();
}

void Sentence::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        adaptColour();
    if (event->type() == QEvent::FontChange)
        adaptHeight();
}

void Sentence::adaptHeight()
{
    // Docks ask for the smallest size only, and a wrapped label's is one line too small.
    const QRect room(0, 0, width(), 10000);
    // Umlauts on capitals reach above the font's own height.
    const int above = 2;
    const int height =
        fontMetrics().boundingRect(room, Qt::TextWordWrap, text()).height() + 2 * above;
    if (height != minimumHeight())
        setFixedHeight(height);
}

void Sentence::adaptColour()
{
    const QColor colour = themeColours(palette()).secondaryText;
    if (palette().color(QPalette::Active, foregroundRole()) == colour)
        return;
    QPalette quiet = palette();
    quiet.setColor(QPalette::Active, foregroundRole(), colour);
    quiet.setColor(QPalette::Inactive, foregroundRole(), colour);
    setPalette(quiet);
}

Panel::Panel(const QString& objectName, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    setObjectName(objectName);
    setWindowTitle(title);
    setMinimumWidth(narrowestPx);
    m_column->setContentsMargins(12, 0, 12, 12);
    m_column->setSpacing(8);
}

} // namespace emend
