// SPDX-License-Identifier: Apache-2.0
#include "models/Trainer.h"

#include "core/jobs/WorkClock.h"
#include "models/learning/BeliefElsewhere.h"
#include "models/learning/GainWatch.h"
#include "models/learning/HeldOutScore.h"
#include "models/learning/NearParent.h"
#include "models/torch/Reproducible.h"
#include "models/torch/learning/TrainingLoop.h"

#include <QCoreApplication>

#include <algorithm>
#include <malloc.h>
#include <utility>

namespace emend {

namespace {

constexpr int statisticsBatches = 16;
constexpr double averagedShare = 0.2; ///< of the steps
constexpr int pointsOfCurve = 100;
constexpr int mostStepsToPoint = 10; ///< a long run must show early that it moves

QString tr(const char* text)
{
    return QCoreApplication::translate("Trainer", text);
}

/// What TrainingOptions leaves open. A minute of two cores is the measure on a CPU.
TrainingLoop::Options chosen(const TrainingOptions& wanted, const ComputeDevice& device,
                             bool startsFromModel)
{
    TrainingLoop::Options options;
    options.steps = wanted.steps > 0 ? wanted.steps : startsFromModel ? 200 : 400;
    options.batch = wanted.batch > 0 ? wanted.batch : device.isCuda() ? 16 : 4;
    // A model forgets what it knows at the rate that random weights need.
    options.learningRate = wanted.learningRate > 0 ? wanted.learningRate
                           : startsFromModel       ? 1e-3
                                                   : 2e-3;
    options.precision = device.resolve(wanted.precision);
    options.threads = wanted.threads;
    options.averagedShare = averagedShare;
    return options;
}

/// What the network must be shown to answer for as many pixels as are wanted.
int chosenPatchPx(const TrainingOptions& wanted, const ComputeDevice& device, const UNetSpec& spec)
{
    const int answerPx = wanted.patchPx > 0 ? wanted.patchPx : device.isCuda() ? 256 : 192;
    int patchPx = answerPx;
    while (spec.outputSize(patchPx) < answerPx)
        ++patchPx;
    return patchPx;
}

QStringList classNamesOf(const TrainingSet& set)
{
    const std::vector<QString> names = set.classes().names();
    return {names.begin(), names.end()};
}

/// One class alone teaches the network to see nothing else.
void refuseWhatTeachesNothing(const TrainingSet& set)
{
    if (set.classes().count() < 2)
        throw Error(tr("A model tells classes apart, and there is only one. Add another class."));
    if (set.trainingBlocks().empty())
        throw Error(tr("Nothing is corrected yet. Paint what is wrong, or confirm a slice that is "
                       "right, and learn again."));
    int firstClass = 0;
    for (const TrainingSet::Block& block : set.trainingBlocks()) {
        for (const quint8 target : set.targets(block.z, block.rect, false)) {
            if (target != 0 && firstClass != 0 && target != firstClass)
                return;
            if (target != 0)
                firstClass = target;
        }
    }
    throw Error(tr("All corrections are of the class \"%1\". Correct some pixels of another class "
                   "too, or confirm a slice, so that the model can tell them apart.")
                    .arg(set.classes().at(firstClass).name));
}

/// The model to be, without its weights. What the parent does not say comes from the stack.
Checkpoint successorOf(const Checkpoint* parent, const TrainingSet& set,
                       const TrainingOptions& options)
{
    Checkpoint model;
    const QStringList names = classNamesOf(set);
    if (parent) {
        model.spec = parent->spec;
        model.spec.classCount = int(names.size());
        model.pixelSizeNm = parent->pixelSizeNm;
        model.minimumPixelSizeNm = parent->minimumPixelSizeNm;
        model.maximumPixelSizeNm = parent->maximumPixelSizeNm;
    } else {
        model.spec = UNetSpec::standard(int(names.size()), options.baseChannels);
        model.setPixelSize(set.voxelSize());
    }
    model.classNames = names;
    return model;
}

/// Rows of the last layer of the classes that the parent knows by name; the others as initialised.
WeightTensor headFor(const QStringList& names, const Checkpoint& parent, const std::string& weight,
                     WeightTensor fresh)
{
    const WeightTensor& old = parent.weights.at(weight);
    const auto rowLength = ptrdiff_t(old.values.size()) / ptrdiff_t(old.shape.front());
    for (qsizetype i = 0; i < names.size(); ++i) {
        const qsizetype row = parent.classNames.indexOf(names[i]);
        if (row >= 0)
            std::copy_n(old.values.begin() + row * rowLength, rowLength,
                        fresh.values.begin() + i * rowLength);
    }
    return fresh;
}

UNet makeNetwork(const Checkpoint& model, const Checkpoint* parent, quint64 seed)
{
    UNet network(model.spec);
    network->initialise(seed);
    if (!parent)
        return network;
    std::map<std::string, WeightTensor> weights = parent->weights;
    const auto fresh = network->weights();
    for (const std::string name : {"head.weight", "head.bias"})
        weights[name] = headFor(model.classNames, *parent, name, fresh.at(name));
    network->setWeights(weights);
    return network;
}

QString describe(const TrainingSet& set)
{
    return tr("%1: %2 corrected pixels, slices %3")
        .arg(set.stack().info().name)
        .arg(set.correctedPixels())
        .arg(set.trainingSlices().toText().left(1000));
}

/// How often held-out pixels are looked at on the way: a long run is watched more closely, for it
/// may end early.
int looksIn(int steps)
{
    return std::clamp(steps / 125, 4, 12);
}

std::optional<double> diceOf(const std::optional<HeldOutScore::Score>& score)
{
    return score ? std::optional(score->dice) : std::nullopt;
}

/// Of all the seconds, what is left to the steps themselves: the held-out pixels are looked at some
/// more times, and BatchNorm's statistics take a tenth.
double secondsForSteps(double all, double spent, double lookingOnce, int steps)
{
    const double left = all - spent - (1 + looksIn(steps)) * lookingOnce;
    return std::max(0.25 * all, 0.9 * left);
}

/// Freed feature maps stay with the allocator while a model learns; now others may have them.
struct MemoryForOthers
{
    ~MemoryForOthers() { malloc_trim(0); }
};

/// Collects the learning curve: the mean loss every few steps, the held-out score now and then, as
/// long as it rises.
class CurveRecorder
{
public:
    /// scoreBefore goes with the first point.
    CurveRecorder(std::optional<double> scoreBefore, const Trainer::Observer& observer)
        : m_scoreBefore(scoreBefore)
        , m_observer(observer)
    {
    }

