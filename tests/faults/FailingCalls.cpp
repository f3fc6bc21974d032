// SPDX-License-Identifier: Apache-2.0
// Stands before the calls of the system (LD_PRELOAD) and lets the N-th one of a kind fail that
// touches a file below a folder. Told by the environment, see Fault.h:
//     EMEND_FAULT_FOLDER   where; everything else works
//     EMEND_FAULT_KINDS    which, by their letters, counted together: r open to read, o open to
//                          write, w write, s sync, t truncate, n rename, u unlink
//     EMEND_FAULT_NUMBER   from 1; 0: none fails
//     EMEND_FAULT_ERROR    errno
//     EMEND_FAULT_HOW      once, forever, short (half of it is written, and all is well again) or
//                          full (half of it is written, and from then on nothing)
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

std::string_view setting(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

struct Plan
{
    std::string_view folder = setting("EMEND_FAULT_FOLDER");
    std::string_view kinds = setting("EMEND_FAULT_KINDS");
    int number = std::atoi(setting("EMEND_FAULT_NUMBER").data());
    int error = std::atoi(setting("EMEND_FAULT_ERROR").data());
    std::string_view how = setting("EMEND_FAULT_HOW");
};

const Plan& plan()
{
    static const Plan plan;
    return plan;
}

std::array<std::atomic<int>, 128> calls; ///< by the letter of their kind
std::atomic<int> planned = 0;            ///< calls of the kinds that may fail
std::atomic<bool> isMended = false;

bool isBelow(std::string_view path)
{
    const std::string_view folder = plan().folder;
    return !folder.empty() && path.starts_with(folder) &&
           (path.size() == folder.size() || path[folder.size()] == '/');
}

bool isBelow(int file)
{
    char link[40];
    char path[4096];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = readlink(link, path, sizeof path);
    return length > 0 && isBelow(std::string_view(path, size_t(length)));
}

enum class Fate { works, fails, isShort };

/// Counts a call and says what becomes of it; errno is set where it fails.
template <typename File>
Fate fateOf(char kind, File file)
{
    const int before = errno;
    const bool isOurs = isBelow(file);
    errno = before;
    if (!isOurs)
        return Fate::works;
    ++calls[size_t(kind)];
    if (plan().kinds.find(kind) == std::string_view::npos)
        return Fate::works;
    const int number = ++planned;
    if (plan().number == 0 || number < plan().number || isMended)
        return Fate::works;
    const bool isFirst = number == plan().number;
    if (!isFirst && (plan().how == "once" || plan().how == "short"))
        return Fate::works;
    if (isFirst && kind == 'w' && (plan().how == "short" || plan().how == "full"))
        return Fate::isShort;
    errno = plan().error;
    return Fate::fails;
}

template <typename File, typename Call>
int unlessItFails(char kind, File file, Call call)
{
    return fateOf(kind, file) == Fate::fails ? -1 : int(call());
}

int openFile(int folder, const char* path, int flags, mode_t mode)
{
    const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
    return unlessItFails(writes ? 'o' : 'r', std::string_view(path),
                         [=] { return syscall(SYS_openat, folder, path, flags, mode); });
}

size_t shortened(size_t count)
{
    return count > 1 ? count / 2 : count;
}

} // namespace

extern "C" {

/// For the program itself: how many calls of a kind there were, and that all works from now on.
int emendFaultCalls(char kind)
{
    return calls[size_t(kind)];
}

void emendMendFaults()
{
    isMended = true;
}

int open(const char* path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return openFile(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char* path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return openFile(folder, path, flags, mode);
}

int __open_2(const char* path, int flags)
{
    return openFile(AT_FDCWD, path, flags, 0);
}

int __openat_2(int folder, const char* path, int flags)
{
    return openFile(folder, path, flags, 0);
}

ssize_t write(int file, const void* bytes, size_t count)
{
    const Fate fate = fateOf('w', file);
    if (fate == Fate::fails)
        return -1;
    return syscall(SYS_write, file, bytes, fate == Fate::isShort ? shortened(count) : count);
}

ssize_t pwrite(int file, const void* bytes, size_t count, off_t at)
{
    const Fate fate = fateOf('w', file);
    if (fate == Fate::fails)
        return -1;
    return syscall(SYS_pwrite64, file, bytes, fate == Fate::isShort ? shortened(count) : count, at);
}

int fsync(int file)
{
    return unlessItFails('s', file, [=] { return syscall(SYS_fsync, file); });
}

int fdatasync(int file)
{
    return unlessItFails('s', file, [=] { return syscall(SYS_fdatasync, file); });
}

int ftruncate(int file, off_t size) noexcept
{
    return unlessItFails('t', file, [=] { return syscall(SYS_ftruncate, file, size); });
}

// The reserve beside a project takes no room here: it would cost more than all else.
int posix_fallocate(int file, off_t at, off_t count)
{
    const bool works =
        unlessItFails('t', file, [=] { return syscall(SYS_ftruncate, file, at + count); }) == 0;
    return works ? 0 : errno;
}

int renameat2(int fromFolder, const char* from, int toFolder, const char* to,
              unsigned flags) noexcept
{
    return unlessItFails('n', std::string_view(from), [=] {
        return syscall(SYS_renameat2, fromFolder, from, toFolder, to, flags);
    });
}

int renameat(int fromFolder, const char* from, int toFolder, const char* to) noexcept
{
    return renameat2(fromFolder, from, toFolder, to, 0);
}

int rename(const char* from, const char* to) noexcept
{
    return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int unlink(const char* path) noexcept
{
    return unlessItFails('u', std::string_view(path),
                         [=] { return syscall(SYS_unlinkat, AT_FDCWD, path, 0); });
}

// The same under the names that programs built for large files call.
int open64(const char*, int, ...) __attribute__((alias("open")));
int openat64(int, const char*, int, ...) __attribute__((alias("openat")));
int __open64_2(const char*, int) __attribute__((alias("__open_2")));
int __openat64_2(int, const char*, int) __attribute__((alias("__openat_2")));
ssize_t pwrite64(int, const void*, size_t, off64_t) __attribute__((alias("pwrite")));
int ftruncate64(int, off64_t) noexcept __attribute__((alias("ftruncate")));

} // extern "C"
