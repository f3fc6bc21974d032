// SPDX-License-Identifier: Apache-2.0
#include "core/store/Salvage.h"

#include "core/store/ForeignLog.h"
#include "core/store/PageCarver.h"
#include "core/store/ProjectFile.h"
#include "core/store/ProjectSchema.h"
#include "core/store/TileCodec.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtEndian>

#include <array>
#include <map>
#include <set>

namespace emend {

namespace {

constexpr qint64 pageBytes = 4096;
constexpr qint64 pageCountOffset = 28;

QString tr(const char* text)
{
    return QCoreApplication::translate("Salvage", text);
}

/// A copy that may be written, with as many pages as its head says.
class Patient
{
public:
    explicit Patient(const QString& path)
        : m_path(m_folder.filePath(QStringLiteral("damaged.emend")))
    {
        if (!QFile::copy(path, m_path))
            throw Error(tr("%1 cannot be copied to %2 to look into it. Check that it may be read "
                           "and that there is space.")
                            .arg(QFileInfo(path).fileName(), m_folder.path()));
        QFile::setPermissions(m_path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        mendLength();
        const QString log = path + QStringLiteral("-wal");
        if (QFileInfo(log).size() > 0 && QFile::copy(log, m_path + QStringLiteral("-wal")))
            bringInTheLog();
    }

    const QString& path() const { return m_path; }

private:
    void mendLength() const
    {
        QFile file(m_path);
        if (!file.open(QIODevice::ReadWrite))
            return;
        const qint64 pages = file.size() / pageBytes;
        file.resize(pages * pageBytes);
        char count[4];
        qToBigEndian(quint32(pages), count);
        if (pages > 0 && file.seek(pageCountOffset))
            file.write(count, sizeof count);
    }

    void bringInTheLog() const
    {
        if (setAsideForeignLog(m_path))
            return;
        try {
            Database(m_path, Database::Access::readWrite)
                .checkpoint(Database::Checkpoint::truncate);
        } catch (const Error&) {
            QFile::remove(m_path + QStringLiteral("-wal"));
        }
    }

    QTemporaryDir m_folder;
    QString m_path;
};

/// Calls row for each row that can be read; what cannot is passed over. Returns whether all could.
template <typename Row>
bool eachRow(Database& database, const QByteArray& sql, Row row)
{
    try {
        Statement all(database, sql);
        while (all.step())
            row(all);
        return true;
    } catch (const DatabaseError&) {
        return false;
    }
}

/// Reads rows from the front until the damage, then from the back.
template <typename Row>
void eachRowAround(Database& database, const QByteArray& sql, const char* key, Row row)
{
    if (!eachRow(database, sql + " ORDER BY " + key, row))
        eachRow(database, sql + " ORDER BY " + key + " DESC", row);
}

class Salvage
{
public:
    Salvage(Database& from, Database& to, JobContext& job)
        : m_from(from)
        , m_to(to)
        , m_job(job)
        , m_newMeta(to)
        , m_newLabels(to, m_newMeta)
    {
    }

    SalvageReport run(const QString& patient)
    {
        Transaction transaction(m_to);
        readMeta();
        m_job.report(0.1, tr("Collecting tiles"));
        collectTiles(patient);
        m_job.report(0.6, tr("Putting tiles in their places"));
        placeTiles();
        m_job.report(0.8, tr("Collecting the history"));
        takeSteps();
        m_report.predictions =
            takePieces("SELECT id, z, classes, unsure, first, pieces, sum FROM prediction",
                       "INSERT INTO prediction VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)", 4);
        takeModels();
        m_newLabels.writeDigest();
        transaction.commit();
        return m_report;
    }

private:
    void readMeta()
    {
        MetaTable meta(m_from);
        const auto valueOf = [&meta](const char* name) {
            try {
                return meta.get(QString::fromLatin1(name)).value_or(QByteArray());
            } catch (const DatabaseError&) {
                return QByteArray();
            }
        };
        const auto source = sourceFromJson(valueOf("source"));
        if (!source)
            throw Error(tr("Nothing can be brought back: the file does not even say which stack it "
                           "belongs to. Look for a backup beside it."));
        m_size = source->size;
        setOrigin(m_newMeta);
        m_newMeta.set(QStringLiteral("source"), toJson(*source));
        const auto classes = classesFromJson(valueOf("classes"));
        m_newMeta.set(QStringLiteral("classes"),
                      toJson(classes.value_or(ClassTable::membraneAndInside())));
        for (const char* name : {"voxelNm", "view", "model"})
            if (const QByteArray value = valueOf(name); !value.isEmpty())
                m_newMeta.set(QString::fromLatin1(name), value);
        m_position = valueOf("position").toLongLong();
        m_lastStep = valueOf("lastStep").toLongLong();
    }

