// SPDX-License-Identifier: Apache-2.0
#include "core/project/EditHistory.h"

#include "core/project/Project.h"
#include "core/store/ProjectStore.h"

#include <algorithm>

namespace emend {

namespace {

/// Changed tiles whose place is kept in memory although the store has them: some ten megabytes.
constexpr qint64 mostChangesInMemory = 200'000;

/// Looking through a long history after each stroke would be felt.
constexpr qint64 changesBetweenTrims = 10'000;

/// Names and colours: the rest says only how one looks at them.
bool haveSameNames(const ClassTable& one, const ClassTable& other)
{
    if (one.count() != other.count())
        return false;
    for (int index = 1; index <= one.count(); ++index)
        if (one.at(index).name != other.at(index).name || one.at(index).rgb != other.at(index).rgb)
            return false;
    return true;
}

} // namespace

EditHistory::EditHistory(Project& project, qint64 memoryBytes, QObject* parent)
    : QObject(parent)
    , m_project(project)
    , m_memoryBytes(memoryBytes)
{
    // Queued: a stroke that was finished is recorded right after it was closed.
    connect(&project, &Project::strokesClosed, this, &EditHistory::giveUpUnfinished,
            Qt::QueuedConnection);
    connect(&m_everySecond, &QTimer::timeout, this, &EditHistory::keepUnfinished);
}

void EditHistory::keepIn(ProjectStore& store, const std::vector<StepSummary>& steps,
                         qint64 position)
{
    Q_ASSERT(m_entries.empty());
    m_store = &store;
    m_firstId = steps.empty() ? position + 1 : steps.front().id;
    for (const StepSummary& step : steps)
        m_entries.push_back({step.text, {}, step.classes});
    m_position = size_t(std::clamp<qint64>(position + 1 - m_firstId, 0, count()));
    m_everySecond.start(std::chrono::seconds(1));
    Q_EMIT changed();
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
    add({text, std::move(edit)});
}

void EditHistory::performClasses(ClassTable classes, const QString& text)
{
    if (haveSameNames(classes, m_project.classes())) {
        m_project.setClasses(classes);
        if (m_store)
            m_store->putClasses(classes);
        return;
    }
    const ClassChange change{m_project.classes(), classes};
    m_project.setClasses(std::move(classes));
    add({text, LabelEdit(), change});
}

void EditHistory::add(Entry entry)
{
    m_newChanges += qint64(entry.edit->changes().size());
    m_entries.resize(m_position);
    m_entries.push_back(std::move(entry));
    m_position = m_entries.size();
    if (m_store) {
        const Entry& newest = m_entries.back();
        m_store->putStep({idOf(m_position - 1), newest.text, *newest.edit, newest.classes},
                         m_unfinished.isEmpty() ? StepMode::append : StepMode::replace);
        m_unfinished = {};
    }
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
    if (m_store)
        m_store->putStep({idOf(m_position - 1), text, edit, {}}, StepMode::extend);
    m_newChanges += qint64(edit.changes().size());
    Entry& newest = m_entries.back();
    if (newest.edit)
        newest.edit = newest.edit->joinedWith(edit);
    trim();
    Q_EMIT changed();
}

// A crash must not take more than the last second of a stroke.
void EditHistory::keepUnfinished()
{
    const LabelEdit edit = m_project.unfinishedEdit();
    if (edit.isEmpty() || edit == m_unfinished)
        return;
    const bool isNew = m_unfinished.isEmpty();
    m_unfinished = edit;
    m_entries.resize(m_position); // the store forgets what was undone, too
    m_store->putStep({idOf(m_position), tr("unfinished stroke"), edit, {}},
                     isNew ? StepMode::append : StepMode::replace);
    if (isNew)
        Q_EMIT changed();
}

void EditHistory::giveUpUnfinished()
{
    if (m_unfinished.isEmpty() || m_project.hasOpenStroke())
        return;
    m_unfinished = {};
    m_store->putStep({idOf(m_position), {}, {}, {}}, StepMode::withdraw);
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
    load(m_position - 1);
    --m_position;
    const LabelEdit inverse = m_entries[m_position].edit->inverted();
    m_project.apply(inverse);
    if (m_store)
        m_store->moveTo(idOf(m_position) - 1);
    if (const auto& classes = m_entries[m_position].classes)
        applyClasses(classes->before);
    trim();
    Q_EMIT changed();
    return inverse.isEmpty() ? -1 : inverse.slices().front();
}

int EditHistory::redo()
{
    if (!canRedo())
        return -1;
    load(m_position);
    const LabelEdit edit = *m_entries[m_position].edit;
    ++m_position;
    m_project.apply(edit);
    if (m_store)
        m_store->moveTo(idOf(m_position) - 1);
    if (const auto& classes = m_entries[m_position - 1].classes)
        applyClasses(classes->after);
    trim();
    Q_EMIT changed();
    return edit.isEmpty() ? -1 : edit.slices().front();
}

void EditHistory::load(size_t index)
{
    Entry& entry = m_entries[index];
    if (entry.edit)
        return;
    entry.edit = m_store->edit(idOf(index));
    m_newChanges += qint64(entry.edit->changes().size());
}

// What is shown and what is locked stays as it is: it says how one looks, not what is there.
void EditHistory::applyClasses(const ClassTable& classes)
{
    ClassTable table = classes;
    const ClassTable& now = m_project.classes();
    for (int index = 1; index <= std::min(table.count(), now.count()); ++index) {
        LabelClass one = table.at(index);
        one.isVisible = now.at(index).isVisible;
        one.isLocked = now.at(index).isLocked;
        table.set(index, one);
    }
    m_project.setClasses(table);
    if (m_store)
        m_store->putClasses(table);
}

void EditHistory::trim()
{
    m_store ? trimToStore() : trimToMemory();
}

// Of an edit that is done only the tiles before it are the history's own: those after it are in
// the project or before a later edit. Of an edit that is undone it is the other way round.
void EditHistory::trimToMemory()
{
    qint64 bytes = 0;
    for (size_t i = 0; i < m_entries.size(); ++i)
        bytes +=
            i < m_position ? m_entries[i].edit->bytesBefore() : m_entries[i].edit->bytesAfter();
    while (bytes > m_memoryBytes && m_position > 1) {
        bytes -= m_entries.front().edit->bytesBefore();
        m_entries.erase(m_entries.begin());
        ++m_firstId;
        --m_position;
    }
    while (bytes > m_memoryBytes && m_entries.size() > m_position + 1) {
        bytes -= m_entries.back().edit->bytesAfter();
        m_entries.pop_back();
    }
}

// The store has the tiles; what is dropped here is where they belong, the furthest from now first.
void EditHistory::trimToStore()
{
    if (m_newChanges < changesBetweenTrims ||
        m_store->status().state == SaveStatus::State::notSaved) // some may be nowhere else
        return;
    m_newChanges = 0;
    qint64 changes = 0;
    for (size_t fromNow = 0; fromNow < m_entries.size(); ++fromNow) {
        for (const size_t index : {m_position - 1 - fromNow, m_position + fromNow}) {
            if (index >= m_entries.size() || !m_entries[index].edit)
                continue;
            changes += qint64(m_entries[index].edit->changes().size());
            if (changes > mostChangesInMemory && fromNow > 0)
                m_entries[index].edit.reset();
        }
    }
}

} // namespace emend
