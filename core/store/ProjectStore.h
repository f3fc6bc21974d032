// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/ProjectFile.h"
#include "core/store/StorageThread.h"

#include <QObject>

#include <atomic>
#include <memory>

namespace emend {

class ProjectLock;
class ReadableCopy;
class WorkingCopy;

/// An open project file: what is done goes to the disk by itself, in order, while work goes on.
///
/// Lives on the GUI thread, owned by the Session; a storage thread of its own is the only one to
/// touch the file. Functions that put return at once and hand over shared tiles, no pixels.
/// Destroying it waits until everything is on the disk.
class ProjectStore : public QObject
{
    Q_OBJECT

public:
    enum class Mode {
        edit, ///< alone: refused while another Emend has the project
        look  ///< nothing is written; what was not yet in the file itself is read, too
    };

    /// Opens a project and reads what it says; its tiles are read when they are asked for. May
    /// take a second: call it from a job, then move it to the GUI thread. What cannot be written,
    /// or must not be as a newer Emend made it, is opened to look at. Throws Error; ProjectInUse
    /// where another Emend has it.
    ProjectStore(const QString& path, Mode mode, QObject* parent = nullptr);
    ~ProjectStore() override;

    const QString& path() const { return m_path; }

    /// It is in a network folder: saved on this computer at once, there a moment later.
    bool isOnNetwork() const { return m_working != nullptr; }

    /// What had been done here the last time, but was not yet on the network, is in it.
    bool hadNewerWork() const;

    bool isReadOnly() const { return m_mode == Mode::look; }

    /// Why it can only be looked at although it was to be edited, in one sentence; else empty.
    const QString& whyReadOnly() const { return m_whyReadOnly; }

    /// The program that had it last was killed: what was on its way into the file is in it now.
    bool wasRecovered() const { return m_wasRecovered; }

    /// What was in the file when it was opened. Once.
    ProjectContents takeContents() { return std::move(m_contents); }

    SaveStatus status() const { return m_thread->status(); }

    void putStep(HistoryStep step, StepMode mode = StepMode::append);

    /// Undo and redo: this step is the last one done now (0: none).
    void moveTo(qint64 step);

    /// The edit of a step that is in the file. Waits for the disk. Throws Error where it is
    /// damaged.
    LabelEdit edit(qint64 step);

    /// unsure: the mean uncertainty of the slice, 0..255.
    void putPrediction(int z, const Prediction& prediction, double unsure);
    void putModel(ModelRecord model);

    /// Models are known by their names, which the caller keeps apart.
    void changeModel(const QString& name, const QString& newName, const QByteArray& notes);
    void removeModel(const QString& name);
    void put(const QString& name, QByteArray value);

    void putSource(const SourceRecord& source);
    void putClasses(const ClassTable& classes);
    void putVoxelSize(VoxelSize size);

    /// Waits until everything is on the disk. False: the disk refuses, status() says why.
    bool flush() { return m_thread->flush(); }

    /// A copy with all that was put, even what the disk refuses. Waits; any thread. Throws Error.
    void copyTo(const QString& path) { m_thread->copyTo(path); }

    /// How often something was put until now.
    qint64 putCount() const { return m_thread->postCount(); }

    void putCurrentModel(const QString& name);

Q_SIGNALS:
    void statusChanged();

    /// What the file holds of this tile (its TileRef has this number) cannot be read. Once a tile.
    void damageFound(qint64 tile);

    /// What has to be said about the network folder, in one sentence.
    void networkTrouble(const QString& text);

private:
    template <typename T>
    class ThreadVault; // in ProjectStore.cpp
    using Tiles = ThreadVault<LabelTile>;
    using Predictions = ThreadVault<PredictedSlice>;

    void post(StorageThread::Write write);
    void atRest(JobContext& job, bool isLast);
    void bringBack(JobContext& job);
    void sayOfNetwork(const QString& text);

    QString m_path;
    QString m_whyReadOnly;
    Mode m_mode;
    bool m_wasRecovered = false;
    std::atomic<bool> m_hasNewWork = false; ///< labels have changed since it was opened
    std::unique_ptr<ProjectLock> m_lock;
    std::unique_ptr<ReadableCopy> m_copy;
    std::unique_ptr<WorkingCopy> m_working;
    QString m_networkText; ///< what was said last; of the thread that works at rest
    std::shared_ptr<Tiles> m_tiles;
    std::shared_ptr<Predictions> m_predictions;
    ProjectContents m_contents;
    std::unique_ptr<StorageThread> m_thread;
};

} // namespace emend
