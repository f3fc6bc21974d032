// SPDX-License-Identifier: Apache-2.0
#include "core/io/InputFile.h"

#include "core/Error.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("InputFile", text);
}

/// The entry of a folder that reads as name; empty when there is none.
NativePath entryThatReadsAs(const std::filesystem::path& folder, const QString& name)
{
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        const NativePath bytes = entry.path().filename().string();
        if (QString::fromUtf8(bytes.data(), qsizetype(bytes.size())) == name)
            return bytes;
    }
    return {};
}

QString reasonNotOpened(int errorNumber)
{
    switch (errorNumber) {
    case ENOENT:
    case ENOTDIR:
        return tr("There is no file %1. Check its name and folder.");
    case EACCES:
    case EPERM:
        return tr("%1 may not be read. Ask its owner for permission to read it.");
    case ENAMETOOLONG:
        return tr("The name %1 is too long.");
    case ELOOP:
        return tr("%1 is a link that leads to itself.");
    default:
        return tr("%1 could not be opened. Check the disk it is on.");
    }
}

} // namespace

NativePath nativePath(const QString& path)
{
    const QByteArray encoded = QFile::encodeName(path);
    if (!path.contains(QChar::ReplacementCharacter) || QFile::exists(path))
        return encoded.toStdString();
    std::filesystem::path found = path.startsWith(QLatin1Char('/')) ? "/" : ".";
    const QStringList parts = path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    for (const QString& part : parts) {
        NativePath bytes = QFile::encodeName(part).toStdString();
        if (part.contains(QChar::ReplacementCharacter)) {
            if (const NativePath entry = entryThatReadsAs(found, part); !entry.empty())
                bytes = entry;
        }
        found /= bytes;
    }
    return found.string();
}

QString displayName(const NativePath& path)
{
    NativePath trimmed = path;
    while (trimmed.size() > 1 && trimmed.back() == '/')
        trimmed.pop_back();
    const NativePath last = trimmed.substr(trimmed.find_last_of('/') + 1);
    QString name = QString::fromUtf8(last.data(), qsizetype(last.size()));
    for (QChar& c : name) {
        if (!c.isPrint() && !c.isSurrogate())
            c = QChar::ReplacementCharacter;
    }
    // A sentence about a file stays readable, also when its name has 240 letters.
    if (name.size() > 120)
        name = name.left(80) + QStringLiteral("...") + name.right(30);
    return name;
}

InputFile::InputFile(const NativePath& path)
    : m_path(path)
{
    // Without O_NONBLOCK a named pipe would wait for its writer for ever.
    m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (m_descriptor < 0)
        throw Error(reasonNotOpened(errno).arg(name()));
    struct stat status = {};
    if (::fstat(m_descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(m_descriptor);
        throw Error(tr("%1 is not a file that holds a stack. Choose an image file.").arg(name()));
    }
    m_size = status.st_size;
}

InputFile::~InputFile()
{
    ::close(m_descriptor);
}

void InputFile::read(qint64 offset, void* out, qint64 count) const
{
    if (offset < 0 || count < 0 || readSome(offset, out, count) != count)
        throw Error(tr("%1 ends too early, or could not be read. Copy it again from its source.")
                        .arg(name()));
}

QByteArray InputFile::readUpTo(qint64 offset, qint64 count) const
{
    const qint64 available = std::clamp<qint64>(m_size - offset, 0, count);
    QByteArray bytes(available, Qt::Uninitialized);
    bytes.truncate(readSome(offset, bytes.data(), available));
    return bytes;
}

qint64 InputFile::readSome(qint64 offset, void* out, qint64 count) const
{
    qint64 done = 0;
    while (done < count) {
        const ssize_t got = ::pread(m_descriptor, static_cast<char*>(out) + done,
                                    size_t(count - done), offset + done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        done += got;
    }
    return done;
}

} // namespace emend
