// SPDX-License-Identifier: Apache-2.0
#include "core/project/EditHistory.h"

#include "core/project/Project.h"

namespace emend {

EditHistory::EditHistory(Project& project, qint64 memoryBytes, QObject* parent)
    : QObject(parent)
    , m_project(project)
    , m_memoryBytes(memoryBytes)
{
}

void EditHistory::perform(LabelEdit edit, const QString& text)
{
    m_project.apply(edit);
    record(std::move(edit), text);
}

void EditHistory::record(LabelEdit edit, const QString& text)
{
    if (edit.isEmpty())
        return;
    m_entries.resize(m_position);
    m_entries.push_back({std::move(edit), text});
    m_position = m_entries.size();
    trim();
    Q_EMIT changed();
}

void EditHistory::performInGroup(LabelEdit edit, const QString& text, quint64 group)
{
    Q_ASSERT(group != 0);
    if (edit.isEmpty())
        return;
    const bool joins = canUndo() && !canRedo() && m_entries.back().group == group;
    if (!joins) {
        perform(std::move(edit), text);
        m_entries.back().group = group;
        return;
    }
    m_project.apply(edit);
    m_entries.back().edit = m_entries.back().edit.joinedWith(edit);
    trim();
    Q_EMIT changed();
}

QString EditHistory::undoText() const
{
    return canUndo() ? m_entries[m_position - 1].text : QString();
}

QString EditHistory::redoText() const
{
    return canRedo() ? m_entries[m_position].text : QString();
}

int EditHistory::undo()
{
    if (!canUndo())
        return -1;
    --m_position;
    const LabelEdit inverse = m_entries[m_position].edit.inverted();
    m_project.apply(inverse);
    trim();
    Q_EMIT changed();
    return inverse.slices().front();
}

int EditHistory::redo()
{
    if (!canRedo())
        return -1;
    const LabelEdit edit = m_entries[m_position].edit;
    ++m_position;
    m_project.apply(edit);
    trim();
    Q_EMIT changed();
    return edit.slices().front();
}

// Of an edit that is done only the tiles before it are the history's own: those after it are in
// the project or before a later edit. Of an edit that is undone it is the other way round.
qint64 EditHistory::heldBytes() const
{
    qint64 bytes = 0;
    for (size_t i = 0; i < m_entries.size(); ++i)
        bytes += i < m_position ? m_entries[i].edit.bytesBefore() : m_entries[i].edit.bytesAfter();
    return bytes;
}

void EditHistory::trim()
{
    qint64 bytes = heldBytes();
    while (bytes > m_memoryBytes && m_position > 1) {
        bytes -= m_entries.front().edit.bytesBefore();
        m_entries.erase(m_entries.begin());
        --m_position;
    }
    while (bytes > m_memoryBytes && m_entries.size() > m_position + 1) {
        bytes -= m_entries.back().edit.bytesAfter();
        m_entries.pop_back();
    }
}

} // namespace emend
