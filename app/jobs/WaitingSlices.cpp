// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/WaitingSlices.h"

#include <QScopeGuard>

#include <algorithm>
#include <utility>

namespace emend {

WaitingSlices::WaitingSlices(Stack stack, const Sink& sink, int mostAtOnce)
    : m_stack(std::move(stack))
    , m_sink(sink)
    , m_isWaitingForEach(mostAtOnce == 0)
    , m_room(std::max(1, mostAtOnce))
{
}

void WaitingSlices::addDecided(int z)
{
    begin(z, [this, z] {
        GreyPlane membrane(m_stack.size.width, m_stack.size.height);
        m_stack.decided.putInto(membrane, z);
        auto slice = std::make_shared<Slice>();
        slice->pieces.emplace(membrane, 1);
        return slice;
    });
}

void WaitingSlices::add(int z, ProbabilityMap map, bool isAsked)
{
    begin(z, [this, z, map = std::move(map), isAsked]() mutable {
        ProbabilityMap answer = std::exchange(map, {}); // else it stays with the future
        auto slice = std::make_shared<Slice>();
        if (m_stack.membrane != 0)
            slice->pieces.emplace(membraneOf(z, answer), m_stack.decided.share(z));
        if (isAsked)
            slice->map = std::move(answer);
        return slice;
    });
}

template <typename Work>
void WaitingSlices::begin(int z, Work work)
{
    m_slices[z] = std::async(std::launch::async, std::move(work));
    if (m_isWaitingForEach)
        m_slices[z].wait();
}

void WaitingSlices::handOver(int z, const SliceWindow& next)
{
    std::vector<FutureSlice> beside;
    for (const int other : {z - 1, z + 1})
        if (const auto found = m_slices.find(other); found != m_slices.end())
            beside.push_back(found->second);
    if (m_hasFailed)
        finish(); // throws
    m_room.acquire();
    m_last =
        std::async(std::launch::async, [this, z, slice = m_slices.at(z), beside = std::move(beside),
                                        before = std::move(m_last)]() mutable {
            const auto leave = qScopeGuard([this] { m_room.release(); });
            try {
                // Nothing of it is to stay with the future of this work.
                judgeAndHandOver(z, std::exchange(slice, {}), std::exchange(beside, {}),
                                 std::move(before));
            } catch (...) {
                m_hasFailed = true;
                throw;
            }
        });
    std::erase_if(m_slices, [&](const auto& slice) { return !next.contains(slice.first); });
    if (m_isWaitingForEach)
        finish();
}

void WaitingSlices::judgeAndHandOver(int z, const FutureSlice& future,
                                     const std::vector<FutureSlice>& beside,
                                     std::future<void> before) const
{
    const std::shared_ptr<Slice> slice = future.get();
    const MembraneBorders borders = bordersOf(z, *slice, beside);
    if (before.valid())
        before.get();
    m_sink(z, std::move(slice->map), borders);
}

GreyPlane WaitingSlices::membraneOf(int z, const ProbabilityMap& map) const
{
    GreyPlane membrane(map.width, map.height);
    std::ranges::copy(map.plane(m_stack.membrane), membrane.values.begin());
    m_stack.decided.putInto(membrane, z);
    return membrane;
}

MembraneBorders WaitingSlices::bordersOf(int z, const Slice& slice,
                                         const std::vector<FutureSlice>& beside) const
{
    if (!slice.pieces)
        return {};
    std::vector<const SectionPieces*> pieces;
    for (const FutureSlice& other : beside)
        pieces.push_back(&*other.get()->pieces);
    return slice.pieces->borders(membraneOf(z, slice.map), pieces, m_stack.pixelNm);
}

void WaitingSlices::finish()
{
    if (m_last.valid())
        m_last.get();
}

} // namespace emend
