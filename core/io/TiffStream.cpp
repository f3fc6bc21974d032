// SPDX-License-Identifier: Apache-2.0
#include "core/io/TiffStream.h"

#include <cerrno>
#include <cstdio>
#include <sys/stat.h>
#include <tiffio.h>
#include <unistd.h>

namespace emend {

struct TiffStream::Calls
{
    static TiffStream& stream(thandle_t handle) { return *static_cast<TiffStream*>(handle); }

    /// Moves count bytes by transfer(done) at the stream's position, however few come at once.
    template <class Transfer>
    static tmsize_t moveAll(thandle_t handle, tmsize_t count, Transfer transfer)
    {
        TiffStream& s = stream(handle);
        tmsize_t done = 0;
        while (done < count) {
            const ssize_t moved = transfer(s, done);
            if (moved < 0 && errno == EINTR)
                continue;
            if (moved < 0 && s.m_systemError == 0)
                s.m_systemError = errno;
            if (moved <= 0)
                return moved < 0 ? -1 : done;
            s.m_position += moved;
            done += moved;
        }
        return done;
    }

    static tmsize_t read(thandle_t handle, void* out, tmsize_t count)
    {
        return moveAll(handle, count, [&](TiffStream& s, tmsize_t done) {
            return pread(s.m_descriptor, static_cast<char*>(out) + done, size_t(count - done),
                         s.m_position);
        });
    }

    static tmsize_t write(thandle_t handle, void* bytes, tmsize_t count)
    {
        return moveAll(handle, count, [&](TiffStream& s, tmsize_t done) {
            return pwrite(s.m_descriptor, static_cast<char*>(bytes) + done, size_t(count - done),
                          s.m_position);
        });
    }

    static toff_t seek(thandle_t handle, toff_t offset, int whence)
    {
        TiffStream& s = stream(handle);
        const qint64 base = whence == SEEK_CUR   ? s.m_position
                            : whence == SEEK_END ? qint64(size(handle))
                                                 : 0;
        s.m_position = base + qint64(offset);
        return toff_t(s.m_position);
    }

    static int close(thandle_t) { return 0; } // the descriptor is not ours

    static toff_t size(thandle_t handle)
    {
        struct stat status = {};
        return fstat(stream(handle).m_descriptor, &status) == 0 ? toff_t(status.st_size) : 0;
    }

    // What libtiff says is not for the user; failures come as return values.
    static int staySilent(TIFF*, void*, const char*, const char*, va_list) { return 1; }
};

TiffStream::TiffStream(int descriptor, const char* mode)
    : m_descriptor(descriptor)
{
    TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
    TIFFOpenOptionsSetErrorHandlerExtR(options, Calls::staySilent, nullptr);
    TIFFOpenOptionsSetWarningHandlerExtR(options, Calls::staySilent, nullptr);
    m_tiff = TIFFClientOpenExt("", mode, this, Calls::read, Calls::write, Calls::seek, Calls::close,
                               Calls::size, nullptr, nullptr, options);
    TIFFOpenOptionsFree(options);
}

TiffStream::~TiffStream()
{
    if (m_tiff)
        TIFFClose(m_tiff);
}

} // namespace emend
