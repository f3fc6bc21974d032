// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/TiffDescription.h"

#include <QXmlStreamReader>

namespace emend {

/// Reads the OME-XML of a TIFF: which page is which slice, and the size of a voxel.
class OmeDescription
{
public:
    OmeDescription(const QByteArray& xml, const QString& fileName);

    TiffDescription take() { return std::move(m_said); }

private:
    void readPixels();
    void readTiffData();
    void readChannel();
    int planeIndex(int c, int z, int t) const;
    void placePages(int firstPage, int firstPlane, int pageCount);
    void chooseSlices();

    QXmlStreamReader m_xml;
    QString m_fileName;
    QString m_order; ///< of the planes, "XYZCT"
    int m_sizeZ = 1;
    int m_sizeC = 1;
    int m_sizeT = 1;
    bool m_namesOtherFiles = false;
    std::vector<int> m_pageOfPlane;
    TiffDescription m_said;
};

} // namespace emend
