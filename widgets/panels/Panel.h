// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>
#include <QWidget>

class QVBoxLayout;

namespace emend {

/// A sentence that wraps, in the secondary text colour; always as high as its lines need.
class Sentence : public QLabel
{
    Q_OBJECT

public:
    explicit Sentence(QWidget* parent = nullptr);

    /// An empty sentence takes no room.
    void setSentence(const QString& text);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void adaptHeight();
    void adaptColour();
};

/// One place of the right column. Shows one thing, emits requests, starts no work.
///
/// The window title is the panel's heading; its actions (QWidget::addAction) are small buttons
/// beside the heading.
class Panel : public QWidget
{
    Q_OBJECT

public:
    Panel(const QString& objectName, const QString& title, QWidget* parent = nullptr);

protected:
    QVBoxLayout* column() const { return m_column; }

private:
    QVBoxLayout* m_column;
};

} // namespace emend
