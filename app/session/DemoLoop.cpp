// SPDX-License-Identifier: Apache-2.0
#include "app/session/DemoLoop.h"

#include "app/jobs/EvaluateJob.h"
#include "app/jobs/ExportJob.h"
#include "app/jobs/FineTuneJob.h"
#include "app/jobs/PredictJob.h"
#include "app/session/ClassMapping.h"
#include "core/image/SliceRange.h"
#include "core/io/PngFile.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("DemoLoop", text);
}

QString scoreText(const SegmentationScore& score)
{
    return tr("Dice %1, V_rand %2, V_info %3")
        .arg(score.dice, 0, 'f', 4)
        .arg(score.vRand, 0, 'f', 4)
        .arg(score.vInfo, 0, 'f', 4);
}

/// Truth of only these slices: what the user would have corrected.
LabelVolume onlySlices(const LabelVolume& truth, const std::vector<int>& slices)
{
    LabelVolume labels(truth.size());
    for (int z : slices) {
        for (TileKey key : truth.touchedTiles(z))
            labels.setTile(key, truth.tile(key));
    }
    return labels;
}

} // namespace

DemoLoop::DemoLoop(std::shared_ptr<const ImageStack> stack, std::optional<Truth> truth,
                   std::shared_ptr<const Checkpoint> model, ComputeDevice device)
    : m_stack(std::move(stack))
    , m_truth(std::move(truth))
    , m_model(std::move(model))
    , m_device(device)
{
    const int count = m_stack->size().slices;
    m_correctedSlices = {count / 4, count * 3 / 4};
    // Scored slices are never among the corrected ones.
    for (int z = 0; z < count; ++z) {
        if (std::find(m_correctedSlices.begin(), m_correctedSlices.end(), z) ==
            m_correctedSlices.end())
            m_scoredSlices.push_back(z);
    }
}

void DemoLoop::run(const QString& folder, JobContext& job,
                   const std::function<void(const QString&)>& tell)
{
    const QDir directory(folder);
    if (!directory.mkpath(QStringLiteral(".")))
        throw Error(tr("The folder %1 cannot be made. Choose another one with -o.").arg(folder));
    const int shownSlice = m_stack->size().slices / 2;
    const QString masks = directory.filePath(QStringLiteral("masks.tif"));

    tell(tr("Predicting %1 with the model \"%2\" (%3)")
             .arg(m_stack->info().name, m_model->lineage.name,
                  m_device.describe(m_device.resolve(Precision::automatic))));
    if (m_truth) {
        tell(tr("  before: %1").arg(scoreText(score(m_model, job.part(0, 0.1)))));
        exportMasks(m_model, masks, job.part(0.1, 0.2));
        savePicture(directory.filePath(QStringLiteral("before.png")), shownSlice);
        tell(tr("Correcting slices %1 and %2 from the truth, and learning from them")
                 .arg(m_correctedSlices[0])
                 .arg(m_correctedSlices[1]));
        m_model = learn(job.part(0.2, 0.8));
        tell(tr("  after:  %1").arg(scoreText(score(m_model, job.part(0.8, 0.9)))));
    }
    exportMasks(m_model, masks, job.part(0.9, 1));
    savePicture(directory.filePath(QStringLiteral("after.png")), shownSlice);
    tell(tr("Masks and pictures are in %1").arg(directory.absolutePath()));
}

SegmentationScore DemoLoop::score(const std::shared_ptr<const Checkpoint>& model,
                                  JobContext job) const
{
    EvaluateJob evaluation(
        {m_stack, m_stack->info().voxelSize, model, m_scoredSlices, m_device, {}}, m_truth->labels,
        m_truth->classes);
    evaluation.run(job);
    return evaluation.score();
}

std::shared_ptr<const Checkpoint> DemoLoop::learn(JobContext job) const
{
    FineTuneJob::Request request;
    request.stack = m_stack;
    request.labels = onlySlices(m_truth->labels, m_correctedSlices);
    request.classes = m_truth->classes;
    request.voxelSize = m_stack->info().voxelSize;
    request.parent = m_model;
    request.device = m_device;
    request.name = m_stack->info().name + QStringLiteral(" 1");
    FineTuneJob fineTune(std::move(request), {});
    fineTune.run(job);
    return fineTune.takeResult().checkpoint;
}

void DemoLoop::exportMasks(const std::shared_ptr<const Checkpoint>& model, const QString& path,
                           JobContext job)
{
    ClassTable classes = m_truth ? m_truth->classes : ClassTable::membraneAndInside();
    const std::vector<int> mapping = mapModelClasses(model->classNames, classes);
    const SliceRange all = SliceRange::all(m_stack->size().slices);
    m_predicted = LabelVolume(m_stack->size());
    PredictJob predict(
        {m_stack, m_stack->info().voxelSize, model, {all.begin(), all.end()}, m_device, {}},
        [&](int z, const ProbabilityMap& map) {
            Prediction slice(m_stack->size(), classes.count());
            slice.setSlice(z, mapPlanes(map, mapping, classes.count()));
            slice.toEdit(m_predicted, SliceRange::single(z)).applyTo(m_predicted);
        });
    JobContext predicting = job.part(0, 0.9);
    predict.run(predicting);

    ExportJob exporting({m_predicted, classes, {}, m_stack->info().voxelSize},
                        {ExportRequest::What::masks, path});
    JobContext writing = job.part(0.9, 1);
    exporting.run(writing);
}

void DemoLoop::savePicture(const QString& path, int z) const
{
    const VolumeSize size = m_stack->size();
    const GreyImage grey = m_stack->read(z, size.sliceRect());
    std::vector<Label> labels(grey.pixels.size());
    m_predicted.read(z, size.sliceRect(), labels.data());

    const double scale = 255.0 / m_stack->maximumGrey();
    std::vector<quint8> rgb(grey.pixels.size() * 3);
    for (size_t i = 0; i < grey.pixels.size(); ++i) {
        const std::uint32_t colour = ClassTable::standardColour(1);
        // Only the membrane (class 1) is coloured: the section stays visible.
        const double opacity = labels[i].classIndex() == 1 ? 0.5 : 0;
        for (int channel = 0; channel < 3; ++channel) {
            const double tint = (colour >> (16 - 8 * channel)) & 255;
            rgb[i * 3 + size_t(channel)] =
                quint8(grey.pixels[i] * scale * (1 - opacity) + tint * opacity + 0.5);
        }
    }
    writePng(path, size.width, size.height, rgb);
}

} // namespace emend
