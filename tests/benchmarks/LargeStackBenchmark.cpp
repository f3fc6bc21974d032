// SPDX-License-Identifier: Apache-2.0
// Opens a 2 GiB TIFF stack (4096 x 4096 x 128, 8 bit) that it makes itself, and scrolls through it
// the way a window of 1280 x 800 does. Prints the time to the first slice, the time a slice, and
// the highest memory use.
#include "core/io/StackReader.h"
#include "core/io/TiffStackWriter.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <random>
#include <vector>

using namespace emend;

namespace {

constexpr VolumeSize size{4096, 4096, 128};
constexpr int scale = 4;

void writeStack(const QString& path)
{
    TiffStackWriter writer(path, {.size = size, .voxelSize = {4, 4, 50}, .compress = false});
    std::mt19937 random(1);
    std::vector<quint8> noise(size_t(size.pixelsPerSlice()) + 4096);
    std::generate(noise.begin(), noise.end(), [&random] { return quint8(random()); });
    // Each page is the same noise, shifted: made fast, and different from its neighbours.
    for (int z = 0; z < size.slices; ++z)
        writer.addPage(noise.data() + z * 32);
    writer.commit();
}

/// "VmHWM" (highest) or "VmRSS" (now) in MB.
double memoryMb(const char* field)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith(field))
            return line.mid(line.indexOf(':') + 1).simplified().split(' ').first().toDouble() /
                   1024;
    }
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QTemporaryDir folder;
    const QString path =
        argc > 1 ? QString::fromLocal8Bit(argv[1]) : folder.filePath(QStringLiteral("large.tif"));
    if (!QFile::exists(path))
        writeStack(path);
    // What writing used must not count: a fresh process would be cleaner, a reset is enough.
    QFile reset(QStringLiteral("/proc/self/clear_refs"));
    if (reset.open(QIODevice::WriteOnly))
        reset.write("5");
    reset.close();

    QElapsedTimer timer;
    timer.start();
    const auto stack = StackReader::open(path);
    const double opened = double(timer.nsecsElapsed()) / 1e6;
    stack->read(0, stack->size().sliceRect(), scale);
    const double firstSlice = double(timer.nsecsElapsed()) / 1e6;

    timer.restart();
    for (int z = 1; z < stack->size().slices; ++z)
        stack->read(z, stack->size().sliceRect(), scale);
    const double scrolled = double(timer.nsecsElapsed()) / 1e6;

    std::printf("open %.1f ms, to the first slice %.1f ms\n", opened, firstSlice);
    std::printf("scroll %.1f ms a slice\n", scrolled / (stack->size().slices - 1));
    std::printf("memory now %.0f MB, highest %.0f MB, cache %.0f MB\n", memoryMb("VmRSS"),
                memoryMb("VmHWM"), double(stack->cachedBytes()) / 1048576);
    return 0;
}
