// SPDX-License-Identifier: Apache-2.0
#include "core/io/PngSection.h"

#include "core/Error.h"
#include "core/io/Limits.h"

#include <QCoreApplication>

#include <itkPNGImageIO.h>

#include <algorithm>
#include <cstring>
#include <mutex>
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

Picture decode(const InputFile& file)
{
    try {
        auto io = itk::PNGImageIO::New();
        io->SetFileName(file.path());
        io->ReadImageInformation();
        Picture picture;
        picture.channels = int(io->GetNumberOfComponents());
        picture.bytesPerValue = int(io->GetComponentSize());
        itk::ImageIORegion whole(2);
        whole.SetSize(0, io->GetDimensions(0));
        whole.SetSize(1, io->GetDimensions(1));
        io->SetIORegion(whole);
        picture.values.resize(size_t(io->GetImageSizeInBytes()));
        io->Read(picture.values.data());
        return picture;
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception&) {
        refuseDamaged(file);
    }
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
