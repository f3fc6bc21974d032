// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Interrupt.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <thread>
#include <unistd.h>

namespace emend {

namespace {

constexpr std::array<int, 3> watchedSignals = {SIGINT, SIGTERM, SIGHUP};

// A signal handler may do little more than write to a descriptor.
volatile std::sig_atomic_t wakeDescriptor = -1;

void wake(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = write(wakeDescriptor, &byte, 1);
}

/// The watching thread must not be the one that a signal interrupts.
void leaveSignalsToOtherThreads()
{
    sigset_t watched;
    sigemptyset(&watched);
    for (const int signal : watchedSignals)
        sigaddset(&watched, signal);
    pthread_sigmask(SIG_BLOCK, &watched, nullptr);
}

/// 0 where nothing could be read.
char nextByte(int descriptor)
{
    char byte = 0;
    ssize_t count = 0;
    do {
        count = read(descriptor, &byte, 1);
    } while (count < 0 && errno == EINTR);
    return count == 1 ? byte : char(0);
}

} // namespace

struct Interrupt::Watcher
{
    int readEnd = -1;
    int writeEnd = -1;
    std::array<struct sigaction, watchedSignals.size()> previous{};
    std::thread thread;
};

Interrupt::Interrupt()
    : m_watcher(new Watcher)
{
    int ends[2];
    if (pipe(ends) != 0)
        return; // without a pipe the signals keep their default meaning
    m_watcher->readEnd = ends[0];
    m_watcher->writeEnd = ends[1];
    wakeDescriptor = ends[1];

    m_watcher->thread = std::thread([this] {
        leaveSignalsToOtherThreads();
        if (nextByte(m_watcher->readEnd) == 1)
            m_stop.request_stop();
    });
    struct sigaction action = {};
    action.sa_handler = wake;
    action.sa_flags = SA_RESTART;
    for (size_t i = 0; i < watchedSignals.size(); ++i)
        sigaction(watchedSignals[i], &action, &m_watcher->previous[i]);
}

Interrupt::~Interrupt()
{
    if (m_watcher->thread.joinable()) {
        for (size_t i = 0; i < watchedSignals.size(); ++i)
            sigaction(watchedSignals[i], &m_watcher->previous[i], nullptr);
        const char end = 0;
        [[maybe_unused]] const ssize_t written = write(m_watcher->writeEnd, &end, 1);
        m_watcher->thread.join();
        wakeDescriptor = -1;
        close(m_watcher->readEnd);
        close(m_watcher->writeEnd);
    }
    delete m_watcher;
}

} // namespace emend
