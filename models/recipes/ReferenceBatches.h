// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/learning/TrainingPatch.h"
#include "models/recipes/ReferenceSection.h"

#include <vector>

namespace emend {

/// A number that follows from a seed and a place among the random choices, so that a run can go
/// on at any step as if it had never stopped.
quint64 seedAt(quint64 seed, quint64 place);

/// Shuffles an endless repetition of 0 .. count-1 through a small store: each draw takes one
/// number of the store, the next of the repetition fills its place. Rounds blur into each other.
class ShuffleStore
{
public:
    ShuffleStore(int count, int capacity, quint64 seed);

    int next();

private:
    int following();

    int m_count;
    int m_following = 0;
    std::vector<int> m_store;
    Random m_random;
};

/// The batches of a training run of the reference recipe, one step after the other. What a step
/// gets depends on the seed and the step alone. Used by one thread at a time.
class ReferenceBatches
{
public:
    /// varied: with augmentation. firstStep: how many batches were drawn by an earlier run.
    ReferenceBatches(std::vector<ReferenceSection> sections, int batch, quint64 seed, bool varied,
                     int firstStep);

    /// Sections are varied on threads of their own.
    std::vector<ReferenceSection> next();

private:
    std::vector<ReferenceSection> m_sections;
    int m_batch;
    quint64 m_seed;
    bool m_isVaried;
    quint64 m_drawn = 0;
    ShuffleStore m_shuffle;
};

} // namespace emend
