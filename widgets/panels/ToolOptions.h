// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QSlider;

namespace emend {

/// One thin row above the section: the options of the tool in hand, and at its right end what
/// belongs to the view (addRight).
class ToolOptions : public QWidget
{
    Q_OBJECT

public:
    ToolOptions(int minimumRadiusPx, int maximumRadiusPx, QWidget* parent = nullptr);

    /// name: in the user's words ("Brush"). hasSize: the tool is a disk.
    void setTool(const QString& name, bool hasSize);
    void setRadius(int radiusPx);

    /// A widget for the right end of the row.
    void addRight(QWidget* widget);

Q_SIGNALS:
    void radiusChosen(int radiusPx);

private:
    void showRadius(int radiusPx);

    QHBoxLayout* m_row;
    QLabel* m_tool;
    QLabel* m_sizeLabel;
    QSlider* m_size;
    QLabel* m_pixels;
    int m_minimumPx;
    int m_maximumPx;
};

} // namespace emend