    /// steps: how many there will be, as far as is known.
    void add(int step, int steps, double loss, const std::function<std::optional<double>()>& score)
    {
        m_sum += loss;
        ++m_count;
        const int looks = looksIn(steps); // the last of them at the end
        const int between = (steps + looks - 1) / looks;
        const bool isScored = step % between == 0 && step < steps && !m_watch.isOver();
        const int pointSteps = std::clamp(steps / pointsOfCurve, 1, mostStepsToPoint);
        if (step % pointSteps != 0 && !isScored && step < steps)
            return;
        TrainingPoint point{step, steps, m_sum / m_count,
                            isScored ? score() : std::exchange(m_scoreBefore, std::nullopt)};
        if (isScored && point.heldOutScore)
            m_watch.add(*point.heldOutScore);
        publish(point);
        m_sum = 0;
        m_count = 0;
    }

    void publish(const TrainingPoint& point)
    {
        m_points.push_back(point);
        if (m_observer)
            m_observer(point);
    }

    /// Held-out pixels have not been learned better for a while.
    bool isGainOver() const { return m_watch.isOver(); }

    double lastLoss() const { return m_points.empty() ? 0 : m_points.back().loss; }

    std::vector<TrainingPoint> take() { return std::move(m_points); }

private:
    std::optional<double> m_scoreBefore;
    const Trainer::Observer& m_observer;
    double m_sum = 0;
    int m_count = 0;
    GainWatch m_watch;
    std::vector<TrainingPoint> m_points;
};

} // namespace

TrainingOptions resolved(const TrainingOptions& wanted, const ComputeDevice& device,
                         const Checkpoint* parent)
{
    const TrainingLoop::Options options = chosen(wanted, device, parent != nullptr);
    const UNetSpec spec = parent ? parent->spec : UNetSpec::standard(2, wanted.baseChannels);
    TrainingOptions all = wanted;
    all.steps = options.steps;
    all.batch = options.batch;
    all.learningRate = options.learningRate;
    all.precision = options.precision;
    all.patchPx = chosenPatchPx(wanted, device, spec);
    return all;
}

Trainer::Trainer(std::shared_ptr<const Checkpoint> parent, TrainingOptions options,
                 ComputeDevice device)
    : m_parent(std::move(parent))
    , m_options(options)
    , m_device(device)
{
}

/// What one try of learning needs, and what comes of it.
struct Trainer::Attempt
{
    Checkpoint model;
    TrainingLoop::Options options;
    const HeldOutScore& heldOut;
    const std::optional<TrainingSet>& elsewhere; ///< what the parent believes, where there is such
    CurveRecorder curve;
};

TrainingResult Trainer::train(const TrainingSet& set, const QString& name, JobContext& job,
                              const Observer& observer)
{
    if (m_parent && m_parent->seesWholeSlices())
        throw Error(tr("The model \"%1\" knows whole slices only and cannot learn from single "
                       "corrections. Choose another model.")
                        .arg(m_parent->lineage.name));
    refuseWhatTeachesNothing(set);
    const MemoryForOthers atTheEnd;
    const WorkClock clock(job);
    const Reproducible reproducible(m_options.isReproducible);
    TrainingLoop::Options options = chosen(m_options, m_device, m_parent != nullptr);
    const PredictorOptions predicting{options.precision, 0, 0, options.threads, 1};
    const HeldOutScore heldOut(set, m_device, predicting);
    TrainingResult result;
    job.report(0, tr("Looking at what the model knows"));
    if (const auto before = heldOut.of(m_parent, job)) {
        result.scoreBefore = before->dice;
        result.clearlyWrongBefore = before->clearlyWrong;
    }

    const double lookingOnce = clock.seconds();
    const auto elsewhere = beliefElsewhere(set, m_parent, m_device, predicting, job);
    if (m_options.seconds > 0 && !m_options.isReproducible)
        options.seconds =
            secondsForSteps(m_options.seconds, clock.seconds(), lookingOnce, options.steps);
    const auto attemptWith = [&](const TrainingLoop::Options& chosenOptions) {
        return Attempt{successorOf(m_parent.get(), set, m_options), chosenOptions, heldOut,
                       elsewhere, CurveRecorder(result.scoreBefore, observer)};
    };
    std::optional<Attempt> attempt = attemptWith(options);
    try {
        learn(*attempt, set, job);
    } catch (const NumbersLost&) {
        options.precision = Precision::fp32;
        options.learningRate /= 10;
        job.report(0, tr("Beginning again, more carefully"));
        attempt.emplace(attemptWith(options));
        learn(*attempt, set, job);
    }

    Checkpoint& model = attempt->model;
    model.lineage = {name,
                     m_parent ? m_parent->lineage.name : QString(),
                     describe(set),
                     m_options.seed,
                     attempt->options.steps,
                     result.scoreBefore,
                     {},
                     QDateTime::currentDateTimeUtc()};
    if (const auto after = heldOut.of(std::make_shared<const Checkpoint>(model), job)) {
        result.scoreAfter = after->dice;
        result.clearlyWrongAfter = after->clearlyWrong;
    }
    model.lineage.scoreAfter = result.scoreAfter;
    result.isBetter = !result.scoreBefore || *result.scoreAfter >= *result.scoreBefore ||
                      *result.clearlyWrongAfter <= *result.clearlyWrongBefore;
    if (result.scoreAfter)
        attempt->curve.publish({model.lineage.steps, model.lineage.steps, attempt->curve.lastLoss(),
                                result.scoreAfter});
    result.curve = attempt->curve.take();
    result.checkpoint = std::make_shared<const Checkpoint>(std::move(model));
    return result;
}

void Trainer::learn(Attempt& attempt, const TrainingSet& set, JobContext& job) const
{
    Checkpoint& model = attempt.model;
    UNet network = makeNetwork(model, m_parent.get(), m_options.seed);
    Random random(m_options.seed);
    const PixelScale scale = scaleFor(set.voxelSize(), model);
    const int patchPx = chosenPatchPx(m_options, m_device, model.spec);
    const int borderPx = (patchPx - model.spec.outputSize(patchPx)) / 2;
    std::unique_ptr<PatchSource> patches;
    if (attempt.elsewhere)
        patches = std::make_unique<MixedPatches>(set, *attempt.elsewhere, scale, patchPx, borderPx);
    else
        patches = std::make_unique<PatchSampler>(set, scale, patchPx, borderPx);
    TrainingLoop loop(network, *patches, random, attempt.options, m_device);
    const double share = shareOfLearned(set, m_parent.get());
    const auto takeWeights = [&] {
        model.weights = network->weights();
        if (share < 1)
            moveTowards(*m_parent, share, model);
    };
    const auto snapshot = [&] {
        loop.settle();
        takeWeights();
        return std::make_shared<const Checkpoint>(model);
    };
    JobContext learning = job.part(0.02, 0.94);
    loop.run(learning, [&](int step, double loss) {
        attempt.curve.add(step, loop.steps(), loss,
                          [&] { return diceOf(attempt.heldOut.of(snapshot(), job)); });
        if (attempt.curve.isGainOver())
            loop.coolDown();
    });
    attempt.options.steps = loop.steps();
    job.report(0.94, tr("Looking at what was learned"));
    loop.reestimateStatistics(statisticsBatches, job);
    takeWeights();
}

} // namespace emend
