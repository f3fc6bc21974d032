// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace emend {

/// What libtiff finds on one page, read independently of the program's own reader.
struct TiffPageContent
{
    int width = 0;
    int height = 0;
    int bits = 0;
    int compression = 0;
    int predictor = 1;
    int rowsPerStrip = 0;
    int resolutionUnit = 0;
    double xResolution = 0;
    double yResolution = 0;
    bool hasOrientation = false;
    bool isTiled = false;
    QByteArray description;
    QByteArray software;
    QByteArray pixels;
};

/// All pages of a file; none when it cannot be opened.
std::vector<TiffPageContent> readTiffPages(const QString& path);

} // namespace emend
