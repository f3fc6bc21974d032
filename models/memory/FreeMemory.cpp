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

/// The number in the line that begins with that name; 0 where there is none.
qint64 numberIn(const QByteArray& text, const QByteArray& name)
{
    for (const QByteArray& line : text.split('\n')) {
        const QList<QByteArray> words = line.simplified().split(' ');
        if (words.value(0) == name)
            return words.value(1).toLongLong();
    }
    return 0;
}

qint64 availableBytes()
{
    return 1024 * numberIn(textOf(QStringLiteral("/proc/meminfo")), "MemAvailable:");
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
    // Files that were read and may be forgotten count as used there.
    const qint64 files = numberIn(textOf(folder + QStringLiteral("memory.stat")), "inactive_file");
    return std::max(qint64(0), limit - used + files);
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
