// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"
#include "core/store/ProjectFile.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

namespace emend {

class Ballast;

/// How saving stands; driven by the return codes of commits alone.
struct SaveStatus
{
    enum class State {
        saved,   ///< everything is on the disk
        saving,  ///< something is on its way
        notSaved ///< the disk refuses: what was done since then is in memory only
    };

    State state = State::saved;
    QString problem;        ///< one plain sentence, when notSaved
    bool isForGood = false; ///< the file must not be written any more; else it is tried again

    bool operator==(const SaveStatus&) const = default;
};

/// The one thread that touches the project's file: writes in order, reads in between.
///
/// Writes are tried until they succeed: a full disk is asked again every second. After a failure
/// of the disk itself the file is only read, for nobody knows what a second try would write.
class StorageThread
{
public:
    using Task = std::function<void(ProjectFile&)>;

    /// Writes into the file it is given; what it returns is called once that is on the disk.
    using Settle = std::function<void()>;
    using Write = std::function<Settle(ProjectFile&)>;

    /// Opens the file on the new thread and waits for that. Throws Error. changed is called on that
    /// thread when status() is another one.
    StorageThread(const QString& path, Database::Access access, std::function<void()> changed);

    /// Waits until what was posted is on the disk, or cannot be.
    ~StorageThread();

    StorageThread(const StorageThread&) = delete;
    StorageThread& operator=(const StorageThread&) = delete;

    /// Is called whenever everything has come to rest in the file itself, on a thread of its own;
    /// the file is not written meanwhile, what is done goes to its log. isLast: it is being closed,
    /// and job does not stop any more.
    using AtRest = std::function<void(JobContext& job, bool isLast)>;
    void setAtRest(AtRest atRest);

    /// Any thread; returns at once.
    void post(Write write);

    /// How many writes were posted until now.
    qint64 postCount() const;

    /// Runs a reading task before the writes that wait, and waits for it. Throws what it throws.
    void call(const Task& read);

    /// Writes a copy of the project with all that was posted, even what the disk of the project
    /// refuses; waits for it. Throws Error.
    void copyTo(const QString& path);

    /// Waits until every write that was posted is on the disk. False: it cannot be.
    bool flush();

    SaveStatus status() const;

private:
    void run(const QString& path, Database::Access access, std::promise<void>& opened);
    void work(ProjectFile& file);
    void write(ProjectFile& file);
    bool tryWrite(ProjectFile& file, const Write& write);
    bool rest(ProjectFile& file);
    void startAtRest();
    void close(ProjectFile& file);
    void setStatus(SaveStatus status);

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;  ///< for the thread
    std::condition_variable m_moved; ///< for those who wait for it
    std::deque<Write> m_writes;
    qint64 m_postCount = 0;
    std::deque<std::function<void(ProjectFile*)>> m_reads; ///< null: there is no file any more
    SaveStatus m_status;
    bool m_mustEnd = false;
    bool m_hasEnded = false;
    std::function<void()> m_changed;
    std::unique_ptr<Ballast> m_ballast;
    AtRest m_atRest;                           ///< of the storage thread
    std::atomic<bool> m_mustStandStill{false}; ///< no checkpoint now
    std::jthread m_atRestThread;
    std::thread m_thread;
};

} // namespace emend