    void collectTiles(const QString& patient)
    {
        Statement add(m_to, "INSERT OR IGNORE INTO tile VALUES(?1, ?2, ?3)");
        const auto keep = [&](qint64 id, qint64 sum, const QByteArray& data) {
            if (!m_tiles.insert(id).second)
                return;
            add.bind(id, sum, data).run();
            m_job.checkCancelled();
        };
        eachRowAround(m_from, "SELECT id, sum, data FROM tile", "id", [&](Statement& row) {
            const QByteArray data = row.bytes(2);
            if (checksum(data, row.number(0)) == row.number(1) && unpackedTile(data))
                keep(row.number(0), row.number(1), data);
        });
        m_job.report(0.4, tr("Collecting tiles"));
        PageCarver(patient).carveTiles(keep);
    }

    void placeTiles()
    {
        const LabelVolume places(m_size);
        std::map<qint64, TileNumber> labels;
        LabelTable::Digest found;
        eachRowAround(m_from, "SELECT key, tile, states, sum FROM label", "key",
                      [&](Statement& row) {
                          const std::array numbers{row.number(0), row.number(1), row.number(2)};
                          const TileNumber tile{numbers[1], numbers[2]};
                          if (checksum(numbers) != row.number(3) ||
                              !labels.try_emplace(numbers[0], tile).second)
                              return;
                          found.sums ^= row.number(3);
                          ++found.rows;
                      });
        if (!isComplete(found))
            labels.merge(placesFromHistory());
        for (const auto& [packed, tile] : labels) {
            const TileKey key = unpackedKey(packed);
            if (tile.id == 0 || !places.contains(key))
                continue;
            if (m_tiles.count(tile.id) > 0) {
                m_newLabels.set(packed, tile);
                ++m_report.tiles;
            } else {
                m_report.lost.push_back({key, key.rect().intersected(m_size.sliceRect())});
            }
        }
    }

    bool isComplete(LabelTable::Digest found)
    {
        try {
            MetaTable meta(m_from);
            return LabelTable(m_from, meta).memento() == found;
        } catch (const DatabaseError&) {
            return false;
        }
    }

    /// Where the steps say that tiles stand: what counts where a row of `label` is lost. Nothing
    /// where steps are lost, too, for then an older tile could pass for the newest.
    std::map<qint64, TileNumber> placesFromHistory()
    {
        std::map<qint64, TileNumber> places;
        std::map<qint64, qint64> stepOf;
        bool isWhole = true;
        const bool areAllRead = eachRow(
            m_from,
            "SELECT step, key, before, before_states, after, after_states, sum FROM step_tile",
            [&](Statement& row) {
                const std::array numbers{row.number(0), row.number(1), row.number(2),
                                         row.number(3), row.number(4), row.number(5)};
                const qint64 step = numbers[0];
                const qint64 key = numbers[1];
                isWhole &= checksum(numbers) == row.number(6);
                if (step > m_position || (stepOf.count(key) > 0 && stepOf[key] > step))
                    return;
                stepOf[key] = step;
                places[key] = {numbers[4], numbers[5]};
            });
        return areAllRead && isWhole ? places : std::map<qint64, TileNumber>();
    }

