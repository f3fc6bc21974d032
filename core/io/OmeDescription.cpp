// SPDX-License-Identifier: Apache-2.0
#include "core/io/OmeDescription.h"

#include "core/io/Limits.h"

#include <QCoreApplication>

#include <algorithm>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("TiffDescription", text);
}

int number(const QXmlStreamAttributes& attributes, const char* name, int fallback)
{
    bool isNumber = false;
    const int value = attributes.value(QLatin1String(name)).toInt(&isNumber);
    return isNumber && value >= 0 && value <= Limits::slices ? value : fallback;
}

double lengthNm(const QXmlStreamAttributes& attributes, const QString& name)
{
    const QString unit = attributes.value(name + QStringLiteral("Unit")).toString();
    // Micrometres are what the schema says of a length without a unit.
    const double nanometres = unit.isEmpty() ? 1000 : nanometresOfUnit(unit);
    return attributes.value(name).toDouble() * nanometres;
}

} // namespace

OmeDescription::OmeDescription(const QByteArray& xml, const QString& fileName)
    : m_xml(xml)
    , m_fileName(fileName)
{
    int images = 0;
    while (!m_xml.atEnd()) {
        m_xml.readNext();
        if (m_xml.isStartElement() && m_xml.name() == QLatin1String("Pixels") && ++images == 1)
            readPixels();
    }
    if (images == 0)
        return;
    m_said.kind = TiffDescription::Kind::ome;
    if (images > 1)
        m_said.notes << tr("The file has %1 images; the first is shown.").arg(images);
    chooseSlices();
}

void OmeDescription::readPixels()
{
    const QXmlStreamAttributes attributes = m_xml.attributes();
    m_order = attributes.value(QLatin1String("DimensionOrder")).toString();
    m_sizeZ = std::max(1, number(attributes, "SizeZ", 1));
    m_sizeC = std::max(1, number(attributes, "SizeC", 1));
    m_sizeT = std::max(1, number(attributes, "SizeT", 1));
    m_said.omeVoxelSize = {lengthNm(attributes, QStringLiteral("PhysicalSizeX")),
                           lengthNm(attributes, QStringLiteral("PhysicalSizeY")),
                           lengthNm(attributes, QStringLiteral("PhysicalSizeZ"))};
    while (!m_xml.atEnd()) {
        m_xml.readNext();
        if (m_xml.isEndElement() && m_xml.name() == QLatin1String("Pixels"))
            return;
        if (m_xml.isStartElement() && m_xml.name() == QLatin1String("Channel"))
            readChannel();
        else if (m_xml.isStartElement() && m_xml.name() == QLatin1String("TiffData"))
            readTiffData();
    }
}

void OmeDescription::readChannel()
{
    // Three samples of one page count as three channels in SizeC.
    const int samples = number(m_xml.attributes(), "SamplesPerPixel", 1);
    if (samples > 1 && m_sizeC % samples == 0 && m_pageOfPlane.empty())
        m_sizeC /= samples;
}

void OmeDescription::readTiffData()
{
    const QXmlStreamAttributes attributes = m_xml.attributes();
    const qint64 planeCount = qint64(m_sizeZ) * m_sizeC * m_sizeT;
    if (planeCount > Limits::slices)
        return;
    m_pageOfPlane.resize(size_t(planeCount), -1);
    const bool namesPage = attributes.hasAttribute(QLatin1String("IFD"));
    const int pages = number(attributes, "PlaneCount", namesPage ? 1 : int(planeCount));
    const int firstPage = number(attributes, "IFD", 0);
    const int firstPlane =
        planeIndex(number(attributes, "FirstC", 0), number(attributes, "FirstZ", 0),
                   number(attributes, "FirstT", 0));
    while (!m_xml.atEnd()) {
        m_xml.readNext();
        if (m_xml.isEndElement() && m_xml.name() == QLatin1String("TiffData"))
            break;
        if (!m_xml.isStartElement() || m_xml.name() != QLatin1String("UUID"))
            continue;
        const auto file = m_xml.attributes().value(QLatin1String("FileName"));
        if (!file.isEmpty() && file != m_fileName) {
            m_namesOtherFiles = true;
            return;
        }
    }
    placePages(firstPage, firstPlane, pages);
}

/// Where a plane comes in the order that the file names: Z, C and T, the first of them fastest.
int OmeDescription::planeIndex(int c, int z, int t) const
{
    qint64 index = 0;
    qint64 step = 1;
    const QString order = m_order.size() == 5 ? m_order.mid(2) : QStringLiteral("ZCT");
    for (const QChar axis : order) {
        const bool isZ = axis == QLatin1Char('Z');
        const bool isC = axis == QLatin1Char('C');
        index += step * (isZ ? z : isC ? c : t);
        step *= isZ ? m_sizeZ : isC ? m_sizeC : m_sizeT;
    }
    return int(std::min<qint64>(index, Limits::slices + 1));
}

void OmeDescription::placePages(int firstPage, int firstPlane, int pageCount)
{
    for (int i = 0; i < pageCount; ++i) {
        const size_t plane = size_t(firstPlane) + size_t(i);
        if (plane >= m_pageOfPlane.size())
            return;
        m_pageOfPlane[plane] = firstPage + i;
    }
}

void OmeDescription::chooseSlices()
{
    if (m_namesOtherFiles)
        m_said.notes << tr("Some sections are in other files, which are not opened.");
    if (m_pageOfPlane.empty())
        return;
    if (m_sizeC > 1)
        m_said.notes << tr("The file has %1 channels; the first is shown.").arg(m_sizeC);
    if (m_sizeT > 1 && m_sizeZ > 1)
        m_said.notes << tr("The file has %1 time points; the first is shown.").arg(m_sizeT);
    const bool isInTime = m_sizeZ == 1;
    for (int i = 0; i < (isInTime ? m_sizeT : m_sizeZ); ++i) {
        const size_t plane = size_t(isInTime ? planeIndex(0, 0, i) : planeIndex(0, i, 0));
        m_said.omePlanes.push_back(plane < m_pageOfPlane.size() ? m_pageOfPlane[plane] : -1);
    }
}

} // namespace emend
