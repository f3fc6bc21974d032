// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

namespace emend {

/// Follows a score while a model learns and says when it has stopped to rise: no rise worth the
/// name at three looks in a row.
class GainWatch
{
public:
    void add(double score)
    {
        constexpr double least = 0.001; // less is what the next batch changes
        ++m_idleLooks;
        if (score > m_best + least) {
            m_best = score;
            m_idleLooks = 0;
        }
    }

    bool isOver() const { return m_idleLooks >= 3; }

private:
    double m_best = -std::numeric_limits<double>::infinity();
    int m_idleLooks = 0;
};

} // namespace emend
