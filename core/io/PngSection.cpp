// SPDX-License-Identifier: Apache-2.0
#include "core/io/PngSection.h"

#include "core/Error.h"
#include "core/io/Limits.h"

#include <QCoreApplication>

#include <algorithm>
#include <csetjmp>
#include <cstring>
#include <mutex>
#include <png.h>
#include <vector>

namespace emend {

namespace {

constexpr qint64 mostPixels = 1 << 28;
constexpr qint64 largestGrowth = 1100; ///< deflate packs at most 1032 : 1

QString tr(const char* text)
{
    return QCoreApplication::translate("PngSection", text);
}

quint32 bigEndian(const QByteArray& bytes, qsizetype at)
{
    quint32 value = 0;
    for (int i = 0; i < 4; ++i)
        value = value << 8 | quint8(bytes[at + i]);
    return value;
}

/// What the first chunk (IHDR) says.
struct Header
{
    qint64 width;
    qint64 height;
    int bits;
    int colourType;

    bool isGrey() const { return colourType == 0 || colourType == 4; }
};

[[noreturn]] void refuseDamaged(const InputFile& file)
{
    throw Error(tr("The picture %1 is damaged. Copy it again from its source.").arg(file.name()));
}

Header readHeader(const InputFile& file)
{
    const QByteArray bytes = file.readUpTo(0, 33);
    if (bytes.size() < 33 || bytes.mid(12, 4) != "IHDR")
        refuseDamaged(file);
    const Header header{bigEndian(bytes, 16), bigEndian(bytes, 20), bytes[24], bytes[25]};
    Limits::checkSection(header.width, header.height, file.name());
    if (header.width * header.height > mostPixels)
        throw Error(tr("The picture %1 is too large to be decoded at once. Save it as TIFF, which "
                       "Emend reads piece by piece.")
                        .arg(file.name()));
    if (header.width * header.height / 8 / largestGrowth > file.size())
        refuseDamaged(file);
    return header;
}

/// The chunks follow each other up to the last one, so that nothing is cut off.
void checkChunks(const InputFile& file)
{
    constexpr int mostChunks = 1 << 20;
    qint64 at = 8;
    for (int i = 0; i < mostChunks; ++i) {
        const QByteArray head = file.readUpTo(at, 8);
        if (head.size() < 8)
            break;
        at += 12 + qint64(bigEndian(head, 0));
        if (head.mid(4, 4) == "IEND" && at <= file.size())
            return;
    }
    refuseDamaged(file);
}

/// The whole picture, grey or in colours.
struct Picture
{
    int channels = 1;
    int bytesPerValue = 1;
    std::vector<char> values;
};

/// What libpng is given: where it reads, and that it stays silent.
struct Source
{
    const InputFile& file;
    qint64 offset = 0;
};

void readBytes(png_structp png, png_bytep out, size_t count)
{
    auto& source = *static_cast<Source*>(png_get_io_ptr(png));
    const QByteArray bytes = source.file.readUpTo(source.offset, qint64(count));
    if (bytes.size() != qint64(count))
        png_error(png, "end");
    std::copy(bytes.begin(), bytes.end(), out);
    source.offset += bytes.size();
}

void jumpBack(png_structp png, png_const_charp)
{
    png_longjmp(png, 1);
}

void ignoreWarning(png_structp, png_const_charp) {}

/// libpng leaves on errors by longjmp, so nothing here may have a destructor that matters.
bool decodeInto(png_structp png, png_infop info, Picture& picture, std::vector<png_bytep>& rows)
{
    if (setjmp(png_jmpbuf(png)) != 0)
        return false;
    png_read_info(png, info);
    png_set_expand(png); // palettes to colours, few bits to 8
    if (png_get_bit_depth(png, info) == 16)
        png_set_swap(png); // to the byte order of this machine
    png_set_interlace_handling(png);
    png_read_update_info(png, info);
    picture.channels = png_get_channels(png, info);
    picture.bytesPerValue = png_get_bit_depth(png, info) == 16 ? 2 : 1;
    const size_t rowBytes = png_get_rowbytes(png, info);
    const size_t height = png_get_image_height(png, info);
    picture.values.resize(rowBytes * height);
    for (size_t y = 0; y < height; ++y)
        rows.push_back(reinterpret_cast<png_bytep>(picture.values.data() + y * rowBytes));
    png_read_image(png, rows.data());
    png_read_end(png, nullptr);
    return true;
}

Picture decode(const InputFile& file)
{
    png_structp png =
        png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, jumpBack, ignoreWarning);
    png_infop info = png ? png_create_info_struct(png) : nullptr;
    Source source{file};
    Picture picture;
    std::vector<png_bytep> rows;
    bool isWhole = false;
    if (info) {
        png_set_user_limits(png, png_uint_32(Limits::sidePx), png_uint_32(Limits::sidePx));
        png_set_read_fn(png, &source, readBytes);
        isWhole = decodeInto(png, info, picture, rows);
    }
    png_destroy_read_struct(&png, &info, nullptr);
    if (!isWhole)
        refuseDamaged(file);
    return picture;
}

/// Only the first channel, where the picture has no real colours.
std::vector<char> greyOf(Picture picture, const QString& name)
{
    if (picture.channels == 1)
        return std::move(picture.values);
    const auto bytes = size_t(picture.bytesPerValue);
    const size_t pixelBytes = bytes * size_t(picture.channels);
    const int colours = picture.channels >= 3 ? 3 : 1; // the others are transparency
    std::vector<char> grey;
    grey.reserve(picture.values.size() / size_t(picture.channels));
    for (size_t at = 0; at + pixelBytes <= picture.values.size(); at += pixelBytes) {
        const char* pixel = &picture.values[at];
        for (int c = 1; c < colours; ++c) {
            if (std::memcmp(pixel, pixel + size_t(c) * bytes, bytes) != 0)
                throw Error(tr("%1 is a picture in colours, and Emend reads grey sections. Convert "
                               "it to 8-bit grey, for example with Fiji.")
                                .arg(name));
        }
        grey.insert(grey.end(), pixel, pixel + bytes);
    }
    return grey;
}

class PngSource : public ComponentSource
{
public:
    PngSource(std::shared_ptr<const InputFile> file, const Header& header)
        : m_file(std::move(file))
        , m_width(header.width)
        , m_height(header.height)
        , m_valueBytes(header.bits == 16 ? 2 : 1)
    {
    }

