// SPDX-License-Identifier: Apache-2.0
#include "core/store/FileCopy.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace emend {

namespace {

constexpr size_t pieceBytes = 8 << 20;

/// Where the kernel cannot copy between the two.
void copyThroughMemory(QFile& from, AtomicFile& to, JobContext& job)
{
    from.seek(0);
    if (::ftruncate(to.descriptor(), 0) != 0 || ::lseek(to.descriptor(), 0, SEEK_SET) != 0)
        to.fail(errno);
    std::vector<char> piece(pieceBytes);
    qint64 count = 0;
    while ((count = from.read(piece.data(), qint64(piece.size()))) > 0) {
        job.checkCancelled();
        to.write(piece.data(), size_t(count));
    }
    if (count < 0)
        to.fail(EIO);
}

} // namespace

void copyFile(const QString& from, AtomicFile& to, JobContext& job)
{
    QFile source(from);
    if (!source.open(QIODevice::ReadOnly))
        to.fail(ENOENT);
    const qint64 bytes = source.size();
    for (qint64 done = 0; done < bytes;) {
        job.checkCancelled();
        const ssize_t count =
            ::copy_file_range(source.handle(), nullptr, to.descriptor(), nullptr, pieceBytes, 0);
        if (count <= 0)
            return copyThroughMemory(source, to, job);
        done += count;
    }
}

} // namespace emend
