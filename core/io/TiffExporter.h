// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"
#include "core/io/TiffStackWriter.h"
#include "core/labels/ClassTable.h"
#include "core/labels/LabelVolume.h"
#include "core/labels/Prediction.h"

#include <QString>
#include <QStringList>

namespace emend {

class JobContext;

/// Exports labels and probabilities as TIFF, a band of a slice at a time.
///
/// Files replace older ones only when all of them are whole and have been read back. On the
/// compute thread; throws Error, or Cancelled with nothing left behind.
class TiffExporter
{
public:
    explicit TiffExporter(VoxelSize voxelSize)
        : m_voxelSize(voxelSize)
    {
    }

    /// How a file of class indices is written: the same from labels and from a prediction.
    static TiffStackWriter::Layout classIndexLayout(VolumeSize size, VoxelSize voxelSize,
                                                    int classCount);

    /// The files of BASE.tif with one file a class: BASE-CLASS.tif, in the order of the classes. A
    /// name that file systems do not take is changed, and one that is taken gets a number.
    static QStringList pathsOfClasses(const QString& basePath, const ClassTable& classes);

    /// One file: 0 where nothing is labelled, else the class (1, 2, ...), 8 bit.
    void exportClassIndices(const LabelVolume& labels, const ClassTable& classes,
                            const QString& path, JobContext& job) const;

    /// One file a class (pathsOfClasses): 255 where the pixel has the class, else 0. Returns the
    /// paths.
    QStringList exportMasks(const LabelVolume& labels, const ClassTable& classes,
                            const QString& basePath, JobContext& job) const;

    /// Probabilities of one class, 8 bit (0..255). Slices without a prediction are 0.
    void exportProbabilities(const Prediction& prediction, int classIndex, const QString& path,
                             JobContext& job) const;

    /// The same for all classes that the prediction has, one file a class (pathsOfClasses).
    /// Returns the paths.
    QStringList exportProbabilityFiles(const Prediction& prediction, const ClassTable& classes,
                                       const QString& basePath, JobContext& job) const;

private:
    VoxelSize m_voxelSize;
};

} // namespace emend
