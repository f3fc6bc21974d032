// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/LabelEdit.h"

#include <QObject>
#include <QString>

#include <vector>

namespace emend {

class Project;

/// Every edit of the project in order; undo and redo across slices and tools.
///
/// Lives on the GUI thread, owned by the Session. Keeps at most memoryBytes of tiles; the oldest
/// edits are dropped first. The last edit can always be undone, and redone, however large it is.
class EditHistory : public QObject
{
    Q_OBJECT

public:
    explicit EditHistory(Project& project, qint64 memoryBytes = 256ll << 20,
                         QObject* parent = nullptr);

    /// Applies the edit to the project and keeps it. Empty edits are not kept. text says in the
    /// user's words what was done ("brush stroke").
    void perform(LabelEdit edit, const QString& text);

    /// Keeps an edit that is already in the project (a finished stroke).
    void record(LabelEdit edit, const QString& text);

    /// Like perform(), but while the newest entry has the same group the edit joins it: what
    /// arrives piece by piece is undone in one step. The pieces of a group touch different tiles.
    void performInGroup(LabelEdit edit, const QString& text, quint64 group);

    bool canUndo() const { return m_position > 0; }

    bool canRedo() const { return m_position < m_entries.size(); }

    QString undoText() const; ///< empty when there is nothing to undo
    QString redoText() const;

    /// Return the slice that changed first, so that the view can go there; -1 when there is
    /// nothing to undo or redo.
    int undo();
    int redo();

    int count() const { return int(m_entries.size()); }

Q_SIGNALS:
    void changed();

private:
    struct Entry
    {
        LabelEdit edit;
        QString text;
        quint64 group = 0; ///< 0: of its own
    };

    qint64 heldBytes() const;
    void trim();

    Project& m_project;
    qint64 m_memoryBytes;
    std::vector<Entry> m_entries;
    size_t m_position = 0; ///< entries before it are done, the others undone
};

} // namespace emend
