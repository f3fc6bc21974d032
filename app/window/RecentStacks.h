// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QImage>
#include <QString>

#include <vector>

namespace emend {

/// The stacks that were opened last, each with its picture. Kept in the settings, the pictures in
/// the user's cache folder. A handle without state of its own.
class RecentStacks
{
public:
    static constexpr int most = 10;

    struct Entry
    {
        QString path;
        QDateTime opened;
        bool isThere = false; ///< the file still exists

        QString name() const;
    };

    /// Newest first.
    std::vector<Entry> entries() const;

    /// Puts the stack first, opened now.
    void add(const QString& path);
    void clear();

    /// Null where there is none.
    QImage picture(const QString& path) const;
    void setPicture(const QString& path, const QImage& picture);

private:
    static QString picturePath(const QString& path);
    static void write(const std::vector<Entry>& entries);
};

} // namespace emend
