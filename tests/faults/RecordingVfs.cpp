// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/RecordingVfs.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

namespace emend {

namespace {

constexpr qint64 sectorBytes = 512;

struct Recorder
{
    QString folder;
    std::map<QString, RecordingVfs::File> files;
    int calls = 0;
    int lastCall = 1 << 30;

    bool isCut() const { return calls >= lastCall; }

    /// Counts a call; true where its effect still reaches the disk.
    bool counts()
    {
        if (isCut())
            return false;
        ++calls;
        return true;
    }
};

Recorder recorder;
sqlite3_vfs* below = nullptr;

/// SQLite's file with the real one behind it.
struct WatchedFile
{
    sqlite3_file base;
    RecordingVfs::File* record; ///< null: not watched

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

WatchedFile* watched(sqlite3_file* file)
{
    return reinterpret_cast<WatchedFile*>(file);
}

sqlite3_file* real(sqlite3_file* file)
{
    return watched(file)->real();
}

void apply(QByteArray& bytes, const RecordingVfs::Change& change)
{
    if (change.bytes.isEmpty()) {
        bytes.resize(change.at);
        return;
    }
    if (bytes.size() < change.at + change.bytes.size())
        bytes.resize(change.at + change.bytes.size(), '\0');
    bytes.replace(change.at, change.bytes.size(), change.bytes);
}

int writeFile(sqlite3_file* file, const void* data, int count, sqlite3_int64 at)
{
    const int code = real(file)->pMethods->xWrite(real(file), data, count, at);
    if (code == SQLITE_OK && watched(file)->record && recorder.counts())
        watched(file)->record->unsynced.push_back(
            {at, QByteArray(static_cast<const char*>(data), count)});
    return code;
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size)
{
    const int code = real(file)->pMethods->xTruncate(real(file), size);
    if (code == SQLITE_OK && watched(file)->record && recorder.counts())
        watched(file)->record->unsynced.push_back({size, {}});
    return code;
}

int syncFile(sqlite3_file* file, int flags)
{
    const int code = real(file)->pMethods->xSync(real(file), flags);
    RecordingVfs::File* record = watched(file)->record;
    if (code == SQLITE_OK && record && recorder.counts()) {
        for (const RecordingVfs::Change& change : record->unsynced)
            apply(record->synced, change);
        record->unsynced.clear();
    }
    return code;
}

int closeFile(sqlite3_file* file)
{
    return real(file)->pMethods->xClose(real(file));
}

int readFile(sqlite3_file* file, void* data, int count, sqlite3_int64 at)
{
    return real(file)->pMethods->xRead(real(file), data, count, at);
}

int sizeOfFile(sqlite3_file* file, sqlite3_int64* size)
{
    return real(file)->pMethods->xFileSize(real(file), size);
}

int lockFile(sqlite3_file* file, int level)
{
    return real(file)->pMethods->xLock(real(file), level);
}

int unlockFile(sqlite3_file* file, int level)
{
    return real(file)->pMethods->xUnlock(real(file), level);
}

int isReserved(sqlite3_file* file, int* result)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), result);
}

int controlFile(sqlite3_file* file, int what, void* argument)
{
    return real(file)->pMethods->xFileControl(real(file), what, argument);
}

int sectorSize(sqlite3_file*)
{
    return int(sectorBytes);
}

int characteristics(sqlite3_file*)
{
    return 0; // promises nothing: no atomic writes, no order
}

const sqlite3_io_methods methods = {
    1,        closeFile,  readFile,   writeFile,   truncateFile, syncFile,        sizeOfFile,
    lockFile, unlockFile, isReserved, controlFile, sectorSize,   characteristics, nullptr,
    nullptr,  nullptr,    nullptr,    nullptr,     nullptr};

int openFile(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    const QString path = QString::fromUtf8(name ? name : "");
    const bool isWatched = !recorder.folder.isEmpty() && path.startsWith(recorder.folder);
    const bool wasThere = isWatched && QFileInfo::exists(path);
    const int code = below->xOpen(below, name, real(file), flags, outFlags);
    file->pMethods = code == SQLITE_OK ? &methods : nullptr;
    watched(file)->record = nullptr;
    if (code != SQLITE_OK || !isWatched || recorder.isCut())
        return code;
    RecordingVfs::File& record = recorder.files[path];
    if (!wasThere)
        record = {};
    watched(file)->record = &record;
    return code;
}

int deleteFile(sqlite3_vfs*, const char* name, int syncFolder)
{
    const int code = below->xDelete(below, name, syncFolder);
    const auto found = recorder.files.find(QString::fromUtf8(name));
    if (code == SQLITE_OK && found != recorder.files.end() && recorder.counts())
        found->second.isThere = false;
    return code;
}

sqlite3_vfs layer = {};

} // namespace

RecordingVfs::RecordingVfs()
{
    below = sqlite3_vfs_find(nullptr);
    layer = *below;
    layer.pNext = nullptr;
    layer.zName = "recording";
    layer.szOsFile = int(sizeof(WatchedFile)) + below->szOsFile;
    layer.xOpen = openFile;
    layer.xDelete = deleteFile;
    sqlite3_vfs_register(&layer, 1);
}

RecordingVfs::~RecordingVfs()
{
    sqlite3_vfs_unregister(&layer);
    sqlite3_vfs_register(below, 1);
    recorder = {};
}

void RecordingVfs::watch(const QString& folder)
{
    recorder = {};
    recorder.folder = folder;
    for (const QFileInfo& info : QDir(folder).entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly))
            recorder.files[info.filePath()].synced = file.readAll();
    }
}

void RecordingVfs::cutAfter(int calls)
{
    recorder.lastCall = recorder.calls + calls;
}

bool RecordingVfs::isCut() const
{
    return recorder.isCut();
}

int RecordingVfs::calls() const
{
    return recorder.calls;
}

void RecordingVfs::restore(const QString& folder, std::mt19937& random) const
{
    for (const auto& [path, record] : recorder.files) {
        if (!record.isThere)
            continue;
        QByteArray bytes = record.synced;
        const unsigned luck = random() % 4; // none, some, most, all of what was not synced
        for (const Change& change : record.unsynced) {
            if (change.bytes.isEmpty()) {
                if (luck > random() % 4)
                    apply(bytes, change);
                continue;
            }
            for (qint64 from = 0; from < change.bytes.size(); from += sectorBytes)
                if (luck > random() % 4 || luck == 3)
                    apply(bytes, {change.at + from, change.bytes.mid(from, sectorBytes)});
        }
        QFile file(folder + QLatin1Char('/') + QFileInfo(path).fileName());
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
    }
}

} // namespace emend
