// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/ReferenceTrainer.h"

#include "core/image/SliceRange.h"
#include "models/recipes/ReferenceBatches.h"
#include "models/torch/Reproducible.h"
#include "models/torch/learning/ReferenceLearner.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <future>
#include <malloc.h>

namespace emend {

namespace {

constexpr int mostBadScales = 64; ///< in a row; the first steps in FP16 look for the right scale

QString tr(const char* text)
{
    return QCoreApplication::translate("ReferenceTrainer", text);
}

std::vector<ReferenceSection> sectionsOf(const ReferenceData& data, const std::vector<int>& slices,
                                         JobContext& job)
{
    std::vector<ReferenceSection> sections;
    for (const int z : slices) {
        job.checkCancelled();
        sections.push_back(ReferenceSection::of(*data.stack, data.labels, z));
    }
    return sections;
}

/// What a run must be, so that a stored state is one of its own.
QJsonObject recipeOf(const ReferenceOptions& options, Precision precision,
                     const ReferenceData& data, const Fold& fold)
{
    QJsonArray slices;
    for (const int z : fold.training)
        slices.append(z);
    const VolumeSize size = data.stack->size();
    return {{QStringLiteral("seed"), QString::number(options.seed)},
            {QStringLiteral("batch"), options.batch},
            {QStringLiteral("isVaried"), options.isVaried},
            {QStringLiteral("precision"), textFromPrecision(precision)},
            {QStringLiteral("classes"), QJsonArray::fromStringList(data.classNames)},
            {QStringLiteral("size"), QJsonArray{size.width, size.height, size.slices}},
            {QStringLiteral("slices"), slices}};
}

/// The step to go on with.
int resume(const ReferenceOptions& options, const UNetSpec& spec, const QJsonObject& recipe,
           ReferenceLearner& learner)
{
    const ReferenceState state = ReferenceState::load(options.resumePath);
    if (state.spec != spec || state.recipe != recipe)
        throw Error(tr("%1 is of another training run: its seed, batch, precision, size of "
                       "network, slices or classes differ. Give the options that it began with.")
                        .arg(options.resumePath.left(200)));
    if (state.step > options.maxSteps)
        throw Error(tr("%1 has done %2 steps already. Ask for more steps.")
                        .arg(options.resumePath.left(200))
                        .arg(state.step));
    learner.restore(state);
    return state.step;
}

/// A loss that is no number is the end in FP32; in FP16 the loss scale may still be too large.
class Patience
{
public:
    explicit Patience(Precision precision)
        : m_most(precision == Precision::fp16 ? mostBadScales : 1)
    {
    }

    void note(bool wasLeftOut)
    {
        m_inRow = wasLeftOut ? m_inRow + 1 : 0;
        if (m_inRow == m_most)
            throw Error(tr("Learning was given up, for its numbers grew beyond all bounds. Choose "
                           "another seed or fp32, and learn again."));
    }

private:
    int m_most;
    int m_inRow = 0;
};

Checkpoint describedModel(const UNetSpec& spec, const ReferenceData& data)
{
    Checkpoint model;
    model.spec = spec;
    model.classNames = data.classNames;
    model.normalisation = Checkpoint::wholeSliceRule();
    return model;
}

QString describe(const ReferenceData& data, const std::vector<int>& slices)
{
    return tr("%1: slices %2, by the recipe of NVIDIA's UNet Medical")
        .arg(data.stack->info().name, SliceRange(slices).toText());
}

/// Freed feature maps stay with the allocator while a model learns; now others may have them.
struct MemoryForOthers
{
    ~MemoryForOthers() { malloc_trim(0); }
};

/// The steps of one run, from the first or from where it was resumed.
class Run
{
public:
    Run(const ReferenceOptions& options, QJsonObject recipe, Precision precision, int firstStep,
        std::vector<ReferenceSection> sections, ReferenceLearner& learner)
        : m_options(options)
        , m_recipe(std::move(recipe))
        , m_patience(precision)
        , m_step(firstStep)
        , m_learner(learner)
        , m_batches(std::move(sections), options.batch, options.seed, options.isVaried, firstStep)
    {
        drawAhead();
    }

