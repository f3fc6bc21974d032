// SPDX-License-Identifier: Apache-2.0
#include "core/io/TiffDirectory.h"

#include "core/Error.h"
#include "core/io/Limits.h"
#include "core/io/TiffVoxelSize.h"

#include <QCoreApplication>

#include <algorithm>
#include <tiff.h>
#include <unordered_set>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TiffDirectory", text);
}

} // namespace

TiffDirectory::TiffDirectory(std::shared_ptr<const InputFile> file)
    : m_file(std::move(file))
{
    readPages();
    if (m_pages.empty())
        throw Error(tr("%1 holds no section that is whole: the file is damaged or cut short. Copy "
                       "it again from its source.")
                        .arg(m_file.file()->name()));
    orderSlices();
    noteColour();
    m_notes << m_description.notes;
    if (m_isCut)
        m_notes << tr("The file is cut short: the first %1 sections are whole and are shown.")
                       .arg(m_slices.size());
}

VolumeSize TiffDirectory::size() const
{
    return {m_pages.front().width, m_pages.front().height, int(m_slices.size())};
}

Rect TiffDirectory::preferredBlock() const
{
    const TiffPage& page = m_pages.front();
    if (page.isPlain())
        return {0, 0, std::min(page.width, 8192), 1};
    return {0, 0, page.blockWidth, page.blockHeight};
}

void TiffDirectory::readPages()
{
    std::unordered_set<qint64> seen;
    qint64 offset = m_file.firstIfd();
    while (offset != 0) {
        if (!seen.insert(offset).second)
            throw Error(tr("%1 is damaged: its pages run in a circle. Copy it again from its "
                           "source.")
                            .arg(m_file.file()->name()));
        if (qint64(seen.size()) > Limits::slices)
            throw Error(tr("%1 has more than %2 sections. Split it into several stacks.")
                            .arg(m_file.file()->name())
                            .arg(Limits::slices));
        const std::optional<TiffIfd> ifd = m_file.ifdAt(offset);
        if (!ifd || !addPage(*ifd)) {
            m_isCut = true;
            return;
        }
        offset = ifd->next;
    }
}

/// False where the page, and with it the rest of the file, is not whole.
bool TiffDirectory::addPage(const TiffIfd& ifd)
{
    if (m_pageOfIfd.empty()) {
        const TiffEntry* text = ifd.find(TIFFTAG_IMAGEDESCRIPTION);
        m_description =
            TiffDescription::parse(text ? m_file.text(*text) : QByteArray(), m_file.file()->name());
        const TiffVoxelSize found = TiffVoxelSize::find(m_file, ifd, m_description);
        m_voxelSize = found.size;
        m_voxelSizeSource = found.source;
    }
    if (!TiffPage::isSection(m_file, ifd)) {
        m_pageOfIfd.push_back(-1);
        return true;
    }
    const TiffPage page = TiffPage::judge(m_file, ifd, int(m_pages.size()));
    // A long image of ImageJ is asked for its slices later, also when it is cut short.
    if (!page.isWhole(m_file))
        return false;
    m_pageOfIfd.push_back(int(m_pages.size()));
    m_pages.push_back(page);
    checkSameKind(int(m_pages.size()) - 1);
    return true;
}

void TiffDirectory::checkSameKind(int page) const
{
    const TiffPage& first = m_pages.front();
    const TiffPage& other = m_pages[size_t(page)];
    if (other.width != first.width || other.height != first.height)
        throw Error(tr("Section %1 of %2 has %3 x %4 pixels, the first one %5 x %6. All sections "
                       "of a stack need one size.")
                        .arg(page + 1)
                        .arg(m_file.file()->name())
                        .arg(other.width)
                        .arg(other.height)
                        .arg(first.width)
                        .arg(first.height));
    if (other.component != first.component)
        throw Error(tr("Section %1 of %2 has another depth than the first one. All sections of a "
                       "stack need the same number of bits.")
                        .arg(page + 1)
                        .arg(m_file.file()->name()));
}

void TiffDirectory::orderSlices()
{
    if (isOneLongImage())
        orderLongImage();
    else
        orderPages();
    if (m_slices.empty())
        throw Error(tr("%1 holds no section that is whole: the file is damaged or cut short. Copy "
                       "it again from its source.")
                        .arg(m_file.file()->name()));
}

/// ImageJ writes stacks of more than 4 GB as one page with all pixels behind each other. It also
/// lays them so in smaller files, which helps where the later pages are lost. Other programs that
/// write its description write the orientation too.
bool TiffDirectory::isOneLongImage() const
{
    const TiffPage& first = m_pages.front();
    const bool pagesAreMissing = m_description.kind == TiffDescription::Kind::imageJ &&
                                 m_description.images > int(m_pages.size()) &&
                                 (m_pages.size() == 1 || m_isCut);
    return pagesAreMissing && first.isPlain() && !first.hasOrientation &&
           m_description.images <= Limits::slices;
}

void TiffDirectory::orderLongImage()
{
    const TiffPage& first = m_pages.front();
    const qint64 available = m_file.file()->size() - m_file.integer(first.blockOffsets, 0);
    const qint64 whole = std::min<qint64>(m_description.images, available / first.byteCount());
    m_isCut = whole < m_description.images;
    for (const int plane : m_description.planesOfSlices(int(whole)))
        m_slices.push_back({0, plane * first.byteCount()});
}

void TiffDirectory::orderPages()
{
    // OME counts all pages of the file, whether they are sections or not.
    const bool countsAll = !m_description.omePlanes.empty();
    const int pageCount = countsAll ? int(m_pageOfIfd.size()) : int(m_pages.size());
    for (const int plane : m_description.planesOfSlices(pageCount)) {
        int page = plane;
        if (countsAll)
            page = plane >= 0 && plane < pageCount ? m_pageOfIfd[size_t(plane)] : -1;
        if (page >= 0)
            m_slices.push_back({page, 0});
        else if (m_notes.isEmpty())
            m_notes << tr("Sections that the file names are missing in it, and left out.");
    }
}

void TiffDirectory::noteColour()
{
    const TiffPage& first = m_pages.front();
    using enum TiffPage::Colour;
    if (first.colour == rgb || first.colour == yCbCr)
        m_notes << tr("The file holds red, green and blue; their brightness is shown.");
    else if (first.colour == palette && first.greyOfIndex(m_file).empty())
        m_notes << tr("The colour table of the file is not used; its plain values are shown.");
    else if (first.colour != palette && first.samples > 1)
        m_notes << tr("The file has %1 values a pixel; the first is shown.").arg(first.samples);
}

} // namespace emend
