// SPDX-License-Identifier: Apache-2.0
#include "core/io/Inflated.h"

#include "core/Error.h"

#include <QCoreApplication>
#include <QTemporaryFile>

#include <algorithm>
#include <zlib.h>

namespace emend {

namespace {

constexpr qint64 bytesAtOnce = 1 << 20;
constexpr qint64 largestGrowth = 1100; ///< deflate packs at most 1032 : 1
constexpr qint64 mostBytes = 64ll << 30;

QString tr(const char* text)
{
    return QCoreApplication::translate("Inflated", text);
}

/// One pass over a compressed stream.
class Inflater
{
public:
    Inflater(const InputFile& file, qint64 offset)
        : m_file(file)
        , m_offset(offset)
    {
        constexpr int anyHeader = 15 + 32; // gzip or zlib, whichever it is
        m_isUsable = inflateInit2(&m_stream, anyHeader) == Z_OK;
    }

    ~Inflater() { inflateEnd(&m_stream); }

    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    /// The next bytes, at most count; fewer at the end, or where the stream is damaged.
    QByteArray next(qint64 count)
    {
        QByteArray out(count, Qt::Uninitialized);
        m_stream.next_out = reinterpret_cast<Bytef*>(out.data());
        m_stream.avail_out = uInt(count);
        while (m_isUsable && m_stream.avail_out > 0) {
            if (m_stream.avail_in == 0 && !refill())
                break;
            m_isUsable = inflate(&m_stream, Z_NO_FLUSH) == Z_OK;
        }
        out.truncate(count - qint64(m_stream.avail_out));
        return out;
    }

private:
    bool refill()
    {
        m_input = m_file.readUpTo(m_offset, bytesAtOnce);
        m_offset += m_input.size();
        m_stream.next_in = reinterpret_cast<Bytef*>(m_input.data());
        m_stream.avail_in = uInt(m_input.size());
        return !m_input.isEmpty();
    }

    const InputFile& m_file;
    qint64 m_offset;
    z_stream m_stream = {};
    QByteArray m_input;
    bool m_isUsable = false;
};

void refuseWhatCannotBe(const InputFile& file, qint64 offset, qint64 count)
{
    if (count > mostBytes || count / largestGrowth > file.size() - offset)
        throw Error(tr("%1 says that it holds more than its size allows. Copy it again from its "
                       "source.")
                        .arg(file.name()));
}

} // namespace

QByteArray inflatedHead(const InputFile& file, qint64 offset, qint64 count)
{
    return Inflater(file, offset).next(count);
}

std::shared_ptr<const InputFile> inflated(const InputFile& file, qint64 offset, qint64 count)
{
    refuseWhatCannotBe(file, offset, count);
    QTemporaryFile unpacked;
    bool isWritten = unpacked.open();
    Inflater inflater(file, offset);
    for (qint64 done = 0; isWritten && done < count;) {
        const QByteArray bytes = inflater.next(std::min(bytesAtOnce, count - done));
        if (bytes.isEmpty())
            break;
        isWritten = unpacked.write(bytes) == bytes.size();
        done += bytes.size();
    }
    if (!isWritten || !unpacked.flush())
        throw Error(tr("There is no room to unpack %1. Make room on the disk of the folder for "
                       "temporary files, or unpack the file yourself.")
                        .arg(file.name()));
    // The name goes with the QTemporaryFile; what is open stays readable.
    return std::make_shared<const InputFile>(QFile::encodeName(unpacked.fileName()).toStdString());
}

} // namespace emend
