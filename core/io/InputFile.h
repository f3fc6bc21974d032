// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>
#include <string>

namespace emend {

/// A file or folder by the bytes that the system knows it by: on Linux a name need not be UTF-8,
/// and such a name is lost in a QString.
using NativePath = std::string;

/// Finds the bytes of a path that came through a QString, also where its name is not UTF-8.
NativePath nativePath(const QString& path);

/// The last part of a path as the user may read it, without control characters.
QString displayName(const NativePath& path);

/// One regular file, open for reading. Any thread: reading has no position.
class InputFile
{
public:
    /// Throws Error when there is no such file, it may not be read, or it is a folder or device.
    explicit InputFile(const NativePath& path);
    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    const NativePath& path() const { return m_path; }

    QString name() const { return displayName(m_path); }

    qint64 size() const { return m_size; }

    /// Reads exactly count bytes. Throws Error where the file has no such bytes, or the disk fails.
    void read(qint64 offset, void* out, qint64 count) const;

    /// Reads up to count bytes, fewer at the end of the file.
    QByteArray readUpTo(qint64 offset, qint64 count) const;

private:
    qint64 readSome(qint64 offset, void* out, qint64 count) const;

    NativePath m_path;
    int m_descriptor = -1;
    qint64 m_size = 0;
};

} // namespace emend
