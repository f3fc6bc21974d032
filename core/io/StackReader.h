// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"

#include <QString>

#include <memory>

namespace emend {

/// Opens any supported file, or folder of sections, as a stack.
///
/// TIFF (with ImageJ, OME and BigTIFF flavours), folders of numbered sections, PNG, MRC, NRRD,
/// MetaImage and NIfTI. Files are judged by signature and header before anything is allocated; a
/// file that cannot be opened throws Error with one plain sentence. May be called on any thread.
class StackReader
{
public:
    static std::shared_ptr<const ImageStack>
    open(const QString& path, qint64 cacheBytes = ImageStack::defaultCacheBytes);

    /// For file dialogs: "*.tif", "*.tiff", ...
    static QStringList namePatterns();
};

} // namespace emend
