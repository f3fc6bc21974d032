// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/prediction/GraphedInference.h"

#include <algorithm>
#include <list>
#include <set>

namespace emend {

/// The graphs of the shapes that were asked for last: a slice is cut into areas of a few shapes,
/// the same ones in every slice. Compute thread only.
class KeptGraphs
{
public:
    using Shape = GraphedInference::Shape;

    /// That of this shape, made where it is not there; stays valid until the next call. The network
    /// and the runtime must outlive it.
    GraphedInference& of(const Shape& shape, const GraphedInference::Network& network,
                         CardRuntime& runtime)
    {
        const auto found = std::ranges::find(m_kept, shape, &GraphedInference::shape);
        if (found != m_kept.end()) {
            m_kept.splice(m_kept.begin(), m_kept, found);
            return m_kept.front();
        }
        while (m_kept.size() >= most)
            m_kept.pop_back(); // first, so that never more are there
        return m_kept.emplace_front(network, runtime, shape);
    }

    /// The answer of a graph of this shape was compared with that of the plain way.
    void trust(const Shape& shape) { m_trusted.insert(shape); }

    bool isTrusted(const Shape& shape) const { return m_trusted.contains(shape); }

    bool isAnyTrusted() const { return !m_trusted.empty(); }

    size_t count() const { return m_kept.size(); }

    /// Gives their memory back; what is trusted stays so.
    void clear() { m_kept.clear(); }

    void clearAndTrustNone()
    {
        m_kept.clear();
        m_trusted.clear();
    }

private:
    /// Each holds its maps on the card. Areas in the middle, at the right, at the lower border, and
    /// in the corner.
    static constexpr size_t most = 4;

    std::list<GraphedInference> m_kept; ///< the one that was asked for last comes first
    std::set<Shape> m_trusted;
};

} // namespace emend
