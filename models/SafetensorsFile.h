// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Checkpoint.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <map>
#include <string>
#include <vector>

class QIODevice;

namespace emend {

/// What a safetensors file holds: u64 header length, JSON header, data.
///
/// Files are hostile until checked: the header is at most 1 MB and 10 000 tensors, offsets are
/// contiguous without holes or overlap, every number is finite, and the data has the SHA-256 that
/// the metadata tells. Reads F32, F16 and BF16.
struct SafetensorsFile
{
    enum class Type { f32, f16 };

    std::map<std::string, std::string> metadata;
    std::map<std::string, WeightTensor> tensors;

    /// expectedShapes: exactly these tensors must be in the file; checked before any of them is
    /// read. The metadata comes first, through check, which returns the shapes. Throws Error.
    using Shapes = std::map<std::string, std::vector<qint64>>;
    using MetadataCheck = std::function<Shapes(const std::map<std::string, std::string>&)>;

    /// name is for the user to read.
    static SafetensorsFile read(QIODevice& file, const QString& name, const MetadataCheck& check);

    /// Tensors in order of their names, so that the same weights give the same file. With f16 a
    /// tensor whose numbers are too large for it stays f32.
    QByteArray toBytes(Type type) const;
};

} // namespace emend