    void go(JobContext& job, const ReferenceTrainer::Observer& observer)
    {
        while (m_step < m_options.maxSteps) {
            job.checkCancelled();
            job.report(double(m_step) / m_options.maxSteps,
                       tr("Learning, step %1 of %2").arg(m_step + 1).arg(m_options.maxSteps));
            const std::vector<ReferenceSection> batch = m_next.get();
            drawAhead();
            // Dropout must not follow the draws of the augmentation: other places, far away.
            const quint64 seed = seedAt(m_options.seed, dropoutPlaces + quint64(m_step));
            const ReferenceLosses losses = m_learner.step(batch, seed);
            m_patience.note(m_learner.wasLeftOut());
            if (observer && m_step % m_options.logSteps == 0)
                observer({m_step, losses, false});
            ++m_step;
            if (m_step % m_options.stateSteps == 0 || m_step == m_options.maxSteps)
                saveState();
        }
    }

private:
    static constexpr quint64 dropoutPlaces = quint64(1) << 62;

    void drawAhead()
    {
        m_next = std::async(std::launch::async, [this] { return m_batches.next(); });
    }

    void saveState() const
    {
        if (m_options.statePath.isEmpty())
            return;
        ReferenceState state = m_learner.state();
        state.recipe = m_recipe;
        state.step = m_step;
        state.save(m_options.statePath);
    }

    const ReferenceOptions& m_options;
    QJsonObject m_recipe;
    Patience m_patience;
    int m_step;
    ReferenceLearner& m_learner;
    ReferenceBatches m_batches;
    std::future<std::vector<ReferenceSection>> m_next; ///< last: it is waited for first
};

} // namespace

ReferenceTrainer::ReferenceTrainer(ReferenceOptions options, ComputeDevice device)
    : m_options(std::move(options))
    , m_device(device)
{
}

std::shared_ptr<const Checkpoint> ReferenceTrainer::train(const ReferenceData& data,
                                                          const Fold& fold, const QString& name,
                                                          JobContext& job, const Observer& observer)
{
    const MemoryForOthers atTheEnd;
    const Reproducible reproducible(m_options.isReproducible);
    job.report(0, tr("Preparing the slices"));
    const Precision precision = m_device.resolve(m_options.precision);
    const UNetSpec spec = UNetSpec::reference(m_options.baseChannels);
    std::vector<ReferenceSection> sections = sectionsOf(data, fold.training, job);
    const std::vector<ReferenceSection> judged = sectionsOf(data, fold.validation, job);

    ReferenceLearner learner(spec, precision, m_options.threads, m_device);
    learner.initialise(m_options.seed);
    const QJsonObject recipe = recipeOf(m_options, precision, data, fold);
    const int firstStep =
        m_options.resumePath.isEmpty() ? 0 : resume(m_options, spec, recipe, learner);
    JobContext learning = job.part(0.01, 0.98);
    Run(m_options, recipe, precision, firstStep, std::move(sections), learner)
        .go(learning, observer);

    Checkpoint model = describedModel(spec, data);
    model.lineage.name = name;
    model.lineage.data = describe(data, fold.training);
    model.lineage.seed = m_options.seed;
    model.lineage.steps = m_options.maxSteps;
    model.lineage.created = QDateTime::currentDateTimeUtc();
    if (!judged.empty()) {
        JobContext judging = job.part(0.98, 1);
        const ReferenceLosses losses = learner.evaluate(judged, m_options.batch, judging);
        model.lineage.scoreAfter = losses.score();
        if (observer)
            observer({m_options.maxSteps, losses, true});
    }
    model.weights = learner.weights();
    return std::make_shared<const Checkpoint>(std::move(model));
}

ReferenceLosses referenceLosses(const Checkpoint& model, const ReferenceData& data,
                                const std::vector<int>& slices, int batch, ComputeDevice device,
                                Precision precision, JobContext& job)
{
    if (!model.seesWholeSlices())
        throw Error(tr("The model \"%1\" is not of the reference recipe.").arg(model.lineage.name));
    if (model.classNames != data.classNames)
        throw Error(tr("The classes of the labels are not those of the model: %1.")
                        .arg(model.classNames.join(QStringLiteral(", "))));
    const MemoryForOthers atTheEnd;
    ReferenceLearner learner(model.spec, device.resolve(precision), 0, device);
    learner.setWeights(model.weights);
    return learner.evaluate(sectionsOf(data, slices, job), batch, job);
}

} // namespace emend
