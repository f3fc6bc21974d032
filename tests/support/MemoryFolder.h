// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

namespace emend {

/// A temporary folder in memory where the system has such a place: tests that make thousands of
/// projects do not wait for a disk there.
class MemoryFolder : public QTemporaryDir
{
public:
    MemoryFolder()
        : QTemporaryDir(place() + QStringLiteral("/emend-XXXXXX"))
    {
    }

private:
    static QString place()
    {
        const QString memory = QStringLiteral("/dev/shm");
        return QFileInfo(memory).isWritable() ? memory : QDir::tempPath();
    }
};

} // namespace emend
