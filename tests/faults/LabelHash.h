// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/LabelVolume.h"

#include <QByteArray>
#include <QCryptographicHash>

#include <vector>

namespace emend {

/// Two volumes of one size have the same only where every label is the same.
inline QByteArray labelHash(const LabelVolume& labels)
{
    const Rect slice = labels.size().sliceRect();
    std::vector<Label> pixels(size_t(slice.pixelCount()));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (int z = 0; z < labels.size().slices; ++z) {
        labels.read(z, slice, pixels.data());
        hash.addData(QByteArray::fromRawData(reinterpret_cast<const char*>(pixels.data()),
                                             qsizetype(pixels.size())));
    }
    return hash.result().toHex();
}

} // namespace emend
