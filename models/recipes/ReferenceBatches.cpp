// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/ReferenceBatches.h"

#include "models/recipes/ReferenceAugmentation.h"

#include <future>

namespace emend {

namespace {

constexpr int batchesInStore = 3;

ReferenceSection variedSection(const ReferenceSection& section, quint64 seed)
{
    Random random(seed);
    return ReferenceVariation::draw(random).applyTo(section);
}

} // namespace

/// SplitMix64 (Steele, Lea, Flood 2014): neighbouring places share nothing.
quint64 seedAt(quint64 seed, quint64 place)
{
    quint64 z = seed * 0xd1342543de82ef95ULL + (place + 1) * 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

ShuffleStore::ShuffleStore(int count, int capacity, quint64 seed)
    : m_count(count)
    , m_random(seed)
{
    for (int i = 0; i < capacity; ++i)
        m_store.push_back(following());
}

int ShuffleStore::following()
{
    const int taken = m_following;
    m_following = (m_following + 1) % m_count;
    return taken;
}

int ShuffleStore::next()
{
    int& place = m_store[size_t(uniformInt(m_random, 0, int(m_store.size()) - 1))];
    const int taken = place;
    place = following();
    return taken;
}

ReferenceBatches::ReferenceBatches(std::vector<ReferenceSection> sections, int batch, quint64 seed,
                                   bool varied, int firstStep)
    : m_sections(std::move(sections))
    , m_batch(batch)
    , m_seed(seed)
    , m_isVaried(varied)
    , m_shuffle(int(m_sections.size()), batchesInStore * batch, seed)
{
    for (; m_drawn < quint64(firstStep) * quint64(batch); ++m_drawn)
        m_shuffle.next();
}

std::vector<ReferenceSection> ReferenceBatches::next()
{
    std::vector<std::future<ReferenceSection>> pending;
    std::vector<ReferenceSection> batch;
    for (int i = 0; i < m_batch; ++i) {
        const ReferenceSection& section = m_sections[size_t(m_shuffle.next())];
        const quint64 seed = seedAt(m_seed, m_drawn++);
        if (m_isVaried)
            pending.push_back(std::async(
                std::launch::async, [&section, seed] { return variedSection(section, seed); }));
        else
            batch.push_back(section);
    }
    for (auto& section : pending)
        batch.push_back(section.get());
    return batch;
}

} // namespace emend
