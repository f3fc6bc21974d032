// SPDX-License-Identifier: Apache-2.0
#include "models/memory/FreeMemory.h"

#include <QFile>

#include <ATen/DeviceAccelerator.h>

#include <algorithm>
#include <limits>

namespace emend {

namespace {

constexpr qint64 unlimited = std::numeric_limits<qint64>::max();

QByteArray textOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qint64 availableBytes()
{
    for (const QByteArray& line : textOf(QStringLiteral("/proc/meminfo")).split('\n')) {
        if (line.startsWith("MemAvailable:"))
            return line.simplified().split(' ').value(1).toLongLong() * 1024;
    }
    return 0;
}

/// Of the second version of control groups, whose root a container sees as its own.
qint64 containerBytes()
{
    bool isLimited = false;
    const QString folder = QStringLiteral("/sys/fs/cgroup/");
    const qint64 limit =
        textOf(folder + QStringLiteral("memory.max")).trimmed().toLongLong(&isLimited);
    if (!isLimited)
        return unlimited;
    const qint64 used = textOf(folder + QStringLiteral("memory.current")).trimmed().toLongLong();
    return std::max(qint64(0), limit - used);
}

qint64 cardBytes(int index)
{
    const auto card = c10::DeviceIndex(index);
    const auto [free, total] = at::accelerator::getMemoryInfo(card);
    const auto stats = at::accelerator::getDeviceStats(card);
    constexpr auto all = size_t(c10::CachingAllocator::StatType::AGGREGATE);
    const qint64 kept = stats.reserved_bytes[all].current - stats.allocated_bytes[all].current;
    return qint64(free) + std::max(qint64(0), kept);
}

} // namespace

qint64 freeMemoryBytes(const ComputeDevice& device)
{
    if (!device.isCuda())
        return std::min(availableBytes(), containerBytes());
    try {
        return cardBytes(device.cudaIndex());
    } catch (const c10::Error&) {
        return 0;
    }
}

} // namespace emend
