// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

#include <functional>

namespace emend {

/// Finds the rows of tiles in a damaged file without its index: page after page, each row judged
/// by its own checksum. Format: https://www.sqlite.org/fileformat2.html, sections 1.5, 1.6, 2.1.
class PageCarver
{
public:
    /// Throws Error where the file cannot be read.
    explicit PageCarver(const QString& path);

    /// Calls found(id, sum, data) for each intact row of a tile, of whatever age.
    using Found = std::function<void(qint64 id, qint64 sum, const QByteArray& data)>;
    void carveTiles(const Found& found);

private:
    QByteArray page(qint64 number);
    void carvePage(qint64 number, const Found& found);
    void carveCell(const QByteArray& page, qsizetype at, const Found& found);
    QByteArray payloadOf(const QByteArray& page, qsizetype at, qint64 size);

    QFile m_file;
    qint64 m_pages = 0;
};

} // namespace emend
