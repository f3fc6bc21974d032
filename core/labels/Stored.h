// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <atomic>
#include <memory>
#include <mutex>

namespace emend {

/// Where values wait that need not be in memory: the project's file. Used from any thread.
template <typename T>
class Vault
{
public:
    virtual ~Vault() = default;

    /// From the file, or from memory where it was asked for a moment ago. Null: it is damaged.
    virtual std::shared_ptr<const T> load(qint64 id) = 0;
};

/// A value that never changes, in memory until a vault has it, then fetched when it is asked for.
///
/// Shared by whoever refers to the value; any thread may ask at any time. What was fetched is
/// remembered by the vault alone: even a std::weak_ptr here would keep its memory, for values and
/// their counts are allocated together.
template <typename T>
class Stored
{
public:
    explicit Stored(std::shared_ptr<const T> value)
        : m_value(std::move(value))
    {
    }

    Stored(std::shared_ptr<Vault<T>> vault, qint64 id)
        : m_vault(std::move(vault))
        , m_id(id)
    {
    }

    /// May wait for the disk. Null: what the file holds is damaged.
    std::shared_ptr<const T> value() const
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_value)
                return m_value;
        }
        return m_vault->load(m_id); // without the lock: the vault's thread may want it
    }

    /// 0 as long as it is in memory alone.
    qint64 id() const { return m_id; }

    /// The vault has it now: memory may let go of it. Once only, by the vault's thread.
    void moveTo(std::shared_ptr<Vault<T>> vault, qint64 id)
    {
        const std::lock_guard lock(m_mutex);
        m_vault = std::move(vault);
        m_value.reset();
        m_id = id;
    }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const T> m_value;
    std::shared_ptr<Vault<T>> m_vault;
    std::atomic<qint64> m_id = 0;
};

} // namespace emend
