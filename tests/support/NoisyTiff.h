// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/TiffStackWriter.h"

#include <QByteArray>
#include <QFile>
#include <QString>

#include <random>
#include <vector>

namespace emend {

inline QByteArray noise(qint64 bytes, unsigned seed)
{
    std::mt19937 random(seed);
    QByteArray drawn(bytes, Qt::Uninitialized);
    for (char& byte : drawn)
        byte = char(random());
    return drawn;
}

/// Noise for each page of the layout, the same each time.
inline std::vector<QByteArray> noisyPages(const TiffStackWriter::Layout& layout)
{
    std::vector<QByteArray> pages;
    for (int i = 0; i < layout.pageCount(); ++i)
        pages.push_back(noise(layout.rowBytes() * layout.size.height, unsigned(i) + 1));
    return pages;
}

inline void writePages(const QString& path, const TiffStackWriter::Layout& layout,
                       const std::vector<QByteArray>& pages)
{
    TiffStackWriter writer(path, layout);
    for (const QByteArray& page : pages)
        writer.addPage(page.constData());
    writer.commit();
}

/// "no file" where none can be read.
inline QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
}

} // namespace emend
