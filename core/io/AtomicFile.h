// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <cstddef>

namespace emend {

/// Writes a file beside its place and moves it there when it is whole.
///
/// Until commit() the old file stands untouched; commit() syncs the data, renames, and syncs the
/// folder. Destroyed without commit(), the temporary file is removed. Every failure throws Error.
/// One thread at a time.
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

    void write(const void* bytes, size_t count);

    /// Throws Error (disk full, no permission, ...) and leaves the old file.
    void commit();

private:
    QString m_path;
    QString m_temporaryPath;
    int m_descriptor = -1;
};

} // namespace emend
