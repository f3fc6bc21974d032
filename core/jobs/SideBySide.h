// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QThread>

#include <algorithm>
#include <atomic>
#include <future>
#include <vector>

namespace emend {

/// work(0) to work(count - 1), each once, in any order, on this thread and on some more, one for
/// each further core, but on no more than mostThreads. Returns when all of them are done. What one
/// of them throws is thrown then; some of the rest may be left undone.
template <typename Work>
void sideBySide(int count, int mostThreads, Work work)
{
    std::atomic<int> next = 0;
    const auto takeSome = [&] {
        for (int i = next++; i < count; i = next++)
            work(i);
    };
    const int threads = std::min({count, mostThreads, QThread::idealThreadCount()});
    std::vector<std::future<void>> others; // wait for their threads when they go out of scope
    for (int t = 1; t < threads; ++t)
        others.push_back(std::async(std::launch::async, takeSome));
    takeSome();
    for (std::future<void>& other : others)
        other.get();
}

} // namespace emend
