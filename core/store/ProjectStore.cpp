// SPDX-License-Identifier: Apache-2.0
#include "core/store/ProjectStore.h"

#include "core/store/ProjectLock.h"
#include "core/store/ReadableCopy.h"
#include "core/store/RecentValues.h"

namespace emend {

namespace {

constexpr size_t mostTiles = 4096; ///< 256 MB
constexpr size_t mostPredictedSlices = 16;

} // namespace

/// Both vaults ask the storage thread, and remember what was asked for or stowed a moment ago.
class ProjectStore::Tiles : public Vault<LabelTile>
{
public:
    std::shared_ptr<const LabelTile> load(qint64 id) override
    {
        if (auto recent = m_recent.find(id))
            return recent;
        std::shared_ptr<const LabelTile> tile;
        if (StorageThread* thread = m_thread)
            thread->call([&](ProjectFile& file) { tile = file.tile(id); });
        if (tile)
            m_recent.add(id, tile);
        return tile;
    }

    void remember(qint64 id, std::shared_ptr<const LabelTile> tile)
    {
        m_recent.add(id, std::move(tile));
    }

    std::atomic<StorageThread*> m_thread = nullptr; ///< null: the project is closed

private:
    RecentValues<LabelTile> m_recent{mostTiles};
};

class ProjectStore::Predictions : public Vault<PredictedSlice>
{
public:
    std::shared_ptr<const PredictedSlice> load(qint64 id) override
    {
        if (auto recent = m_recent.find(id))
            return recent;
        std::shared_ptr<const PredictedSlice> slice;
        if (StorageThread* thread = m_thread)
            thread->call([&](ProjectFile& file) { slice = file.prediction(id); });
        if (slice)
            m_recent.add(id, slice);
        return slice;
    }

    std::atomic<StorageThread*> m_thread = nullptr;

private:
    RecentValues<PredictedSlice> m_recent{mostPredictedSlices};
};

ProjectStore::ProjectStore(const QString& path, Mode mode, QObject* parent)
    : QObject(parent)
    , m_path(path)
    , m_mode(mode)
    , m_tiles(std::make_shared<Tiles>())
    , m_predictions(std::make_shared<Predictions>())
{
    if (mode == Mode::edit)
        m_lock = std::make_unique<ProjectLock>(path);
    else
        m_copy = std::make_unique<ReadableCopy>(path);
    const auto access =
        mode == Mode::edit ? Database::Access::readWrite : Database::Access::readOnly;
    const auto changed = [this] {
        QMetaObject::invokeMethod(this, &ProjectStore::statusChanged, Qt::QueuedConnection);
    };
    m_thread = std::make_unique<StorageThread>(m_copy ? m_copy->path() : path, access, changed);
    m_tiles->m_thread = m_thread.get();
    m_predictions->m_thread = m_thread.get();
    m_thread->call([this](ProjectFile& file) { m_contents = file.read({m_tiles, m_predictions}); });
}

ProjectStore::~ProjectStore()
{
    m_tiles->m_thread = nullptr;
    m_predictions->m_thread = nullptr;
    m_thread.reset(); // before the lock goes
}

void ProjectStore::post(StorageThread::Task write)
{
    if (!isReadOnly())
        m_thread->post(std::move(write));
}

void ProjectStore::putStep(HistoryStep step, StepMode mode)
{
    post([tiles = m_tiles, step = std::move(step), mode](ProjectFile& file) {
        for (const ProjectFile::Stowed& stowed : file.putStep(step, mode)) {
            tiles->remember(stowed.id, stowed.tile.labels());
            stowed.tile.stored().moveTo(tiles, stowed.id);
        }
    });
}

void ProjectStore::moveTo(qint64 step)
{
    post([step](ProjectFile& file) { file.moveTo(step); });
}

LabelEdit ProjectStore::edit(qint64 step)
{
    LabelEdit edit;
    m_thread->call([&](ProjectFile& file) { edit = file.edit(step, m_tiles); });
    return edit;
}

void ProjectStore::putPrediction(int z, const Prediction& prediction, double unsure)
{
    const Prediction::StoredSlice slice = prediction.storedSlice(z);
    if (!slice || slice->id() != 0)
        return;
    post([predictions = m_predictions, z, classCount = prediction.classCount(), unsure,
          slice](ProjectFile& file) {
        slice->moveTo(predictions, file.putPrediction(z, classCount, unsure, *slice->value()));
    });
}

void ProjectStore::putModel(ModelRecord model)
{
    post([model = std::move(model)](ProjectFile& file) { file.putModel(model); });
}

void ProjectStore::put(const QString& name, QByteArray value)
{
    post([name, value = std::move(value)](ProjectFile& file) { file.put(name, value); });
}

void ProjectStore::putClasses(const ClassTable& classes)
{
    put(QStringLiteral("classes"), toJson(classes));
}

void ProjectStore::putVoxelSize(VoxelSize size)
{
    put(QStringLiteral("voxelNm"), QByteArray::number(size.xNm, 'g', 17) + ' ' +
                                       QByteArray::number(size.yNm, 'g', 17) + ' ' +
                                       QByteArray::number(size.zNm, 'g', 17));
}

} // namespace emend
