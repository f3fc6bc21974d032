// SPDX-License-Identifier: Apache-2.0
#include "core/store/ProjectStore.h"

#include "core/store/ForeignLog.h"
#include "core/store/ProjectLock.h"
#include "core/store/ReadableCopy.h"
#include "core/store/RecentValues.h"

#include <QFileInfo>

namespace emend {

namespace {

constexpr size_t mostTiles = 4096; ///< 256 MB
constexpr size_t mostPredictedSlices = 16;

} // namespace

/// Asks the storage thread, and remembers what was asked for or stowed a moment ago.
template <typename T>
class ProjectStore::ThreadVault : public Vault<T>
{
public:
    using Read = std::shared_ptr<const T> (ProjectFile::*)(qint64);

    ThreadVault(Read read, size_t mostRecent)
        : m_read(read)
        , m_recent(mostRecent)
    {
    }

    std::shared_ptr<const T> load(qint64 id) override
    {
        if (auto recent = m_recent.find(id))
            return recent;
        std::shared_ptr<const T> value;
        if (StorageThread* thread = m_thread)
            thread->call([&](ProjectFile& file) { value = (file.*m_read)(id); });
        if (value)
            m_recent.add(id, value);
        return value;
    }

    void remember(qint64 id, std::shared_ptr<const T> value) { m_recent.add(id, std::move(value)); }

    /// Null: the project is closed, nothing can be fetched any more.
    void setThread(StorageThread* thread) { m_thread = thread; }

private:
    Read m_read;
    RecentValues<T> m_recent;
    std::atomic<StorageThread*> m_thread = nullptr;
};

ProjectStore::ProjectStore(const QString& path, Mode mode, QObject* parent)
    : QObject(parent)
    , m_path(path)
    , m_mode(mode)
    , m_wasRecovered(QFileInfo(path + QStringLiteral("-wal")).size() > 0)
    , m_tiles(std::make_shared<Tiles>(&ProjectFile::tile, mostTiles))
    , m_predictions(std::make_shared<Predictions>(&ProjectFile::prediction, mostPredictedSlices))
{
    if (mode == Mode::edit) {
        m_lock = std::make_unique<ProjectLock>(path);
        setAsideForeignLog(path);
    } else {
        m_copy = std::make_unique<ReadableCopy>(path);
    }
    const auto access =
        mode == Mode::edit ? Database::Access::readWrite : Database::Access::readOnly;
    const auto changed = [this] {
        QMetaObject::invokeMethod(this, &ProjectStore::statusChanged, Qt::QueuedConnection);
    };
    m_thread = std::make_unique<StorageThread>(m_copy ? m_copy->path() : path, access, changed);
    m_tiles->setThread(m_thread.get());
    m_predictions->setThread(m_thread.get());
    m_thread->call([this](ProjectFile& file) { m_contents = file.read({m_tiles, m_predictions}); });
}

ProjectStore::~ProjectStore()
{
    m_tiles->setThread(nullptr);
    m_predictions->setThread(nullptr);
    m_thread.reset(); // before the lock goes
}

void ProjectStore::post(StorageThread::Write write)
{
    if (!isReadOnly())
        m_thread->post(std::move(write));
}

void ProjectStore::putStep(HistoryStep step, StepMode mode)
{
    post([tiles = m_tiles, step = std::move(step), mode](ProjectFile& file) {
        return [tiles, stowed = file.putStep(step, mode)] {
            for (const ProjectFile::Stowed& one : stowed) {
                tiles->remember(one.id, one.tile.labels());
                one.tile.stored().moveTo(tiles, one.id);
            }
        };
    });
}

void ProjectStore::moveTo(qint64 step)
{
    post([step](ProjectFile& file) {
        file.moveTo(step);
        return nullptr;
    });
}

LabelEdit ProjectStore::edit(qint64 step)
{
    LabelEdit edit;
    m_thread->flush(); // it may be on its way
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
        const qint64 id = file.putPrediction(z, classCount, unsure, *slice->value());
        return [predictions, slice, id] {
            slice->moveTo(predictions, id);
        };
    });
}

void ProjectStore::putModel(ModelRecord model)
{
    post([model = std::move(model)](ProjectFile& file) {
        file.putModel(model);
        return nullptr;
    });
}

void ProjectStore::put(const QString& name, QByteArray value)
{
    post([name, value = std::move(value)](ProjectFile& file) {
        file.put(name, value);
        return nullptr;
    });
}

void ProjectStore::putSource(const SourceRecord& source)
{
    put(QStringLiteral("source"), toJson(source));
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
