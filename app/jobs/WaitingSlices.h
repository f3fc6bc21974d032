// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"
#include "models/cells/DecidedMembranes.h"
#include "models/cells/SectionPieces.h"

#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <semaphore>
#include <vector>

namespace emend {

/// A slice and those beside it.
struct SliceWindow
{
    int first = 0;
    int last = -1;

    bool contains(int z) const { return z >= first && z <= last; }
};

/// Answers of a network on their way to who asked for them. Each is cut into pieces as soon as it
/// is there; its borders are judged when those beside it are cut, too; and they are handed over one
/// after the other, in order. All of it goes on beside the network, with several slices at once.
///
/// Lives within the run() of a job, on its thread; waits for all that was begun when it ends.
/// Whatever fails on the way, or in the sink, is thrown by the next handOver() or by finish(), and
/// nothing is handed over after it.
class WaitingSlices
{
public:
    /// What slices are judged by.
    struct Stack
    {
        VolumeSize size;
        double pixelNm = 0;
        int membrane = 0; ///< the class; 0: none is, and nothing is judged
        DecidedMembranes decided;
    };

    /// Called for one slice at a time, on any thread.
    using Sink = std::function<void(int z, ProbabilityMap asLearned, const MembraneBorders&)>;

    /// sink must outlive it. mostAtOnce: slices that are judged and handed over while the network
    /// goes on; 0: it waits for each.
    WaitingSlices(Stack stack, const Sink& sink, int mostAtOnce);

    /// A slice that people decided about all over, only for those beside it.
    void addDecided(int z);

    /// isAsked: handOver() is to come for it; else it is only for those beside it.
    void add(int z, ProbabilityMap map, bool isAsked);

    /// Hands slice z over, later, and forgets all but what is needed next. Waits while too many
    /// are on their way.
    void handOver(int z, const SliceWindow& next);

    /// Waits for all of them.
    void finish();

private:
    struct Slice
    {
        ProbabilityMap map;                  ///< empty where it is only for those beside it
        std::optional<SectionPieces> pieces; ///< none where the model knows no membranes
    };

    using FutureSlice = std::shared_future<std::shared_ptr<Slice>>;

    template <typename Work>
    void begin(int z, Work work);
    void judgeAndHandOver(int z, const FutureSlice& future, const std::vector<FutureSlice>& beside,
                          std::future<void> before) const;
    GreyPlane membraneOf(int z, const ProbabilityMap& map) const;
    MembraneBorders bordersOf(int z, const Slice& slice,
                              const std::vector<FutureSlice>& beside) const;

    Stack m_stack;
    const Sink& m_sink;
    bool m_isWaitingForEach;
    std::counting_semaphore<> m_room;
    std::atomic<bool> m_hasFailed = false;
    std::map<int, FutureSlice> m_slices; ///< those needed, now or next
    std::future<void> m_last;            ///< handed over after all before it
};

} // namespace emend
