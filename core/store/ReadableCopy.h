// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QTemporaryDir>

#include <optional>

namespace emend {

/// A project file as it can be read without writing a byte beside it.
///
/// Where part of it is still in its log (the program that wrote it was killed, or has it open just
/// now), file and log are copied and the log is brought in there: SQLite would either write, or
/// silently show old data.
class ReadableCopy
{
public:
    /// Throws Error.
    explicit ReadableCopy(const QString& projectPath);

    const QString& path() const { return m_path; }

    bool isTheFileItself() const { return !m_folder; }

private:
    void copyWhileItStandsStill(const QString& projectPath) const;

    QString m_path;
    std::optional<QTemporaryDir> m_folder;
};

} // namespace emend
