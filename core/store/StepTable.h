// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/LabelTable.h"
#include "core/store/ProjectRecords.h"

#include <vector>

namespace emend {

/// The history of a project: every step with the tiles before and after. Storage thread, within
/// the caller's transaction: restore(memento()) where it failed.
class StepTable
{
public:
    StepTable(Database& database, MetaTable& meta, LabelTable& labels);

    /// What a step changed at one place.
    struct Change
    {
        qint64 key = 0;
        TileNumber before;
        TileNumber after;
    };

    /// Appends a step and makes its tiles the labels. Steps that were undone are forgotten.
    void append(const HistoryStep& step, const std::vector<Change>& changes);

    /// More of the newest step, which goes on (a prediction that arrives slice by slice).
    void extend(qint64 step, const std::vector<Change>& changes);

    /// Takes the newest step back and forgets it.
    void withdraw(qint64 step);

    /// Undoes or does again until this step is the last one done (0: none).
    void moveTo(qint64 position);

    qint64 position() { return m_meta.number(QStringLiteral("position")).value_or(0); }

    /// In order, done and undone. Steps before a damaged one are left out: nobody can get there.
    std::vector<StepSummary> summaries();

    /// Throws DatabaseError where rows are missing or damaged.
    std::vector<Change> changes(qint64 step);

    /// Removes tiles that forgotten steps leave behind; only when no snapshot can ask for them.
    void removeOrphans();

    size_t memento() const { return m_orphans.size(); }

    void restore(size_t orphans) { m_orphans.resize(orphans); }

private:
    void forget(qint64 step);
    void addChanges(qint64 step, const std::vector<Change>& changes);
    void writeSum(qint64 step);
    void setPosition(qint64 step);

    Database& m_database;
    MetaTable& m_meta;
    LabelTable& m_labels;
    Statement m_insert;
    Statement m_row;
    Statement m_updateSum;
    Statement m_delete;
    Statement m_insertChange;
    Statement m_changes;
    Statement m_deleteChanges;
    std::vector<qint64> m_orphans; ///< tiles of forgotten steps
};

} // namespace emend
