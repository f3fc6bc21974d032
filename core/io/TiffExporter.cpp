// SPDX-License-Identifier: Apache-2.0
#include "core/io/TiffExporter.h"

#include "core/Error.h"
#include "core/jobs/Job.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <functional>
#include <memory>

namespace emend {

namespace {

using Band = std::vector<quint8>;

/// Sets the pixels of a band of slice z for each of the files; the bands have its size, and hold
/// what they held before.
using FillBands = std::function<void(int z, Rect rect, std::vector<Band>& bands)>;

// Writing is the larger part of the work, reading back the smaller.
constexpr double shareOfWriting = 0.8;

QString tr(const char* text)
{
    return QCoreApplication::translate("TiffExporter", text);
}

/// Writes files of one layout side by side, so that labels are read once for all classes.
class FileSet
{
public:
    FileSet(const QStringList& paths, const TiffStackWriter::Layout& layout)
        : m_size(layout.size)
        , m_bands(size_t(paths.size()))
    {
        for (const QString& path : paths)
            m_writers.push_back(std::make_unique<TiffStackWriter>(path, layout));
    }

    void write(const FillBands& fill, JobContext job)
    {
        for (int z = 0; z < m_size.slices; ++z) {
            // A band is one row of tiles high, so that a slice may be larger than memory.
            for (int y = 0; y < m_size.height; y += LabelTile::sizePx) {
                const int height = std::min(LabelTile::sizePx, m_size.height - y);
                job.checkCancelled();
                job.report((z + double(y) / m_size.height) / m_size.slices,
                           tr("Writing slice %1 of %2").arg(z + 1).arg(m_size.slices));
                writeBand(fill, z, {0, y, m_size.width, height}, job);
            }
        }
    }

    /// All files are whole before the first of them replaces an older one.
    void commit(JobContext job)
    {
        const double count = double(m_writers.size());
        for (size_t i = 0; i < m_writers.size(); ++i) {
            JobContext part = job.part(double(i) / count, double(i + 1) / count);
            m_writers[i]->finish(part);
        }
        job.checkCancelled();
        job.report(1, tr("Putting the files in place"));
        for (const auto& writer : m_writers)
            writer->commit();
    }

private:
    void writeBand(const FillBands& fill, int z, Rect rect, const JobContext& job)
    {
        for (Band& band : m_bands)
            band.resize(size_t(rect.pixelCount()));
        fill(z, rect, m_bands);
        for (size_t i = 0; i < m_writers.size(); ++i) {
            job.checkCancelled();
            m_writers[i]->addRows(m_bands[i].data(), rect.height);
        }
    }

