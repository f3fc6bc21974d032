// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace emend {

class ContrastPopover;
class JobBar;
class SliceStrip;
class SliceView;
class ToolBox;
class ToolOptions;

/// The section with what belongs to it: tool options above, slice strip below, and a line that
/// says what the mouse does, or what runs.
class SectionPage : public QWidget
{
    Q_OBJECT

public:
    explicit SectionPage(ToolBox& toolBox, QWidget* parent = nullptr);

    SliceView* view() const { return m_view; }

    SliceStrip* strip() const { return m_strip; }

    JobBar* jobBar() const { return m_jobBar; }

    ContrastPopover* contrast() const { return m_contrast; }

    /// Hides everything but the section.
    void setSectionOnly(bool isAlone);

    /// The line below the strip while nothing runs.
    void setHint(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectTools();
    void connectContrast();
    void showTool();
    QWidget* makeFoot();

    ToolBox& m_toolBox;
    ToolOptions* m_options;
    SliceView* m_view;
    SliceStrip* m_strip;
    JobBar* m_jobBar;
    QLabel* m_hint;
    QWidget* m_foot;
    QToolButton* m_contrastButton;
    ContrastPopover* m_contrast;
};

} // namespace emend
