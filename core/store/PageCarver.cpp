// SPDX-License-Identifier: Apache-2.0
#include "core/store/PageCarver.h"

#include "core/Error.h"
#include "core/store/TileCodec.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QtEndian>

#include <algorithm>

namespace emend {

namespace {

constexpr qint64 pageBytes = 4096;
constexpr qint64 longestRow = 1 << 20; ///< a compressed tile is far shorter
constexpr quint8 tableLeaf = 0x0d;

quint8 byteAt(const QByteArray& bytes, qsizetype at)
{
    return at < bytes.size() ? quint8(bytes[at]) : quint8(0);
}

/// SQLite's number of one to nine bytes; moves at behind it.
qint64 takeVarint(const QByteArray& bytes, qsizetype& at)
{
    quint64 value = 0;
    for (int i = 0; i < 8; ++i) {
        const quint8 byte = byteAt(bytes, at++);
        value = value << 7 | (byte & 0x7f);
        if (byte < 0x80)
            return qint64(value);
    }
    return qint64(value << 8 | byteAt(bytes, at++));
}

/// A whole number of the serial types 1 to 6, 8 and 9; moves at behind it.
qint64 takeNumber(const QByteArray& bytes, qsizetype& at, qint64 type)
{
    constexpr int lengths[] = {0, 1, 2, 3, 4, 6, 8};
    if (type == 8 || type == 9)
        return type - 8;
    if (type < 1 || type > 6)
        return 0;
    const int length = lengths[type];
    qint64 value = qint8(byteAt(bytes, at));
    for (int i = 1; i < length; ++i)
        value = qint64(quint64(value) << 8) | byteAt(bytes, at + i);
    at += length;
    return value;
}

} // namespace

PageCarver::PageCarver(const QString& path)
    : m_file(path)
{
    if (!m_file.open(QIODevice::ReadOnly))
        throw Error(
            QCoreApplication::translate(
                "PageCarver", "%1 cannot be opened. Check that it is there and may be read.")
                .arg(QFileInfo(path).fileName()));
    m_pages = m_file.size() / pageBytes;
}

QByteArray PageCarver::page(qint64 number)
{
    return m_file.seek((number - 1) * pageBytes) ? m_file.read(pageBytes) : QByteArray();
}

void PageCarver::carveTiles(const Found& found)
{
    for (qint64 number = 1; number <= m_pages; ++number)
        carvePage(number, found);
}

void PageCarver::carvePage(qint64 number, const Found& found)
{
    const QByteArray bytes = page(number);
    if (bytes.size() != pageBytes || quint8(bytes[0]) != tableLeaf)
        return;
    const int cells = qFromBigEndian<quint16>(bytes.constData() + 3);
    for (int i = 0; i < cells && 8 + 2 * i + 2 <= pageBytes; ++i)
        carveCell(bytes, qFromBigEndian<quint16>(bytes.constData() + 8 + 2 * i), found);
}

void PageCarver::carveCell(const QByteArray& page, qsizetype at, const Found& found)
{
    const qint64 size = takeVarint(page, at);
    const qint64 id = takeVarint(page, at);
    if (size < 4 || size > longestRow || id < 1 || at >= page.size())
        return;
    const QByteArray payload = payloadOf(page, at, size);
    qsizetype header = 0;
    const qint64 headerSize = takeVarint(payload, header);
    const qint64 idType = takeVarint(payload, header);
    const qint64 sumType = takeVarint(payload, header);
    const qint64 dataType = takeVarint(payload, header);
    const bool isTile = idType == 0 && dataType >= 12 && dataType % 2 == 0 && header == headerSize;
    if (!isTile)
        return;
    const qint64 sum = takeNumber(payload, header, sumType);
    const QByteArray data = payload.mid(header, (dataType - 12) / 2);
    if (data.size() == (dataType - 12) / 2 && checksum(data, id) == sum && unpackedTile(data))
        found(id, sum, data);
}

QByteArray PageCarver::payloadOf(const QByteArray& leaf, qsizetype at, qint64 size)
{
    constexpr qint64 mostLocal = pageBytes - 35;
    constexpr qint64 leastLocal = (pageBytes - 12) * 32 / 255 - 23;
    if (size <= mostLocal)
        return leaf.mid(at, size);
    const qint64 wish = leastLocal + (size - leastLocal) % (pageBytes - 4);
    const qint64 local = wish <= mostLocal ? wish : leastLocal;
    QByteArray payload = leaf.mid(at, local);
    if (at + local + 4 > leaf.size())
        return payload;
    qint64 next = qFromBigEndian<quint32>(leaf.constData() + at + local);
    while (payload.size() < size && next > 0 && next <= m_pages) {
        const QByteArray more = page(next);
        if (more.size() != pageBytes)
            break;
        next = qFromBigEndian<quint32>(more.constData());
        payload += more.mid(4, std::min<qint64>(pageBytes - 4, size - payload.size()));
    }
    return payload;
}

} // namespace emend