    /// The last steps, as far back as nothing of them is missing.
    void takeSteps()
    {
        MetaTable meta(m_from);
        LabelTable oldLabels(m_from, meta);
        StepTable old(m_from, meta, oldLabels);
        std::vector<qint64> steps;
        for (qint64 step = m_lastStep; step > 0 && isIntact(old, step); --step)
            steps.push_back(step);
        if (steps.empty() || m_position < steps.back() - 1)
            return;
        for (const qint64 step : steps) {
            copyRows("SELECT id, time, text, classes, tiles, digest, sum FROM step WHERE id=?1",
                     "INSERT INTO step VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)", step, 2, 3);
            copyRows("SELECT step, key, before, before_states, after, after_states, sum "
                     "FROM step_tile WHERE step=?1",
                     "INSERT INTO step_tile VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)", step, -1, -1);
        }
        m_newMeta.setNumber(QStringLiteral("position"), m_position);
        m_newMeta.setNumber(QStringLiteral("lastStep"), m_lastStep);
        m_report.steps = qint64(steps.size());
    }

    bool isIntact(StepTable& old, qint64 step) const
    {
        try {
            for (const StepTable::Change& change : old.changes(step))
                for (const TileNumber tile : {change.before, change.after})
                    if (tile.id != 0 && m_tiles.count(tile.id) == 0)
                        return false;
            return true;
        } catch (const DatabaseError&) {
            return false;
        }
    }

    /// Rows of seven columns as they are; two of them may be text and bytes.
    void copyRows(const char* select, const char* insert, qint64 key, int textColumn,
                  int bytesColumn)
    {
        Statement from(m_from, select);
        Statement to(m_to, insert);
        from.bind(key);
        while (from.step()) {
            if (textColumn < 0)
                to.bind(from.number(0), from.number(1), from.number(2), from.number(3),
                        from.number(4), from.number(5), from.number(6))
                    .run();
            else // what is bound has to live until it has run
                to.bind(from.number(0), from.number(1), from.text(textColumn),
                        from.bytes(bytesColumn), from.number(4), from.number(5), from.number(6))
                    .run();
        }
    }

    qint64 takePieces(const char* select, const char* insert, int firstColumn)
    {
        qint64 taken = 0;
        Statement to(m_to, insert);
        eachRow(m_from, select, [&](Statement& row) {
            const std::array numbers{row.number(0), row.number(1), row.number(2),
                                     row.number(3), row.number(4), row.number(5)};
            if (checksum(numbers) != row.number(6))
                return;
            const auto first = numbers[size_t(firstColumn)];
            if (!takeRun(first, numbers[size_t(firstColumn) + 1]))
                return;
            to.bind(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5],
                    row.number(6))
                .run();
            ++taken;
        });
        return taken;
    }

    void takeModels()
    {
        PieceTable from(m_from);
        PieceTable to(m_to);
        try {
            for (const ModelRecord& model : from.models()) {
                to.addModel(model);
                ++m_report.models;
            }
        } catch (const DatabaseError&) {
            // those before the damage are taken
        }
    }

    bool takeRun(qint64 first, qint64 count)
    {
        Statement from(m_from, "SELECT sum, data FROM piece WHERE id=?1");
        Statement to(m_to, "INSERT OR IGNORE INTO piece VALUES(?1, ?2, ?3)");
        for (qint64 id = first; id < first + count; ++id) {
            try {
                if (!from.bind(id).step())
                    return false;
                const QByteArray data = from.bytes(1);
                const qint64 sum = from.number(0);
                if (checksum(data, id) != sum)
                    return false;
                to.bind(id, sum, data).run();
            } catch (const DatabaseError&) {
                return false;
            }
        }
        return true;
    }

    Database& m_from;
    Database& m_to;
    JobContext& m_job;
    MetaTable m_newMeta;
    LabelTable m_newLabels;
    VolumeSize m_size;
    qint64 m_position = 0;
    qint64 m_lastStep = 0;
    std::set<qint64> m_tiles; ///< that are intact
    SalvageReport m_report;
};

} // namespace

SalvageReport salvageProject(const QString& damagedPath, const QString& newPath, JobContext& job)
{
    const Patient patient(damagedPath);
    SalvageReport report;
    ProjectFile::write(newPath, [&](const QString& temporaryPath) {
        Database from(patient.path(), Database::Access::readOnly);
        Database to(temporaryPath, Database::Access::create);
        ProjectSchema::create(to);
        report = Salvage(from, to, job).run(patient.path());
    });
    return report;
}

} // namespace emend
