// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <cstddef>

namespace emend {

/// Writes a file beside its place and moves it there when it is whole.
///
/// Until commit() the old file stands untouched; commit() syncs the data, renames, and syncs the
/// folder. Destroyed without commit(), the temporary file is removed. A link is followed: what it
/// names is replaced. Every failure throws Error. One thread at a time.
class AtomicFile
{
public:
    explicit AtomicFile(const QString& path);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    const QString& path() const { return m_path; }

    /// Where to write until commit(), for libraries that open files by name.
    const QString& temporaryPath() const { return m_temporaryPath; }

    /// The open temporary file, readable and writable; stays ours.
    int descriptor() const { return m_descriptor; }

    void write(const void* bytes, size_t count);

    /// Brings the data to the disk. commit() does it too; here it can fail before other files are
    /// committed.
    void sync();

    /// Throws Error (disk full, no permission, ...) and leaves the old file.
    void commit();

    /// Throws the Error that tells the user why path() could not be written.
    [[noreturn]] void fail(int systemError) const;

private:
    void checkReplaceable() const;
    void createTemporary();
    void takeOverPermissions();
    void syncFolder() const;

    QString m_path;   ///< as it was given, for the user to read
    QString m_target; ///< the file to replace, links followed
    QString m_temporaryPath;
    int m_descriptor = -1;
};

} // namespace emend
