// SPDX-License-Identifier: Apache-2.0
#include "core/image/TileLoader.h"

#include "core/Error.h"

#include <QMetaObject>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace emend {

namespace {

// More than a screenful of steps back is no longer looked at.
constexpr size_t pendingMost = 32;
constexpr int threadCount = 2;

struct Request
{
    int z = 0;
    Rect rect;
    int scale = 1;

    bool operator==(const Request&) const = default;
};

} // namespace

struct TileLoader::Queue
{
    explicit Queue(TileLoader& owner, std::shared_ptr<const ImageStack> stack)
        : loader(owner)
        , stack(std::move(stack))
    {
        for (int i = 0; i < threadCount; ++i)
            threads.emplace_back([this](std::stop_token stop) { work(stop); });
    }

    ~Queue()
    {
        for (std::jthread& thread : threads)
            thread.request_stop();
        threads.clear(); // joins: nothing is announced after this
    }

    void add(const Request& request)
    {
        {
            const std::lock_guard lock(mutex);
            if (std::find(running.begin(), running.end(), request) != running.end())
                return;
            std::erase(pending, request);
            pending.push_back(request);
            if (pending.size() > pendingMost)
                pending.pop_front();
        }
        added.notify_one();
    }

    void clear()
    {
        const std::lock_guard lock(mutex);
        pending.clear();
    }

    void work(std::stop_token stop)
    {
        while (true) {
            Request request;
            {
                std::unique_lock lock(mutex);
                if (!added.wait(lock, stop, [this] { return !pending.empty(); }))
                    return;
                request = pending.back();
                pending.pop_back();
                running.push_back(request);
            }
            serve(request);
        }
    }

    void serve(const Request& request)
    {
        QString failure;
        try {
            stack->read(request.z, request.rect, request.scale);
        } catch (const std::exception& error) {
            failure = QString::fromUtf8(error.what());
        }
        {
            const std::lock_guard lock(mutex);
            std::erase(running, request);
        }
        // Through the event loop, so that every listener is called on the loader's own thread.
        TileLoader* target = &loader;
        QMetaObject::invokeMethod(
            target,
            [target, request, failure] {
                if (failure.isEmpty())
                    Q_EMIT target->loaded(request.z, request.rect, request.scale);
                else
                    Q_EMIT target->failed(failure);
            },
            Qt::QueuedConnection);
    }

    TileLoader& loader;
    std::shared_ptr<const ImageStack> stack;
    std::mutex mutex;
    std::condition_variable_any added;
    std::deque<Request> pending; // the newest last
    std::vector<Request> running;
    std::vector<std::jthread> threads;
};

TileLoader::TileLoader(std::shared_ptr<const ImageStack> stack, QObject* parent)
    : QObject(parent)
    , m_queue(std::make_unique<Queue>(*this, std::move(stack)))
{
}

TileLoader::~TileLoader() = default;

void TileLoader::request(int z, Rect rect, int scale)
{
    m_queue->add({z, rect, scale});
}

void TileLoader::dropPending()
{
    m_queue->clear();
}

} // namespace emend
