// SPDX-License-Identifier: Apache-2.0
#include "core/store/ProjectFile.h"

#include "core/io/AtomicFile.h"
#include "core/store/ProjectSchema.h"
#include "core/store/TileCodec.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QScopeGuard>

#include <algorithm>
#include <cerrno>
#include <unordered_map>

namespace emend {

namespace {

const QString sourceName = QStringLiteral("source");
const QString classesName = QStringLiteral("classes");

/// Tiles of one step on their way into the file: each gets one number.
class Stowing
{
public:
    explicit Stowing(LabelTable& labels)
        : m_labels(labels)
    {
    }

    TileNumber numberOf(const TileRef& tile)
    {
        if (!tile)
            return {};
        if (const qint64 id = tile.stored().id(); id != 0)
            return {id, packedStates(tile.states())};
        const auto [known, isNew] = m_numbers.try_emplace(&tile.stored());
        if (isNew) {
            known->second = m_labels.add(*tile.labels());
            m_stowed.push_back({tile, known->second.id});
        }
        return known->second;
    }

    std::vector<ProjectFile::Stowed> take() { return std::move(m_stowed); }

private:
    LabelTable& m_labels;
    std::unordered_map<const Stored<LabelTile>*, TileNumber> m_numbers;
    std::vector<ProjectFile::Stowed> m_stowed;
};

/// Throws where this program cannot even read what the newer one has written.
bool isNewer(Database& database)
{
    if (ProjectSchema::check(database) <= ProjectSchema::version)
        return false;
    std::optional<qint64> oldestReader;
    try {
        MetaTable meta(database);
        oldestReader = oldestReaderOf(meta);
    } catch (const Error&) {
        // Not even the table is what it was.
    }
    if (!oldestReader || *oldestReader > ProjectSchema::version)
        throw Error(QCoreApplication::translate(
                        "ProjectFile", "%1 was made by a newer Emend, in a way that this one "
                                       "cannot read. Update Emend to open it.")
                        .arg(QFileInfo(database.path()).fileName()));
    return true;
}

} // namespace

void ProjectFile::create(const QString& path, const SourceRecord& source, const ClassTable& classes)
{
    write(path, [&](const QString& temporaryPath) {
        Database database(temporaryPath, Database::Access::create);
        ProjectSchema::create(database);
        Transaction transaction(database);
        MetaTable meta(database);
        meta.set(sourceName, toJson(source));
        meta.set(classesName, toJson(classes));
        setOrigin(meta);
        LabelTable(database, meta).writeDigest();
        transaction.commit();
    });
}

void ProjectFile::write(const QString& path, const std::function<void(const QString&)>& writeAt)
{
    AtomicFile file(path);
    const auto removeLogs = qScopeGuard([&] { Database::removeLogs(file.temporaryPath()); });
    try {
        writeAt(file.temporaryPath());
    } catch (const DatabaseError& error) {
        if (error.isDamage())
            throw;
        file.fail(error.isFull() ? ENOSPC : EIO); // the user knows the file by its own name
    }
    file.commit();
}

ProjectFile::ProjectFile(const QString& path, Database::Access access)
    : m_database(path, access)
    , m_isNewer(isNewer(m_database))
    , m_meta(m_database)
    , m_labels(m_database, m_meta)
    , m_steps(m_database, m_meta, m_labels)
    , m_pieces(m_database)
{
}

ProjectFile::~ProjectFile() = default;

template <typename Write>
auto ProjectFile::inTransaction(Write write)
{
    const LabelTable::Digest labels = m_labels.memento();
    const size_t orphans = m_steps.memento();
    try {
        Transaction transaction(m_database);
        const auto result = write();
        m_labels.writeDigest();
        transaction.commit();
        return result;
    } catch (...) {
        m_labels.restore(labels);
        m_steps.restore(orphans);
        throw;
    }
}

ProjectContents ProjectFile::read(const ProjectVaults& vaults)
{
    ProjectContents contents;
    const auto source = sourceFromJson(m_meta.get(sourceName).value_or(QByteArray()));
    const auto classes = classesFromJson(m_meta.get(classesName).value_or(QByteArray()));
    if (!source || !classes)
        failDamaged(m_database);
    contents.source = *source;
    contents.classes = *classes;
    const QList<QByteArray> voxel =
        m_meta.get(QStringLiteral("voxelNm")).value_or(QByteArray()).split(' ');
    if (voxel.size() == 3)
        contents.voxelSize = {voxel[0].toDouble(), voxel[1].toDouble(), voxel[2].toDouble()};
    contents.labels = m_labels.read(source->size, vaults.tiles);
    readPredictions(contents, vaults);
    contents.steps = m_steps.summaries();
    contents.position = m_steps.position();
    contents.models = m_pieces.models();
    contents.currentModel =
        QString::fromUtf8(m_meta.get(QStringLiteral("model")).value_or(QByteArray()));
    contents.view = m_meta.get(QStringLiteral("view")).value_or(QByteArray());
    return contents;
}

void ProjectFile::readPredictions(ProjectContents& contents, const ProjectVaults& vaults)
{
    const auto rows = m_pieces.predictions();
    const auto newest = std::max_element(rows.begin(), rows.end(), [](auto& one, auto& other) {
        return one.second.id < other.second.id;
    });
    if (newest == rows.end())
        return;
    const int classCount = newest->second.classCount;
    if (classCount < 1 || classCount > Label::maximumClass)
        failDamaged(m_database);
    contents.prediction = Prediction(contents.source.size, classCount);
    for (const auto& [z, row] : rows) {
        if (z < 0 || z >= contents.source.size.slices || row.classCount != classCount)
            continue;
        contents.prediction.setStoredSlice(
            z, std::make_shared<Stored<PredictedSlice>>(vaults.predictions, row.id));
        contents.unsure[z] = row.unsure;
    }
}

std::vector<ProjectFile::Stowed> ProjectFile::putStep(const HistoryStep& step, StepMode mode)
{
    return inTransaction([&] {
        if (mode == StepMode::replace || mode == StepMode::withdraw)
            m_steps.withdraw(step.id);
        Stowing stowing(m_labels);
        if (mode == StepMode::withdraw)
            return stowing.take();
        std::vector<StepTable::Change> changes;
        for (const LabelEdit::Change& change : step.edit.changes())
            changes.push_back({packedKey(change.key.z, change.key.column, change.key.row),
                               stowing.numberOf(change.before), stowing.numberOf(change.after)});
        if (mode == StepMode::extend)
            m_steps.extend(step.id, changes);
        else
            m_steps.append(step, changes);
        return stowing.take();
    });
}

void ProjectFile::moveTo(qint64 position)
{
    inTransaction([&] {
        m_steps.moveTo(position);
        return true;
    });
}

LabelEdit ProjectFile::edit(qint64 step, const std::shared_ptr<Vault<LabelTile>>& vault)
{
    const auto tileOf = [&vault](TileNumber number) {
        return number.id == 0 ? TileRef()
                              : TileRef(vault, number.id, unpackedStates(number.states));
    };
    std::vector<LabelEdit::Change> changes;
    for (const StepTable::Change& change : m_steps.changes(step))
        changes.push_back({unpackedKey(change.key), tileOf(change.before), tileOf(change.after)});
    return LabelEdit(std::move(changes));
}

qint64 ProjectFile::putPrediction(int z, int classCount, double unsure, const PredictedSlice& slice)
{
    return inTransaction([&] { return m_pieces.addPrediction(z, classCount, unsure, slice); });
}

qint64 ProjectFile::putModel(const ModelRecord& model)
{
    return inTransaction([&] { return m_pieces.addModel(model); });
}

void ProjectFile::changeModel(const QString& name, const QString& newName, const QByteArray& notes)
{
    inTransaction([&] {
        m_pieces.changeModel(name, newName, notes);
        return true;
    });
}

void ProjectFile::removeModel(const QString& name)
{
    inTransaction([&] {
        m_pieces.removeModel(name);
        return true;
    });
}

void ProjectFile::put(const QString& name, const QByteArray& value)
{
    inTransaction([&] {
        m_meta.set(name, value);
        return true;
    });
}

void ProjectFile::tidyUp()
{
    inTransaction([&] {
        m_steps.removeOrphans();
        m_pieces.removeOldPredictions();
        return true;
    });
}

} // namespace emend