    VolumeSize m_size;
    std::vector<Band> m_bands;
    std::vector<std::unique_ptr<TiffStackWriter>> m_writers;
};

void writeFiles(const QStringList& paths, const TiffStackWriter::Layout& layout,
                const FillBands& fill, JobContext& job)
{
    FileSet files(paths, layout);
    files.write(fill, job.part(0, shareOfWriting));
    files.commit(job.part(shareOfWriting, 1));
}

/// The name as a part of a file name that every file system takes.
QString safeName(const QString& name)
{
    QString safe = name.normalized(QString::NormalizationForm_C).simplified();
    for (QChar& c : safe) {
        if (!c.isPrint() || QStringLiteral("/\\:*?\"<>|").contains(c))
            c = u'_';
    }
    safe.truncate(60);
    return safe.isEmpty() ? tr("class") : safe;
}

/// Without the classes that the prediction does not know.
ClassTable predictedClasses(const Prediction& prediction, const ClassTable& classes)
{
    std::vector<QString> names = classes.names();
    names.resize(std::min(names.size(), size_t(prediction.classCount())));
    return ClassTable::named(names);
}

TiffStackWriter::Layout layoutOf(const Prediction& prediction, VoxelSize voxelSize)
{
    if (prediction.isEmpty())
        throw Error(tr("There are no probabilities to export. Predict first."));
    return {.size = prediction.size(), .voxelSize = voxelSize};
}

void fillProbabilities(const Prediction& prediction, int z, int classIndex, Rect rect, Band& band)
{
    if (prediction.contains(z))
        band = prediction.probabilities(z, classIndex, rect);
    else
        std::fill(band.begin(), band.end(), quint8(0));
}

} // namespace

TiffStackWriter::Layout TiffExporter::classIndexLayout(VolumeSize size, VoxelSize voxelSize,
                                                       int classCount)
{
    return {
        .size = size, .voxelSize = voxelSize, .displayMaximum = double(std::max(1, classCount))};
}

QStringList TiffExporter::pathsOfClasses(const QString& basePath, const ClassTable& classes)
{
    const QString suffix = QFileInfo(basePath).suffix();
    const bool isTiff = suffix.compare(u"tif", Qt::CaseInsensitive) == 0 ||
                        suffix.compare(u"tiff", Qt::CaseInsensitive) == 0;
    const QString base = isTiff ? basePath.chopped(suffix.size() + 1) : basePath;
    const QString end = u'.' + (isTiff ? suffix : QStringLiteral("tif"));

    QStringList paths;
    QSet<QString> taken; // small letters: some file systems do not tell them from large ones
    for (const QString& name : classes.names()) {
        const QString first = base + u'-' + safeName(name);
        QString path = first + end;
        for (int number = 2; taken.contains(path.toLower()); ++number)
            path = first + u'-' + QString::number(number) + end;
        taken.insert(path.toLower());
        paths << path;
    }
    return paths;
}

void TiffExporter::exportClassIndices(const LabelVolume& labels, const ClassTable& classes,
                                      const QString& path, JobContext& job) const
{
    std::vector<Label> read;
    const auto fill = [&](int z, Rect rect, std::vector<Band>& bands) {
        read.resize(size_t(rect.pixelCount()));
        labels.read(z, rect, read.data());
        std::transform(read.begin(), read.end(), bands[0].begin(),
                       [](Label label) { return quint8(label.classIndex()); });
    };
    writeFiles({path}, classIndexLayout(labels.size(), m_voxelSize, classes.count()), fill, job);
}

QStringList TiffExporter::exportMasks(const LabelVolume& labels, const ClassTable& classes,
                                      const QString& basePath, JobContext& job) const
{
    std::vector<Label> read;
    const auto fill = [&](int z, Rect rect, std::vector<Band>& bands) {
        read.resize(size_t(rect.pixelCount()));
        labels.read(z, rect, read.data());
        for (size_t i = 0; i < bands.size(); ++i) {
            std::transform(read.begin(), read.end(), bands[i].begin(), [i](Label label) {
                return label.classIndex() == int(i) + 1 ? quint8(255) : quint8(0);
            });
        }
    };
    const QStringList paths = pathsOfClasses(basePath, classes);
    writeFiles(paths, {.size = labels.size(), .voxelSize = m_voxelSize}, fill, job);
    return paths;
}

void TiffExporter::exportProbabilities(const Prediction& prediction, int classIndex,
                                       const QString& path, JobContext& job) const
{
    const auto fill = [&](int z, Rect rect, std::vector<Band>& bands) {
        fillProbabilities(prediction, z, classIndex, rect, bands[0]);
    };
    writeFiles({path}, layoutOf(prediction, m_voxelSize), fill, job);
}

QStringList TiffExporter::exportProbabilityFiles(const Prediction& prediction,
                                                 const ClassTable& classes, const QString& basePath,
                                                 JobContext& job) const
{
    const auto fill = [&](int z, Rect rect, std::vector<Band>& bands) {
        for (size_t i = 0; i < bands.size(); ++i)
            fillProbabilities(prediction, z, int(i) + 1, rect, bands[i]);
    };
    const TiffStackWriter::Layout layout = layoutOf(prediction, m_voxelSize);
    const QStringList paths = pathsOfClasses(basePath, predictedClasses(prediction, classes));
    writeFiles(paths, layout, fill, job);
    return paths;
}

} // namespace emend
