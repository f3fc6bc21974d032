// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>

namespace emend {

class Session;
class SliceView;
class ToolBox;

/// Leaves a project as it is found again: slice, zoom and place, contrast, tool and class.
///
/// They go into the project's file a moment after they changed, so that a project that was not
/// closed properly opens where the work was.
class ViewMemory : public QObject
{
    Q_OBJECT

public:
    /// All live longer. Connect it after the view has got to know the session's projects.
    ViewMemory(Session& session, SliceView& view, ToolBox& toolBox, QObject* parent = nullptr);

    /// Keeps it now.
    void keep();

private:
    void bringBack();
    QByteArray state() const;

    Session& m_session;
    SliceView& m_view;
    ToolBox& m_toolBox;
    QTimer m_soon;
};

} // namespace emend
