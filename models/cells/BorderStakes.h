// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace emend {

/// Remembers how pieces became cells, two regions at a time, and what hung on the border between
/// them: so that each border between two pieces can be asked for its part. A region is called by
/// one of its pieces. A value.
class BorderStakes
{
public:
    explicit BorderStakes(int pieces)
        : m_joinings(size_t(pieces))
    {
    }

    /// Region `from` is part of region `into` from now on. stake: of each pair of pixels between.
    void join(int from, int into, double stake);

    /// What two pieces are part of in the end.
    struct Meeting
    {
        int regionOfA;
        int regionOfB;
        double stake; ///< of a pair of pixels, where they became parts of the same region
    };

    Meeting meetingOf(int pieceA, int pieceB) const;

private:
    struct Joining
    {
        int into = -1; ///< none
        int when = 0;
        double stake = 0;
    };

    std::vector<Joining> m_joinings; ///< each region's, by its name
    int m_count = 0;
};

} // namespace emend
