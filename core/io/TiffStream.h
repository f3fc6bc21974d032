// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <memory>

// libtiff's own name for an open file, so that its header stays in the .cpp files.
struct tiff;

namespace emend {

/// An open descriptor as a TIFF file of libtiff, which remembers why the disk failed.
///
/// The descriptor stays with its owner and outlives the stream. One thread at a time.
class TiffStream
{
public:
    /// mode is one of libtiff's ("wl", "w8l", "r"). tiff() is null when it cannot be opened.
    TiffStream(int descriptor, const char* mode);
    ~TiffStream();
    TiffStream(const TiffStream&) = delete;
    TiffStream& operator=(const TiffStream&) = delete;

    struct tiff* tiff() const { return m_tiff; }

    /// The system's error (errno) that was met first, 0 for none.
    int systemError() const { return m_systemError; }

private:
    struct Calls; // what libtiff calls, in TiffStream.cpp

    int m_descriptor;
    qint64 m_position = 0;
    int m_systemError = 0;
    struct tiff* m_tiff = nullptr;
};

} // namespace emend
