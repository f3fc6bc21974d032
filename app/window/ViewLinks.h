// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"
#include "core/labels/Label.h"

#include <QObject>

namespace emend {

class Actions;
class Session;
struct SaveStatus;
class StatusLine;
class ToolBox;
class Workspace;

/// Connects the section with the tools, the status line and the actions that concern the view.
class ViewLinks : public QObject
{
    Q_OBJECT

public:
    ViewLinks(Session& session, Workspace& workspace, ToolBox& toolBox, StatusLine& status,
              const Actions& actions, QObject* parent = nullptr);

private:
    void connectActions();
    void connectTools();
    void connectStatus();
    void onOpened();
    void onHistoryChanged();
    void showSaving(const SaveStatus& status);
    void followPointer(Pixel pixel, int grey, Label label);
    void showHint();
    void zoomBy(double factor);
    void askVoxelSize();

    Session& m_session;
    Workspace& m_workspace;
    ToolBox& m_toolBox;
    StatusLine& m_status;
    const Actions& m_actions;
};

} // namespace emend
