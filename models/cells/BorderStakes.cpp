// SPDX-License-Identifier: Apache-2.0
#include "models/cells/BorderStakes.h"

namespace emend {

void BorderStakes::join(int from, int into, double stake)
{
    m_joinings[size_t(from)] = {into, m_count++, stake};
}

// Both go on to the region that they became part of, always the one that did so earlier, until they
// meet.
BorderStakes::Meeting BorderStakes::meetingOf(int pieceA, int pieceB) const
{
    Meeting meeting{pieceA, pieceB, 0};
    while (meeting.regionOfA != meeting.regionOfB) {
        const Joining& ofA = m_joinings[size_t(meeting.regionOfA)];
        const Joining& ofB = m_joinings[size_t(meeting.regionOfB)];
        if (ofA.into < 0 && ofB.into < 0)
            break;
        const bool isAEarlier = ofB.into < 0 || (ofA.into >= 0 && ofA.when < ofB.when);
        const Joining& earlier = isAEarlier ? ofA : ofB;
        (isAEarlier ? meeting.regionOfA : meeting.regionOfB) = earlier.into;
        meeting.stake = earlier.stake;
    }
    return meeting;
}

} // namespace emend
