// SPDX-License-Identifier: Apache-2.0
#include "core/store/ProjectStore.h"

#include "core/store/Backups.h"
#include "core/store/ForeignLog.h"
#include "core/store/ProjectLock.h"
#include "core/store/ProjectSchema.h"
#include "core/store/ReadableCopy.h"
#include "core/store/RecentValues.h"
#include "core/store/WorkingCopy.h"

#include <QFile>
#include <QFileInfo>

#include <set>
#include <unistd.h>

namespace emend {

namespace {

constexpr size_t mostTiles = 4096; ///< 256 MB
constexpr size_t mostPredictedSlices = 16;

bool canWrite(const QString& path)
{
    return ::access(QFile::encodeName(path).constData(), W_OK) == 0;
}

/// Why a project must not be written, or cannot be; empty where nothing speaks against it.
QString reasonToOnlyLook(const QString& path)
{
    const QString name = QFileInfo(path).fileName();
    if (ProjectSchema::kindOf(path) != ProjectSchema::Kind::project)
        return {}; // opening it says what is wrong
    if (ProjectSchema::versionOf(path) > ProjectSchema::version)
        return ProjectStore::tr("%1 was made by a newer Emend, so you can look at it and export, "
                                "but not work on it. Update Emend to go on.")
            .arg(name);
    if (!canWrite(path) || !canWrite(QFileInfo(path).path()))
        return ProjectStore::tr("%1 cannot be written where it is. Save it under another name to "
                                "work on it.")
            .arg(name);
    return {};
}

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
            thread->call(
                [&value, id, read = m_read](ProjectFile& file) { value = (file.*read)(id); });
        if (value)
            m_recent.add(id, value);
        else if (m_thread)
            noteDamage(id);
        return value;
    }

    void remember(qint64 id, std::shared_ptr<const T> value) { m_recent.add(id, std::move(value)); }

    /// Null: the project is closed, nothing can be fetched any more.
    void setThread(StorageThread* thread) { m_thread = thread; }

    /// Called once for each value that is damaged, on the thread that asked for it.
    void setOnDamage(std::function<void(qint64)> onDamage) { m_onDamage = std::move(onDamage); }

private:
    void noteDamage(qint64 id)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_damaged.insert(id).second)
                return;
        }
        if (m_onDamage)
            m_onDamage(id);
    }

    Read m_read;
    RecentValues<T> m_recent;
    std::atomic<StorageThread*> m_thread = nullptr;
    std::function<void(qint64)> m_onDamage;
    std::mutex m_mutex;
    std::set<qint64> m_damaged;
};

ProjectStore::ProjectStore(const QString& path, Mode mode, QObject* parent)
    : QObject(parent)
    , m_path(path)
    , m_whyReadOnly(mode == Mode::edit ? reasonToOnlyLook(path) : QString())
    , m_mode(m_whyReadOnly.isEmpty() ? mode : Mode::look)
    , m_tiles(std::make_shared<Tiles>(&ProjectFile::tile, mostTiles))
    , m_predictions(std::make_shared<Predictions>(&ProjectFile::prediction, mostPredictedSlices))
{
    QString file = path;
    if (m_mode == Mode::edit) {
        m_lock = std::make_unique<ProjectLock>(path);
        if (WorkingCopy::isNeeded(path)) {
            m_working = std::make_unique<WorkingCopy>(path);
            file = m_working->path();
        }
        setAsideForeignLog(file);
        m_wasRecovered = QFileInfo(file + QStringLiteral("-wal")).size() > 0;
    } else {
        m_copy = std::make_unique<ReadableCopy>(path);
        file = m_copy->path();
    }
    const auto access =
        m_mode == Mode::edit ? Database::Access::readWrite : Database::Access::readOnly;
    const auto changed = [this] {
        QMetaObject::invokeMethod(this, &ProjectStore::statusChanged, Qt::QueuedConnection);
    };
    m_thread = std::make_unique<StorageThread>(file, access, changed);
    m_tiles->setThread(m_thread.get());
    m_tiles->setOnDamage([this](qint64 tile) {
        QMetaObject::invokeMethod(
            this, [this, tile] { Q_EMIT damageFound(tile); }, Qt::QueuedConnection);
    });
    m_predictions->setThread(m_thread.get());
    m_thread->call([this](ProjectFile& file) { m_contents = file.read({m_tiles, m_predictions}); });
    if (m_mode == Mode::edit)
        m_thread->setAtRest([this](JobContext& job, bool isLast) { atRest(job, isLast); });
}

ProjectStore::~ProjectStore()
{
    m_tiles->setThread(nullptr);
    m_predictions->setThread(nullptr);
    m_thread.reset(); // before the lock goes
}

bool ProjectStore::hadNewerWork() const
{
    return m_working && m_working->hadNewerWork();
}

void ProjectStore::atRest(JobContext& job, bool isLast)
{
    if (m_working)
        bringBack(job);
    const Backups backups(m_path, m_working ? m_working->path() : m_path);
    if (!isLast && m_hasNewWork && backups.isDue())
        backups.make(job);
}

void ProjectStore::bringBack(JobContext& job)
{
    try {
        const QString where = m_working->bringBack(job);
        sayOfNetwork(QFileInfo(where) == QFileInfo(m_path)
                         ? QString()
                         : tr("Somebody else has changed %1 meanwhile. Your work is "
                              "beside it, as %2.")
                               .arg(QFileInfo(m_path).fileName(), QFileInfo(where).fileName()));
    } catch (const Error&) {
        sayOfNetwork(
            tr("The network folder of %1 cannot be written now. Your work is saved on this "
               "computer and goes there as soon as it can.")
                .arg(QFileInfo(m_path).fileName()));
    }
}

void ProjectStore::sayOfNetwork(const QString& text)
{
    if (text == m_networkText)
        return;
    m_networkText = text;
    if (!text.isEmpty())
        QMetaObject::invokeMethod(
            this, [this, text] { Q_EMIT networkTrouble(text); }, Qt::QueuedConnection);
}

void ProjectStore::post(StorageThread::Write write)
{
    if (!isReadOnly())
        m_thread->post(std::move(write));
}

void ProjectStore::putStep(HistoryStep step, StepMode mode)
{
    m_hasNewWork = true;
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

void ProjectStore::changeModel(const QString& name, const QString& newName, const QByteArray& notes)
{
    post([name, newName, notes](ProjectFile& file) {
        file.changeModel(name, newName, notes);
        return nullptr;
    });
}

void ProjectStore::removeModel(const QString& name)
{
    post([name](ProjectFile& file) {
        file.removeModel(name);
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

void ProjectStore::putCurrentModel(const QString& name)
{
    put(QStringLiteral("model"), name.toUtf8());
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
