// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace emend {

/// Does so many pieces of work on all threads: work(first, end) for some that lie side by side, as
/// long as there are any left. Who is done early takes more, so that nobody waits for a core that
/// others slow down; what is taken at once becomes less towards the end. LibTorch's own loop gives
/// every thread as much, whatever becomes of it.
///
/// Any thread; work is called on several at a time. What it throws comes out when all are done.
template <typename Work>
void shareWork(int64_t count, const Work& work)
{
    const int64_t threads = std::min<int64_t>(at::get_num_threads(), count);
    std::atomic<int64_t> next = 0;
    const auto takeWhatIsLeft = [&](int64_t, int64_t) {
        for (int64_t first = next; first < count;) {
            const int64_t some = std::max<int64_t>(1, (count - first) / (2 * threads));
            if (next.compare_exchange_weak(first, first + some)) {
                work(first, first + some);
                first = next;
            }
        }
    };
    at::parallel_for(0, threads, 1, takeWhatIsLeft);
}

} // namespace emend
