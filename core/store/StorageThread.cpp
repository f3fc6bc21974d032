// SPDX-License-Identifier: Apache-2.0
#include "core/store/StorageThread.h"

#include "core/store/Ballast.h"

#include <QCoreApplication>

#include <chrono>
#include <future>

namespace emend {

namespace {

using namespace std::chrono_literals;

constexpr auto untilRetry = 1s;      ///< while the disk is full
constexpr auto untilTidying = 2s;    ///< of rest, before the log goes into the file
constexpr qint64 longLog = 16 << 20; ///< then it goes into the file without waiting for rest

} // namespace

StorageThread::StorageThread(const QString& path, Database::Access access,
                             std::function<void()> changed)
    : m_changed(std::move(changed))
{
    std::promise<void> opened;
    std::future<void> isOpen = opened.get_future();
    m_thread = std::thread([this, path, access, &opened] { run(path, access, opened); });
    try {
        isOpen.get();
    } catch (...) {
        m_thread.join();
        throw;
    }
}

StorageThread::~StorageThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_mustEnd = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void StorageThread::run(const QString& path, Database::Access access, std::promise<void>& opened)
{
    std::unique_ptr<ProjectFile> file;
    try {
        file = std::make_unique<ProjectFile>(path, access);
        if (access == Database::Access::readWrite)
            m_ballast = std::make_unique<Ballast>(path);
    } catch (...) {
        opened.set_exception(std::current_exception());
        return;
    }
    opened.set_value();
    work(*file);
    close(*file);
    m_ballast.reset();
}

void StorageThread::work(ProjectFile& file)
{
    bool isTidy = true;
    std::unique_lock lock(m_mutex);
    while (true) {
        if (!m_reads.empty()) {
            const auto read = std::move(m_reads.front());
            m_reads.pop_front();
            lock.unlock();
            read(&file);
            lock.lock();
            continue;
        }
        const bool mayWrite = !m_writes.empty() && !m_status.isForGood;
        if (mayWrite) {
            const bool isLastTry = m_mustEnd; // there may be room again since the one before
            lock.unlock();
            write(file);
            isTidy = false;
            lock.lock();
            const bool mustWait = m_status.state == SaveStatus::State::notSaved;
            if (isLastTry && mustWait)
                return;
            if (mustWait)
                m_wake.wait_for(lock, untilRetry, [this] { return !m_reads.empty() || m_mustEnd; });
            continue;
        }
        if (m_mustEnd)
            return;
        const auto isWanted = [this] {
            return !m_reads.empty() || m_mustEnd || (!m_writes.empty() && !m_status.isForGood);
        };
        if (isTidy)
            m_wake.wait(lock, isWanted);
        else if (!m_wake.wait_for(lock, untilTidying, isWanted)) {
            lock.unlock();
            isTidy = rest(file);
            lock.lock();
        }
    }
}

void StorageThread::write(ProjectFile& file)
{
    Write next;
    {
        const std::lock_guard lock(m_mutex);
        next = m_writes.front();
    }
    if (!tryWrite(file, next))
        return;
    bool isLast = false;
    {
        const std::lock_guard lock(m_mutex);
        m_writes.pop_front();
        isLast = m_writes.empty();
    }
    setStatus({isLast ? SaveStatus::State::saved : SaveStatus::State::saving, {}, false});
    if (!m_mustStandStill && file.database().logBytes() > longLog)
        file.database().checkpoint(Database::Checkpoint::passive);
}

bool StorageThread::tryWrite(ProjectFile& file, const Write& write)
{
    for (bool isSecondTry : {false, true}) {
        try {
            if (const Settle settle = write(file))
                settle();
            return true;
        } catch (const DatabaseError& error) {
            if (error.isFull() && !isSecondTry && m_ballast && m_ballast->drop())
                continue;
            setStatus({SaveStatus::State::notSaved, error.text(), !error.isFull()});
        } catch (const std::exception&) {
            setStatus({SaveStatus::State::notSaved,
                       QCoreApplication::translate(
                           "StorageThread", "There is not enough memory to save. Close other "
                                            "programs, and saving goes on by itself."),
                       false});
        }
        return false;
    }
    return false;
}

/// False: not yet, the file has to stand still.
bool StorageThread::rest(ProjectFile& file)
{
    if (m_mustStandStill)
        return false;
    const bool isAllInTheFile = file.database().checkpoint(Database::Checkpoint::passive);
    if (m_ballast && status().state == SaveStatus::State::saved)
        m_ballast->restore();
    if (isAllInTheFile && m_atRest)
        startAtRest();
    return true;
}

void StorageThread::startAtRest()
{
    m_mustStandStill = true;
    m_atRestThread = std::jthread([this](const std::stop_token& stop) {
        JobContext job(stop, {});
        try {
            m_atRest(job, false);
        } catch (const std::exception&) {
            // Stopped; whatever went wrong otherwise was said by what has been called.
        }
        m_mustStandStill = false;
    });
}

void StorageThread::setAtRest(AtRest atRest)
{
    call([&](ProjectFile&) { m_atRest = std::move(atRest); });
}

void StorageThread::close(ProjectFile& file)
{
    std::deque<std::function<void(ProjectFile*)>> reads;
    bool isSound = false;
    {
        const std::lock_guard lock(m_mutex);
        m_hasEnded = true;
        reads.swap(m_reads);
        isSound = m_ballast && m_writes.empty() && !m_status.isForGood;
    }
    m_moved.notify_all();
    for (const auto& read : reads)
        read(nullptr);
    m_atRestThread = {}; // asks it to stop, and waits
    if (!isSound)
        return;
    try {
        file.tidyUp();
        JobContext job;
        if (file.database().checkpoint(Database::Checkpoint::truncate) && m_atRest)
            m_atRest(job, true);
    } catch (const std::exception&) {
        // Everything is on the disk already; only the room was not made.
    }
}

void StorageThread::post(Write write)
{
    {
        const std::lock_guard lock(m_mutex);
        m_writes.push_back(std::move(write));
        ++m_postCount;
    }
    m_wake.notify_all();
    SaveStatus now = status();
    if (now.state == SaveStatus::State::saved)
        setStatus({SaveStatus::State::saving, {}, false});
}

void StorageThread::call(const Task& read)
{
    std::promise<void> done;
    {
        const std::lock_guard lock(m_mutex);
        if (m_hasEnded)
            return;
        m_reads.push_back([&](ProjectFile* file) {
            try {
                if (file)
                    read(*file);
                done.set_value();
            } catch (...) {
                done.set_exception(std::current_exception());
            }
        });
    }
    m_wake.notify_all();
    done.get_future().get();
}

qint64 StorageThread::postCount() const
{
    const std::lock_guard lock(m_mutex);
    return m_postCount;
}

void StorageThread::copyTo(const QString& path)
{
    call([&](ProjectFile& file) {
        std::deque<Write> waiting;
        {
            const std::lock_guard lock(m_mutex);
            waiting = m_writes;
        }
        ProjectFile::write(path, [&](const QString& temporaryPath) {
            file.database().copyTo(temporaryPath);
            ProjectFile copy(temporaryPath, Database::Access::readWrite);
            for (const Write& write : waiting)
                write(copy); // not settled: the tiles stay with the project itself
            if (!copy.database().checkpoint(Database::Checkpoint::truncate))
                copy.database().fail();
        });
    });
}

bool StorageThread::flush()
{
    std::unique_lock lock(m_mutex);
    m_moved.wait(lock, [this] {
        return m_hasEnded || m_writes.empty() || m_status.state == SaveStatus::State::notSaved;
    });
    return m_writes.empty();
}

SaveStatus StorageThread::status() const
{
    const std::lock_guard lock(m_mutex);
    return m_status;
}

void StorageThread::setStatus(SaveStatus status)
{
    {
        const std::lock_guard lock(m_mutex);
        if (status.state == SaveStatus::State::saved && !m_writes.empty())
            status.state = SaveStatus::State::saving;
        if (status.state == SaveStatus::State::saving && m_writes.empty())
            status.state = SaveStatus::State::saved;
        if (m_status == status) {
            m_moved.notify_all();
            return;
        }
        m_status = std::move(status);
    }
    m_moved.notify_all();
    if (m_changed)
        m_changed();
}

} // namespace emend
