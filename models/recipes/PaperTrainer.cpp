// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/PaperTrainer.h"

#include "core/image/SliceRange.h"
#include "models/recipes/BorderWeights.h"
#include "models/recipes/PaperTiles.h"
#include "models/slices/MembranePolarity.h"
#include "models/slices/SliceNormalisation.h"
#include "models/torch/Reproducible.h"
#include "models/torch/learning/TrainingLoop.h"

#include <QCoreApplication>
#include <QScopeGuard>

#include <algorithm>
#include <malloc.h>

namespace emend {

namespace {

constexpr double learningRate = 1e-3;
constexpr double momentum = 0.99;

QString tr(const char* text)
{
    return QCoreApplication::translate("PaperTrainer", text);
}

/// The class (from 1) of each pixel of a slice; 0 where it is not known.
std::vector<quint8> classesOf(const ReferenceData& data, int z)
{
    const VolumeSize size = data.stack->size();
    std::vector<Label> labels(size_t(size.pixelsPerSlice()));
    data.labels.read(z, size.sliceRect(), labels.data());
    std::vector<quint8> classes(labels.size());
    std::transform(labels.begin(), labels.end(), classes.begin(), [&data](Label label) {
        const int c = label.isCorrected() ? label.classIndex() : 0;
        return c <= data.classNames.size() ? quint8(c) : quint8(0);
    });
    return classes;
}

GreyPlane greyOf(const ImageStack& stack, int z, bool brightMembranes)
{
    const ScaledSlice slice(stack, z, {});
    GreyPlane grey(slice.width(), slice.height());
    grey.values = slice.read(slice.rect());
    SliceNormalisation::of(slice, brightMembranes).apply(grey.values);
    return grey;
}

/// One class alone teaches the network to see nothing else.
void refuseWhatTeachesNothing(const std::vector<qint64>& pixelsOfClasses)
{
    const auto present = std::count_if(pixelsOfClasses.begin(), pixelsOfClasses.end(),
                                       [](qint64 pixels) { return pixels > 0; });
    if (present < 2)
        throw Error(tr("The labels of these slices do not have pixels of two classes. Choose other "
                       "slices or labels."));
}

std::vector<LabelledSlice> slicesOf(const ReferenceData& data, const std::vector<int>& slices,
                                    JobContext& job)
{
    const bool brightMembranes = hasBrightMembranes(*data.stack, {});
    std::vector<LabelledSlice> labelled;
    std::vector<qint64> pixels(size_t(data.classNames.size()), 0);
    for (const int z : slices) {
        job.checkCancelled();
        labelled.push_back({greyOf(*data.stack, z, brightMembranes), classesOf(data, z), {}});
        for (const quint8 c : labelled.back().classes) {
            if (c != 0)
                ++pixels[size_t(c - 1)];
        }
    }
    refuseWhatTeachesNothing(pixels);
    const std::vector<float> weights = balancingWeights(pixels);
    for (LabelledSlice& slice : labelled) {
        job.checkCancelled();
        slice.weights = borderWeights(slice.classes, slice.grey.width, slice.grey.height, weights);
    }
    return labelled;
}

TrainingLoop::Options loopOptions(const RecipeOptions& options, const ComputeDevice& device)
{
    TrainingLoop::Options loop;
    loop.steps = options.maxSteps;
    loop.batch = 1;
    loop.learningRate = learningRate;
    loop.isRateConstant = true;
    loop.isVaried = options.isVaried;
    loop.descent.rule = TrainingStep::Descent::Rule::momentum;
    loop.descent.momentum = momentum;
    loop.descent.clipsGradients = false;
    loop.precision = device.resolve(options.precision);
    loop.threads = options.threads;
    return loop;
}

QString describe(const ReferenceData& data, const std::vector<int>& slices)
{
    return tr("%1: slices %2, by the recipe of the U-Net paper")
        .arg(data.stack->info().name, SliceRange(slices).toText());
}

} // namespace

PaperTrainer::PaperTrainer(RecipeOptions options, ComputeDevice device)
    : m_options(options)
    , m_device(device)
{
}

std::shared_ptr<const Checkpoint> PaperTrainer::train(const ReferenceData& data,
                                                      const std::vector<int>& slices,
                                                      const QString& name, JobContext& job,
                                                      const Observer& observer)
{
    // Freed feature maps stay with the allocator while a model learns; then others may have them.
    const auto memoryForOthers = qScopeGuard([] { malloc_trim(0); });
    const Reproducible reproducible(m_options.isReproducible);
    job.report(0, tr("Preparing the slices"));
    PaperTiles tiles(slicesOf(data, slices, job));

    auto model = std::make_shared<Checkpoint>();
    model->spec = UNetSpec::paper(m_options.baseChannels, int(data.classNames.size()));
    model->classNames = data.classNames;
    model->setPixelSize(data.stack->info().voxelSize);
    UNet network(model->spec);
    network->initialise(m_options.seed);
    Random random(m_options.seed);
    TrainingLoop loop(network, tiles, random, loopOptions(m_options, m_device), m_device);
    JobContext learning = job.part(0.01, 1);
    try {
        loop.run(learning, [&](int done, double loss) {
            if (observer && (done - 1) % m_options.logSteps == 0)
                observer(done - 1, loss);
        });
    } catch (const NumbersLost&) {
        throw Error(tr("Learning was given up, for its numbers grew beyond all bounds. Choose "
                       "another seed or fp32, and learn again."));
    }
    model->weights = network->weights();
    model->lineage.name = name;
    model->lineage.data = describe(data, slices);
    model->lineage.seed = m_options.seed;
    model->lineage.steps = m_options.maxSteps;
    model->lineage.created = QDateTime::currentDateTimeUtc();
    return model;
}

} // namespace emend
