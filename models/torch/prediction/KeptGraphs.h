// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/prediction/GraphedInference.h"

#include <algorithm>
#include <list>

namespace emend {

/// The graphs of the shapes that were asked for last: a slice is cut into areas of a few shapes,
/// the same ones in every slice. Compute thread only.
class KeptGraphs
{
public:
    struct Kept
    {
        GraphedInference graph;
        bool isTrusted = false; ///< its answer was compared with that of the plain way

        Kept(const GraphedInference::Network& network, CardRuntime& runtime,
             const GraphedInference::Shape& shape)
            : graph(network, runtime, shape)
        {
        }
    };

    /// That of this shape, made where it is not there; stays valid until the next call. The network
    /// and the runtime must outlive it.
    Kept& of(const GraphedInference::Shape& shape, const GraphedInference::Network& network,
             CardRuntime& runtime)
    {
        const auto found = std::ranges::find_if(
            m_kept, [&shape](const Kept& kept) { return kept.graph.shape() == shape; });
        if (found != m_kept.end()) {
            m_kept.splice(m_kept.begin(), m_kept, found);
            return m_kept.front();
        }
        while (m_kept.size() >= most)
            m_kept.pop_back(); // first, so that never more are there
        return m_kept.emplace_front(network, runtime, shape);
    }

    size_t count() const { return m_kept.size(); }

    bool hasTrusted() const { return std::ranges::any_of(m_kept, &Kept::isTrusted); }

    void clear() { m_kept.clear(); }

private:
    static constexpr size_t most = 3; ///< each holds its maps on the card

    std::list<Kept> m_kept; ///< the one that was asked for last comes first
};

} // namespace emend
