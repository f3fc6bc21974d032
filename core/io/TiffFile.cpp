// SPDX-License-Identifier: Apache-2.0
#include "core/io/TiffFile.h"

#include "core/Error.h"

#include <QCoreApplication>

#include <algorithm>
#include <bit>
#include <limits>

namespace emend {

namespace {

constexpr quint16 bigVersion = 43;
constexpr quint16 rational = 5;
constexpr quint16 signedRational = 10;
constexpr quint16 singleFloat = 11;
constexpr quint16 doubleFloat = 12;
constexpr qint64 entriesMost = 4096;
constexpr qint64 textMost = 4 << 20;

/// Bytes of one value of a TIFF field type; 0 for a type that TIFF does not have.
int byteCountOfType(quint16 type)
{
    constexpr int byteCounts[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
    return type < std::size(byteCounts) ? byteCounts[type] : 0;
}

/// Offsets and counts above this cannot lie in any file.
qint64 clampedToFile(quint64 value)
{
    return qint64(std::min<quint64>(value, quint64(std::numeric_limits<qint64>::max()) / 16));
}

} // namespace

const TiffEntry* TiffIfd::find(quint16 tag) const
{
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [tag](const TiffEntry& entry) { return entry.tag == tag; });
    return found == entries.end() ? nullptr : &*found;
}

bool TiffFile::isTiff(const QByteArray& head)
{
    if (head.size() < 8)
        return false;
    const QByteArray start = head.left(4);
    return start == QByteArray("II*\0", 4) || start == QByteArray("MM\0*", 4) ||
           start == QByteArray("II+\0", 4) || start == QByteArray("MM\0+", 4);
}

TiffFile::TiffFile(std::shared_ptr<const InputFile> file)
    : m_file(std::move(file))
{
    const QByteArray head = m_file->readUpTo(0, 16);
    m_isBigEndian = head.startsWith("MM");
    m_isBigTiff = isTiff(head) && number(head.data() + 2, 2) == bigVersion;
    if (!isTiff(head) || (m_isBigTiff && head.size() < 16))
        throw Error(QCoreApplication::translate("TiffFile", "%1 is not a TIFF file, although its "
                                                            "name says so. Choose another file.")
                        .arg(m_file->name()));
    m_firstIfd =
        clampedToFile(m_isBigTiff ? number(head.data() + 8, 8) : number(head.data() + 4, 4));
}

std::optional<TiffIfd> TiffFile::ifdAt(qint64 offset) const
{
    const int headBytes = m_isBigTiff ? 8 : 2;
    const int entryBytes = m_isBigTiff ? 20 : 12;
    const int nextBytes = m_isBigTiff ? 8 : 4;
    const QByteArray head = m_file->readUpTo(offset, headBytes);
    if (offset < 8 || head.size() != headBytes)
        return {};
    const quint64 entryCount = number(head.data(), headBytes);
    if (entryCount == 0 || entryCount > quint64(entriesMost))
        return {};
    const qint64 bodyBytes = qint64(entryCount) * entryBytes + nextBytes;
    const QByteArray body = m_file->readUpTo(offset + headBytes, bodyBytes);
    if (body.size() != bodyBytes)
        return {};
    TiffIfd ifd;
    ifd.offset = offset;
    for (qint64 i = 0; i < qint64(entryCount); ++i) {
        const qint64 at = i * entryBytes;
        const TiffEntry entry = entryAt(body.data() + at, offset + headBytes + at);
        if (entry.count > 0)
            ifd.entries.push_back(entry);
    }
    ifd.next = clampedToFile(number(body.data() + bodyBytes - nextBytes, nextBytes));
    return ifd;
}

/// An entry whose values do not lie in the file comes out with a count of 0.
TiffEntry TiffFile::entryAt(const char* bytes, qint64 position) const
{
    const int wordBytes = m_isBigTiff ? 8 : 4;
    TiffEntry entry;
    entry.tag = quint16(number(bytes, 2));
    entry.type = quint16(number(bytes + 2, 2));
    entry.count = clampedToFile(number(bytes + 4, wordBytes));
    entry.position = position + 4 + wordBytes;
    const qint64 valueBytes = byteCountOfType(entry.type);
    if (valueBytes == 0 || entry.count > m_file->size() / valueBytes) {
        entry.count = 0;
        return entry;
    }
    entry.isInline = entry.count * valueBytes <= wordBytes;
    if (entry.isInline)
        std::copy_n(bytes + 4 + wordBytes, wordBytes, entry.inlineBytes.begin());
    else
        entry.position = clampedToFile(number(bytes + 4 + wordBytes, wordBytes));
    if (entry.position > m_file->size() - entry.count * valueBytes)
        entry.count = 0;
    return entry;
}

std::array<char, 8> TiffFile::valueBytes(const TiffEntry& entry, qint64 index) const
{
    std::array<char, 8> value = {};
    const int bytes = byteCountOfType(entry.type);
    if (entry.isInline)
        std::copy_n(entry.inlineBytes.begin() + index * bytes, bytes, value.begin());
    else
        m_file->read(entry.position + index * bytes, value.data(), bytes);
    return value;
}

qint64 TiffFile::integer(const TiffEntry& entry, qint64 index) const
{
    const bool isInteger = entry.type != rational && entry.type != signedRational &&
                           entry.type != singleFloat && entry.type != doubleFloat;
    if (index < 0 || index >= entry.count || !isInteger)
        return 0;
    return clampedToFile(number(valueBytes(entry, index).data(), byteCountOfType(entry.type)));
}

qint64 TiffFile::integer(const TiffIfd& ifd, quint16 tag, qint64 fallback) const
{
    const TiffEntry* entry = ifd.find(tag);
    return entry ? integer(*entry) : fallback;
}

double TiffFile::real(const TiffEntry& entry, qint64 index) const
{
    if (index < 0 || index >= entry.count)
        return 0;
    const std::array<char, 8> value = valueBytes(entry, index);
    const double denominator = double(number(value.data() + 4, 4));
    switch (entry.type) {
    case rational:
        return denominator > 0 ? double(number(value.data(), 4)) / denominator : 0;
    case signedRational:
        return denominator > 0 ? double(qint32(number(value.data(), 4))) / denominator : 0;
    case singleFloat:
        return double(std::bit_cast<float>(quint32(number(value.data(), 4))));
    case doubleFloat:
        return std::bit_cast<double>(number(value.data(), 8));
    default:
        return double(integer(entry, index));
    }
}

QByteArray TiffFile::text(const TiffEntry& entry) const
{
    if (byteCountOfType(entry.type) != 1)
        return {};
    const QByteArray bytes = m_file->readUpTo(entry.position, std::min(entry.count, textMost));
    const qsizetype end = bytes.indexOf('\0');
    return end < 0 ? bytes : bytes.left(end);
}

quint64 TiffFile::number(const char* bytes, int count) const
{
    quint64 value = 0;
    for (int i = 0; i < count; ++i) {
        const int shift = 8 * (m_isBigEndian ? count - 1 - i : i);
        value |= quint64(quint8(bytes[i])) << shift;
    }
    return value;
}

} // namespace emend
