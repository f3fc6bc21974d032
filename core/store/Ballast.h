// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace emend {

/// Space kept beside a project for the moment when the disk is full: SQLite needs some even to
/// finish what it began. At most 64 MB, and never more than an eighth of what is free.
class Ballast
{
public:
    /// Takes the space where there is some to spare; failing to is no error.
    explicit Ballast(const QString& projectPath);
    ~Ballast();
    Ballast(const Ballast&) = delete;
    Ballast& operator=(const Ballast&) = delete;

    /// Gives the space back to the disk. False: there was none.
    bool drop();

    /// Takes it again where it was dropped and the disk has room.
    void restore();

private:
    QString m_path;
    bool m_isThere = false;
};

} // namespace emend
