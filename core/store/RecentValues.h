// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace emend {

/// Values by number, the ones used last; at most `limit` of them. Any thread.
template <typename T>
class RecentValues
{
public:
    explicit RecentValues(size_t limit)
        : m_limit(limit)
    {
    }

    /// Null where it is not held.
    std::shared_ptr<const T> find(qint64 id)
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_places.find(id);
        if (found == m_places.end())
            return nullptr;
        m_values.splice(m_values.begin(), m_values, found->second);
        return found->second->second;
    }

    void add(qint64 id, std::shared_ptr<const T> value)
    {
        const std::lock_guard lock(m_mutex);
        if (m_places.count(id) > 0)
            return;
        m_values.emplace_front(id, std::move(value));
        m_places[id] = m_values.begin();
        if (m_values.size() <= m_limit)
            return;
        m_places.erase(m_values.back().first);
        m_values.pop_back();
    }

private:
    using Values = std::list<std::pair<qint64, std::shared_ptr<const T>>>;

    std::mutex m_mutex;
    size_t m_limit;
    Values m_values; ///< the one used last is first
    std::unordered_map<qint64, typename Values::iterator> m_places;
};

} // namespace emend
