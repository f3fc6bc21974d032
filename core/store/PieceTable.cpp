// SPDX-License-Identifier: Apache-2.0
#include "core/store/PieceTable.h"

#include "core/store/TileCodec.h"

#include <algorithm>
#include <array>

namespace emend {

namespace {

constexpr qint64 pieceBytes = 4 << 20;
constexpr qint64 mostPieces = 4096;
constexpr double unsureUnits = 1000; ///< the file has whole numbers only

qint64 sumOfModel(const ModelRecord& model, qint64 first, qint64 pieces)
{
    const qint64 words = checksum(model.notes, checksum(model.name.toUtf8(), model.id));
    return checksum(std::array{model.id, words, first, pieces});
}

} // namespace

PieceTable::PieceTable(Database& database)
    : m_database(database)
    , m_addPiece(database, "INSERT INTO piece VALUES(?1, ?2, ?3)")
    , m_piece(database, "SELECT sum, data FROM piece WHERE id=?1")
    , m_removePieces(database, "DELETE FROM piece WHERE id>=?1 AND id<?2")
    , m_addPrediction(database, "INSERT INTO prediction VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")
    , m_prediction(database, "SELECT first, pieces FROM prediction WHERE id=?1")
    , m_addModel(database, "INSERT INTO model VALUES(?1, ?2, ?3, ?4, ?5, ?6)")
    , m_lastPiece(database.number("SELECT max(id) FROM piece"))
    , m_lastPrediction(database.number("SELECT max(id) FROM prediction"))
    , m_lastModel(database.number("SELECT max(id) FROM model"))
{
}

PieceTable::Run PieceTable::add(const QByteArray& bytes)
{
    Run run{m_lastPiece + 1, 0};
    for (qint64 begin = 0; begin < bytes.size(); begin += pieceBytes) {
        const QByteArray part = bytes.mid(begin, pieceBytes);
        ++m_lastPiece;
        m_addPiece.bind(m_lastPiece, checksum(part, m_lastPiece), part).run();
        ++run.count;
    }
    return run;
}

std::optional<QByteArray> PieceTable::read(Run run)
{
    QByteArray bytes;
    for (qint64 i = 0; i < std::min(run.count, mostPieces); ++i) {
        const qint64 id = run.first + i;
        if (!m_piece.bind(id).step())
            return {};
        const qint64 sum = m_piece.number(0);
        const QByteArray part = m_piece.bytes(1);
        m_piece.finish();
        if (sum != checksum(part, id))
            return {};
        bytes += part;
    }
    return bytes;
}

void PieceTable::remove(Run run)
{
    m_removePieces.bind(run.first, run.first + run.count).run();
}

qint64 PieceTable::addPrediction(int z, int classCount, double unsure, const PredictedSlice& slice)
{
    const std::vector<quint8> bytes = slice.toBytes();
    const Run run = add(QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()),
                                                qsizetype(bytes.size())));
    const std::array row{++m_lastPrediction,           qint64(z), qint64(classCount),
                         qint64(unsure * unsureUnits), run.first, run.count};
    m_addPrediction.bind(row[0], row[1], row[2], row[3], row[4], row[5], checksum(row)).run();
    return m_lastPrediction;
}

std::shared_ptr<const PredictedSlice> PieceTable::prediction(qint64 id)
{
    try {
        if (!m_prediction.bind(id).step())
            return nullptr;
        const Run run{m_prediction.number(0), m_prediction.number(1)};
        m_prediction.finish();
        const auto bytes = read(run);
        if (!bytes)
            return nullptr;
        return PredictedSlice::fromBytes(
            {reinterpret_cast<const quint8*>(bytes->constData()), size_t(bytes->size())});
    } catch (const DatabaseError& error) {
        if (error.isDamage())
            return nullptr;
        throw;
    }
}

std::map<int, PieceTable::PredictionRow> PieceTable::predictions()
{
    std::map<int, PredictionRow> newest;
    Statement all(m_database, "SELECT id, z, classes, unsure, first, pieces, sum FROM prediction "
                              "ORDER BY id");
    while (all.step()) {
        const std::array row{all.number(0), all.number(1), all.number(2),
                             all.number(3), all.number(4), all.number(5)};
        if (all.number(6) == checksum(row))
            newest[int(row[1])] = {row[0], int(row[2]), double(row[3]) / unsureUnits};
    }
    return newest;
}

void PieceTable::removeOldPredictions()
{
    const std::map<int, PredictionRow> newest = predictions();
    std::vector<std::pair<qint64, Run>> old;
    Statement all(m_database, "SELECT id, z, first, pieces FROM prediction");
    while (all.step()) {
        const auto found = newest.find(int(all.number(1)));
        if (found == newest.end() || found->second.id != all.number(0))
            old.push_back({all.number(0), {all.number(2), all.number(3)}});
    }
    Statement removeRow(m_database, "DELETE FROM prediction WHERE id=?1");
    for (const auto& [id, run] : old) {
        remove(run);
        removeRow.bind(id).run();
    }
}

qint64 PieceTable::addModel(const ModelRecord& model)
{
    ModelRecord row = model;
    row.id = ++m_lastModel;
    const Run run = add(model.file);
    m_addModel
        .bind(row.id, row.name, row.notes, run.first, run.count,
              sumOfModel(row, run.first, run.count))
        .run();
    return row.id;
}

std::vector<ModelRecord> PieceTable::models()
{
    std::vector<ModelRecord> models;
    Statement all(m_database, "SELECT id, name, notes, first, pieces, sum FROM model ORDER BY id");
    while (all.step()) {
        ModelRecord model{all.number(0), all.text(1), {}, all.bytes(2)};
        const Run run{all.number(3), all.number(4)};
        if (all.number(5) != sumOfModel(model, run.first, run.count))
            continue;
        if (auto file = read(run)) {
            model.file = *file;
            models.push_back(std::move(model));
        }
    }
    return models;
}

void PieceTable::changeModel(const QString& name, const QString& newName, const QByteArray& notes)
{
    Statement row(m_database, "SELECT id, first, pieces FROM model WHERE name=?1");
    if (!row.bind(name).step())
        return;
    const ModelRecord changed{row.number(0), newName, {}, notes};
    const Run run{row.number(1), row.number(2)};
    row.finish();
    Statement(m_database, "UPDATE model SET name=?2, notes=?3, sum=?4 WHERE id=?1")
        .bind(changed.id, changed.name, changed.notes, sumOfModel(changed, run.first, run.count))
        .run();
}

void PieceTable::removeModel(const QString& name)
{
    Statement row(m_database, "SELECT id, first, pieces FROM model WHERE name=?1");
    if (!row.bind(name).step())
        return;
    const qint64 id = row.number(0);
    const Run run{row.number(1), row.number(2)};
    row.finish();
    remove(run);
    Statement(m_database, "DELETE FROM model WHERE id=?1").bind(id).run();
}

} // namespace emend