    void decodeNow()
    {
        const std::lock_guard lock(m_mutex);
        if (!m_grey.empty())
            return;
        std::vector<char> grey = greyOf(decode(*m_file), m_file->name());
        if (qint64(grey.size()) != m_width * m_height * m_valueBytes)
            refuseDamaged(*m_file);
        m_grey = std::move(grey);
    }

    void read(int, Rect rect, void* out) override
    {
        decodeNow();
        const qint64 rowBytes = rect.width * m_valueBytes;
        for (int y = 0; y < rect.height; ++y) {
            const qint64 from = ((qint64(rect.y) + y) * m_width + rect.x) * m_valueBytes;
            std::copy_n(m_grey.begin() + from, rowBytes, static_cast<char*>(out) + y * rowBytes);
        }
    }

private:
    std::shared_ptr<const InputFile> m_file;
    qint64 m_width;
    qint64 m_height;
    qint64 m_valueBytes;
    std::mutex m_mutex;
    std::vector<char> m_grey;
};

} // namespace

bool isPng(const QByteArray& head)
{
    return head.startsWith("\x89PNG\r\n\x1a\n");
}

OpenedStack openPng(const std::shared_ptr<const InputFile>& file)
{
    const Header header = readHeader(*file);
    checkChunks(*file);
    auto source = std::make_unique<PngSource>(file, header);
    if (!header.isGrey())
        source->decodeNow(); // to see whether the colours are grey
    OpenedStack opened;
    opened.info.size = {int(header.width), int(header.height), 1};
    opened.component = header.bits == 16 ? Component::uint16 : Component::uint8;
    opened.preferredBlock = opened.info.size.sliceRect();
    opened.source = std::move(source);
    return opened;
}

} // namespace emend
