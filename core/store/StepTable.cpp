// SPDX-License-Identifier: Apache-2.0
#include "core/store/StepTable.h"

#include "core/store/TileCodec.h"

#include <array>
#include <set>

namespace emend {

namespace {

const QString positionName = QStringLiteral("position");
const QString lastName = QStringLiteral("lastStep");

qint64 sumOf(qint64 step, const StepTable::Change& change)
{
    return checksum(std::array{step, change.key, change.before.id, change.before.states,
                               change.after.id, change.after.states});
}

struct StepRow
{
    qint64 id = 0;
    qint64 time = 0;
    QString text;
    QByteArray classes;
    qint64 tiles = 0;  ///< how many rows of step_tile
    qint64 digest = 0; ///< their sums

    qint64 sum() const
    {
        const qint64 words = checksum(classes, checksum(text.toUtf8(), id));
        return checksum(std::array{id, time, words, tiles, digest});
    }
};

StepRow rowOf(const Statement& statement)
{
    return {statement.number(0), statement.number(1), statement.text(2),
            statement.bytes(3),  statement.number(4), statement.number(5)};
}

} // namespace

StepTable::StepTable(Database& database, MetaTable& meta, LabelTable& labels)
    : m_database(database)
    , m_meta(meta)
    , m_labels(labels)
    , m_insert(database, "INSERT INTO step VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")
    , m_row(database, "SELECT id, time, text, classes, tiles, digest, sum FROM step WHERE id=?1")
    , m_updateSum(database, "UPDATE step SET tiles=?2, digest=?3, sum=?4 WHERE id=?1")
    , m_delete(database, "DELETE FROM step WHERE id=?1")
    , m_insertChange(database, "INSERT INTO step_tile VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")
    , m_changes(database, "SELECT key, before, before_states, after, after_states, sum "
                          "FROM step_tile WHERE step=?1 ORDER BY key")
    , m_deleteChanges(database, "DELETE FROM step_tile WHERE step=?1")
{
}

void StepTable::append(const HistoryStep& step, const std::vector<Change>& changes)
{
    for (qint64 undone = m_meta.number(lastName).value_or(0); undone >= step.id; --undone)
        forget(undone);
    StepRow row{step.id, QDateTime::currentMSecsSinceEpoch(), step.text, toJson(step.classes), 0,
                0};
    m_insert.bind(row.id, row.time, row.text, row.classes, row.tiles, row.digest, row.sum()).run();
    m_meta.setNumber(lastName, step.id);
    addChanges(step.id, changes);
    if (step.classes)
        m_meta.set(QStringLiteral("classes"), toJson(step.classes->after));
    setPosition(step.id);
}

void StepTable::extend(qint64 step, const std::vector<Change>& changes)
{
    addChanges(step, changes);
}

void StepTable::addChanges(qint64 step, const std::vector<Change>& changes)
{
    if (!m_row.bind(step).step())
        failDamaged(m_database);
    StepRow row = rowOf(m_row);
    m_row.finish();
    for (const Change& change : changes) {
        const qint64 sum = sumOf(step, change);
        m_insertChange
            .bind(step, change.key, change.before.id, change.before.states, change.after.id,
                  change.after.states, sum)
            .run();
        m_labels.set(change.key, change.after);
        ++row.tiles;
        row.digest ^= sum;
    }
    m_updateSum.bind(step, row.tiles, row.digest, row.sum()).run();
}

void StepTable::withdraw(qint64 step)
{
    moveTo(step - 1);
    forget(step);
    m_meta.setNumber(lastName, step - 1);
}

void StepTable::forget(qint64 step)
{
    m_changes.bind(step);
    while (m_changes.step()) {
        if (const qint64 after = m_changes.number(3); after != 0)
            m_orphans.push_back(after);
    }
    m_deleteChanges.bind(step).run();
    m_delete.bind(step).run();
}

void StepTable::removeOrphans()
{
    if (m_orphans.empty())
        return;
    // Looked up once more before anything goes: a tile may have come back in a later step.
    std::set<qint64> orphans(m_orphans.begin(), m_orphans.end());
    Statement all(m_database, "SELECT before FROM step_tile UNION ALL "
                              "SELECT after FROM step_tile UNION ALL SELECT tile FROM label");
    while (all.step())
        orphans.erase(all.number(0));
    for (const qint64 tile : orphans)
        m_labels.remove(tile);
    m_orphans.clear();
}

void StepTable::moveTo(qint64 target)
{
    const auto takeOver = [this](qint64 step, TileNumber Change::*side,
                                 ClassTable ClassChange::*classes) {
        for (const Change& change : changes(step))
            m_labels.set(change.key, change.*side);
        if (!m_row.bind(step).step())
            failDamaged(m_database);
        const auto change = classChangeFromJson(rowOf(m_row).classes);
        m_row.finish();
        if (change)
            m_meta.set(QStringLiteral("classes"), toJson(*change.*classes));
    };
    const qint64 now = position();
    for (qint64 step = now; step > target; --step)
        takeOver(step, &Change::before, &ClassChange::before);
    for (qint64 step = now + 1; step <= target; ++step)
        takeOver(step, &Change::after, &ClassChange::after);
    setPosition(target);
}

void StepTable::setPosition(qint64 step)
{
    m_meta.setNumber(positionName, step);
}

std::vector<StepSummary> StepTable::summaries()
{
    std::vector<StepSummary> steps;
    Statement all(m_database, "SELECT id, time, text, classes, tiles, digest, sum FROM step");
    while (all.step()) {
        const StepRow row = rowOf(all);
        const bool follows = steps.empty() || steps.back().id + 1 == row.id;
        if (row.sum() != all.number(6) || !follows) {
            steps.clear();
            if (row.sum() != all.number(6))
                continue;
        }
        steps.push_back({row.id, row.text, row.tiles, classChangeFromJson(row.classes)});
    }
    return steps;
}

std::vector<StepTable::Change> StepTable::changes(qint64 step)
{
    if (!m_row.bind(step).step())
        failDamaged(m_database);
    const StepRow row = rowOf(m_row);
    const qint64 sum = m_row.number(6);
    m_row.finish();
    std::vector<Change> changes;
    qint64 digest = 0;
    m_changes.bind(step);
    while (m_changes.step()) {
        const Change change{m_changes.number(0),
                            {m_changes.number(1), m_changes.number(2)},
                            {m_changes.number(3), m_changes.number(4)}};
        if (m_changes.number(5) != sumOf(step, change))
            failDamaged(m_database);
        digest ^= m_changes.number(5);
        changes.push_back(change);
    }
    if (row.sum() != sum || row.tiles != qint64(changes.size()) || row.digest != digest)
        failDamaged(m_database);
    return changes;
}

} // namespace emend
