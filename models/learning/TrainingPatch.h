// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <random>
#include <vector>

namespace emend {

/// A square piece of a section to learn from, at the model's pixel size.
struct TrainingPatch
{
    int sizePx = 0;
    std::vector<float> grey;     ///< normalised as the model wants it, row after row
    std::vector<quint8> targets; ///< class (from 1) of each pixel; 0: not to be learned from
    std::vector<float> weights;  ///< of each pixel in the loss; empty: all count alike
};

/// Where every random choice of training comes from: one seed gives one model.
using Random = std::mt19937_64;

inline double uniform(Random& random, double from, double to)
{
    return std::uniform_real_distribution<double>(from, to)(random);
}

/// from and to are both possible.
inline int uniformInt(Random& random, int from, int to)
{
    return std::uniform_int_distribution<int>(from, to)(random);
}

inline bool chance(Random& random, double probability)
{
    return uniform(random, 0, 1) < probability;
}

/// Draws patches without end. Used by one thread at a time, not always the same one.
class PatchSource
{
public:
    virtual ~PatchSource() = default;

    /// varied: with augmentation. Throws Error when the stack cannot be read any more.
    virtual TrainingPatch draw(Random& random, bool varied) = 0;
};

} // namespace emend
