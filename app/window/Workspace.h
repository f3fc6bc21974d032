// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMainWindow>

namespace emend {

class Actions;
class ClassPanel;
class CorrectPanel;
class ExportPanel;
class LearnPanel;
class Panel;
class PanelDock;
class PredictPanel;
class SectionPage;
class ToolBox;

/// What the window shows while a stack is open: tools at the left, the section, panels at the
/// right. A main window inside the main window, so that the start page stays free of them.
class Workspace : public QMainWindow
{
    Q_OBJECT

public:
    Workspace(const Actions& actions, ToolBox& toolBox, QWidget* parent = nullptr);

    SectionPage* section() const { return m_section; }

    ClassPanel* classes() const { return m_classes; }

    PredictPanel* predict() const { return m_predict; }

    CorrectPanel* correct() const { return m_correct; }

    LearnPanel* learn() const { return m_learn; }

    ExportPanel* exports() const { return m_export; }

    /// Brings a panel back or closes it; in the order of the column.
    QList<QAction*> panelActions() const;

    /// All panels as they were at the first start.
    void resetPanels();

    /// Hides everything but the section, and brings back what was there.
    void setSectionOnly(bool isAlone);

    /// The state to remember: with the panels, even while they are hidden.
    QByteArray stateToKeep() const;

    QMenu* createPopupMenu() override;

private:
    void addTools(const Actions& actions);
    void addPanels();
    void nameKeys(const Actions& actions);

    SectionPage* m_section;
    ClassPanel* m_classes;
    PredictPanel* m_predict;
    CorrectPanel* m_correct;
    LearnPanel* m_learn;
    ExportPanel* m_export;
    QList<PanelDock*> m_docks;
    QByteArray m_stateBeforeAlone;
};

} // namespace emend
