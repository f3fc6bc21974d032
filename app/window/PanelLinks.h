// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/window/PlaceFinder.h"

#include <QObject>

namespace emend {

class Actions;
class Session;
class SliceStates;
class ToolBox;
class Workspace;
struct LabelClass;

/// Connects the panels with the session: what they ask for, and what they show.
///
/// Owned by the main window; everything it connects lives as long.
class PanelLinks : public QObject
{
    Q_OBJECT

public:
    PanelLinks(Session& session, SliceStates& states, Workspace& workspace, ToolBox& toolBox,
               const Actions& actions, QObject* parent = nullptr);

    void predictSlice();
    void predictAll();
    void confirmSlice();
    void goToNextPlace();
    void confirmPlace();
    void learn();
    void addClass();

    /// What can be done now, and what to do next.
    void refresh();

Q_SIGNALS:
    void exportWanted();

private:
    void connectRequests();
    void connectJobs();
    void connectLearning();
    void onOpened();
    void editClass(int classIndex, const LabelClass& labelClass);
    void showClasses();
    void showModels();
    void showAutomatic();
    void showCorrections();
    int visibleSlice() const;
    int nextSlice() const;
    void show(const Place& place);
    std::optional<Place> shownPlace() const;
    void framePlace();

    Session& m_session;
    SliceStates& m_states;
    Workspace& m_workspace;
    ToolBox& m_toolBox;
    const Actions& m_actions;
    PlaceFinder m_finder{this};
};

} // namespace emend
