// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"
#include "models/UNetSpec.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class QIODevice;

namespace emend {

/// Numbers of one weight, row-major.
struct WeightTensor
{
    std::vector<qint64> shape;
    std::vector<float> values;
};

/// Where a model comes from.
struct Lineage
{
    QString name;   ///< "membrane", "larva-vnc 3"
    QString parent; ///< name of the model it started from; empty: from random weights
    QString data;   ///< what it learned from, in words
    quint64 seed = 0;
    int steps = 0;
    std::optional<double> scoreBefore; ///< on the held-out pixels
    std::optional<double> scoreAfter;
    QDateTime created; ///< UTC; not part of the weights' identity
};

/// A model: weights with everything needed to use them. Immutable once made, shared as
/// std::shared_ptr<const Checkpoint>, free of LibTorch, any thread.
///
/// The file is safetensors; spec, classes, normalisation, pixel size and lineage are in its
/// metadata. Training makes a new checkpoint and never writes over an old one.
class Checkpoint
{
public:
    UNetSpec spec;
    QStringList classNames; ///< class 1 first; as many as spec.classCount

    /// Pixel size the network was trained at, and the sizes it takes without rescaling.
    double pixelSizeNm = 4;
    double minimumPixelSizeNm = 3;
    double maximumPixelSizeNm = 6;

    /// The pixel size of the stack that the model learns from at that size; where the stack does
    /// not tell it, all stays as it is.
    void setPixelSize(const VoxelSize& size);

    /// The name of the rule that brings grey values to what the network knows (see
    /// SliceNormalisation), so that later rules do not misread older files.
    QString normalisation = QStringLiteral("slice-mean-std");

    /// Counted from 1 as in a ProbabilityMap; 0: the model knows no such class.
    int classIndexOf(const QString& name) const { return int(classNames.indexOf(name)) + 1; }

    int membraneClass() const { return classIndexOf(QStringLiteral("membrane")); }

    /// The rule of the reference recipe (see ReferenceSection): the network is shown whole slices,
    /// each at the same size, whatever their pixels measure.
    static QString wholeSliceRule() { return QStringLiteral("whole-slice-388"); }

    bool seesWholeSlices() const { return normalisation == wholeSliceRule(); }

    Lineage lineage;
    std::map<std::string, WeightTensor> weights; ///< those of UNetSpec::weightShapes

    /// Judged before anything is allocated (header at most 1 MB, names, shapes and types must be
    /// those of the spec, all numbers finite). Throws Error.
    static std::shared_ptr<const Checkpoint> load(const QString& path);

    /// The same of bytes that toBytes() made; name is for the user to read.
    static std::shared_ptr<const Checkpoint> fromBytes(const QByteArray& bytes,
                                                       const QString& name);

    /// A file's path, or the name of a shipped model ("membrane"). Throws Error.
    static std::shared_ptr<const Checkpoint> find(const QString& pathOrName);

    static QStringList shippedNames();

    /// How weights are written: full (32 bit), or half (16 bit) for small files.
    enum class Numbers { full, half };

    /// Through AtomicFile. Throws Error.
    void save(const QString& path, Numbers numbers = Numbers::full) const;
    QByteArray toBytes(Numbers numbers = Numbers::full) const;

private:
    static std::shared_ptr<const Checkpoint> read(QIODevice& device, const QString& name);
};

} // namespace emend
