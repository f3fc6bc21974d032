// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/InputFile.h"

#include <QByteArray>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace emend {

/// One entry of a TIFF directory: where its values lie, checked to be inside the file.
struct TiffEntry
{
    quint16 tag = 0;
    quint16 type = 0;
    qint64 count = 0;
    qint64 position = 0;             ///< of the first value in the file
    bool isInline = false;           ///< the values are few enough to lie in the entry itself
    std::array<char, 8> inlineBytes; ///< valid where isInline
};

/// One directory of a TIFF file, that is one page.
struct TiffIfd
{
    qint64 offset = 0;
    qint64 next = 0; ///< 0 after the last page
    std::vector<TiffEntry> entries;

    const TiffEntry* find(quint16 tag) const;
};

/// The directories of a TIFF file, classic or BigTIFF, in either byte order.
///
/// Reads with checked lengths, so that a file can be judged before libtiff sees it. Any thread.
class TiffFile
{
public:
    static bool isTiff(const QByteArray& head);

    /// Throws Error when the header is no TIFF header.
    explicit TiffFile(std::shared_ptr<const InputFile> file);

    const std::shared_ptr<const InputFile>& file() const { return m_file; }

    bool isBigEndian() const { return m_isBigEndian; }

    qint64 firstIfd() const { return m_firstIfd; }

    /// Nothing when the directory does not lie wholly in the file.
    std::optional<TiffIfd> ifdAt(qint64 offset) const;

    /// One value of an entry; 0 past its end, or where it is of another type.
    qint64 integer(const TiffEntry& entry, qint64 index = 0) const;
    double real(const TiffEntry& entry, qint64 index = 0) const;

    /// The first value of the entry of a tag, or fallback where the page has no such entry.
    qint64 integer(const TiffIfd& ifd, quint16 tag, qint64 fallback) const;

    /// The bytes of a text entry up to its first zero, at most 4 MB of them.
    QByteArray text(const TiffEntry& entry) const;

private:
    quint64 number(const char* bytes, int count) const;
    std::array<char, 8> valueBytes(const TiffEntry& entry, qint64 index) const;
    TiffEntry entryAt(const char* bytes, qint64 position) const;

    std::shared_ptr<const InputFile> m_file;
    bool m_isBigEndian = false;
    bool m_isBigTiff = false;
    qint64 m_firstIfd = 0;
};

} // namespace emend
