// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace emend {

class ComparisonBar;
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

    ComparisonBar* comparison() const { return m_comparison; }

    /// Shows the bar of a comparison in the place of the tool's options, and that hint meanwhile.
    void setComparing(bool isComparing, const QString& hint = {});

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
    void showHint();
    QWidget* makeFoot();

    ToolBox& m_toolBox;
    QStackedWidget* m_head; ///< options or comparison, of one height: the section keeps its size
    ToolOptions* m_options;
    ComparisonBar* m_comparison;
    SliceView* m_view;
    SliceStrip* m_strip;
    JobBar* m_jobBar;
    QLabel* m_hint;
    QString m_toolHint;
    QString m_comparisonHint;
    QWidget* m_foot;
    QToolButton* m_contrastButton;
    ContrastPopover* m_contrast;
};

} // namespace emend
