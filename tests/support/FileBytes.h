// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

#include <cstring>
#include <vector>

namespace emend {

/// A number as its bytes in a file, little-endian.
template <typename T>
QByteArray bytesOf(T value)
{
    QByteArray bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

inline bool saveBytes(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

inline QByteArray bytesOfFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A TIFF page written byte by byte, so that it can say anything. Little-endian, one strip.
struct TiffBytes
{
    struct Entry
    {
        quint16 tag;
        quint16 type; ///< 3 short, 4 long
        quint32 count;
        quint32 value;
    };

    std::vector<Entry> entries;
    QByteArray pixels;
    quint32 next = 0; ///< where the next page is said to be

    /// An 8-bit page that any reader takes.
    static TiffBytes grey(quint32 width, quint32 height)
    {
        constexpr quint32 pixelsAt = 8;
        TiffBytes tiff;
        tiff.pixels = QByteArray(qsizetype(width) * height, '\x55');
        tiff.entries = {
            {256, 4, 1, width}, {257, 4, 1, height}, {258, 3, 1, 8},
            {259, 3, 1, 1},     {262, 3, 1, 1},      {273, 4, 1, pixelsAt},
            {277, 3, 1, 1},     {278, 4, 1, height}, {279, 4, 1, quint32(tiff.pixels.size())}};
        return tiff;
    }

    TiffBytes with(quint16 tag, quint32 value) const
    {
        TiffBytes changed = *this;
        for (Entry& entry : changed.entries) {
            if (entry.tag == tag)
                entry.value = value;
        }
        return changed;
    }

    quint32 directoryAt() const { return 8 + quint32(pixels.size()); }

    QByteArray directory() const
    {
        QByteArray bytes = bytesOf(quint16(entries.size()));
        for (const Entry& entry : entries)
            bytes += bytesOf(entry.tag) + bytesOf(entry.type) + bytesOf(entry.count) +
                     bytesOf(entry.value);
        return bytes + bytesOf(next);
    }

    QByteArray bytes() const
    {
        return QByteArray("II*\0", 4) + bytesOf(directoryAt()) + pixels + directory();
    }
};

/// An MRC header (1024 bytes) that any reader takes.
inline QByteArray mrcHeader(qint32 width, qint32 height, qint32 slices, qint32 mode)
{
    QByteArray header(1024, '\0');
    const auto put = [&header](int offset, auto value) {
        header.replace(offset, sizeof value, bytesOf(value));
    };
    const qint32 sides[] = {width, height, slices};
    for (int axis = 0; axis < 3; ++axis) {
        put(4 * axis, sides[axis]);
        put(28 + 4 * axis, sides[axis]);
        put(40 + 4 * axis, float(sides[axis]) * (axis == 2 ? 500.0F : 40.0F));
        put(64 + 4 * axis, qint32(axis + 1));
    }
    put(12, mode);
    header.replace(208, 4, "MAP ");
    header.replace(212, 2, "\x44\x44");
    return header;
}

/// A NIfTI-1 header with its four bytes of "no extension": pixels of 4 x 4 x 50 nm.
inline QByteArray niftiHeader(qint16 width, qint16 height, qint16 slices, qint16 type, qint16 bits)
{
    QByteArray header(352, '\0');
    const auto put = [&header](int offset, auto value) {
        header.replace(offset, sizeof value, bytesOf(value));
    };
    put(0, qint32(348));
    const qint16 dimensions[] = {3, width, height, slices, 1, 1, 1, 1};
    for (int i = 0; i < 8; ++i)
        put(40 + 2 * i, dimensions[i]);
    put(70, type);
    put(72, bits);
    put(80, 0.004F);
    put(84, 0.004F);
    put(88, 0.05F);
    put(108, 352.0F);
    header[123] = 3; // micrometres
    header.replace(344, 4, QByteArray("n+1\0", 4));
    return header;
}

} // namespace emend
