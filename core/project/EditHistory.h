// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/ProjectRecords.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>
#include <vector>

namespace emend {

class Project;
class ProjectStore;

/// Every edit of the project in order; undo and redo across slices and tools.
///
/// Lives on the GUI thread, owned by the Session. With a store every step goes to the project's
/// file as it is made (a long stroke every second), is there after a restart, and its tiles need
/// not stay in memory. Without one it keeps at most memoryBytes of tiles and drops the oldest edits
/// first; the last edit can always be undone, and redone, however large it is.
class EditHistory : public QObject
{
    Q_OBJECT

public:
    explicit EditHistory(Project& project, qint64 memoryBytes = 256ll << 20,
                         QObject* parent = nullptr);

    /// From now on steps go to the store, which lives longer; those that it has (and has done up
    /// to position) come first. Only while there are none here.
    void keepIn(ProjectStore& store, const std::vector<StepSummary>& steps, qint64 position);

    /// Applies the edit to the project and keeps it. Empty edits are not kept. text says in the
    /// user's words what was done ("brush stroke").
    void perform(LabelEdit edit, const QString& text);

    /// Keeps an edit that is already in the project (a finished stroke).
    void record(LabelEdit edit, const QString& text);

    /// Like perform(), but while the newest entry has the same group the edit joins it: what
    /// arrives piece by piece is undone in one step. The pieces of a group touch different tiles.
    void performInGroup(LabelEdit edit, const QString& text, quint64 group);

    /// Changes the project's classes. What is shown or locked is no step of its own.
    void performClasses(ClassTable classes, const QString& text);

    bool canUndo() const { return m_position > 0; }

    bool canRedo() const { return m_position < m_entries.size(); }

    QString undoText() const; ///< empty when there is nothing to undo
    QString redoText() const;

    /// Return the slice that changed first, so that the view can go there; -1 when there is
    /// nothing to undo or redo, or when only classes changed. Throw Error where the project's file
    /// is damaged; then nothing has changed.
    int undo();
    int redo();

    int count() const { return int(m_entries.size()); }

Q_SIGNALS:
    void changed();

private:
    struct Entry
    {
        QString text;
        std::optional<LabelEdit> edit; ///< empty: in the store
        std::optional<ClassChange> classes;
        quint64 group = 0; ///< 0: of its own
    };

    qint64 idOf(size_t index) const { return m_firstId + qint64(index); }

    void add(Entry entry);
    void load(size_t index);
    void applyClasses(const ClassTable& classes);
    void keepUnfinished();
    void giveUpUnfinished();
    void trim();
    void trimToMemory();
    void trimToStore();

    Project& m_project;
    ProjectStore* m_store = nullptr;
    qint64 m_memoryBytes;
    std::vector<Entry> m_entries;
    size_t m_position = 0;   ///< entries before it are done, the others undone
    qint64 m_firstId = 1;    ///< of the first entry, in the store
    qint64 m_newChanges = 0; ///< changed tiles that came in since it was trimmed to the store
    LabelEdit m_unfinished; ///< of the stroke that goes on, as the store has it for its newest step
    QTimer m_everySecond;   ///< while there is a store
};

} // namespace emend
