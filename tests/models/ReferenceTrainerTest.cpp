// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/ReferenceTrainer.h"

#include "models/Predictor.h"
#include "models/Trainer.h"
#include "models/recipes/ReferenceState.h"
#include "models/torch/learning/ReferenceLearner.h"
#include "tests/support/DrawnStack.h"
#include "tests/support/RandomModel.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <stop_token>

using namespace emend;

namespace {

constexpr int base = 2; // as small as the network can be: 572 pixels are many

ReferenceData drawnData(int slices)
{
    const DrawnStack drawn = DrawnStack::sections(128, slices);
    return {
        drawn.stack(), drawn.corrected(), {QStringLiteral("membrane"), QStringLiteral("inside")}};
}

ReferenceOptions quick(int steps)
{
    ReferenceOptions options;
    options.maxSteps = steps;
    options.batch = 2;
    options.baseChannels = base;
    options.precision = Precision::fp32;
    options.threads = 1;
    options.logSteps = 1;
    return options;
}

std::vector<ReferenceSection> sectionsOf(const ReferenceData& data)
{
    std::vector<ReferenceSection> sections;
    for (int z = 0; z < data.stack->size().slices; ++z)
        sections.push_back(ReferenceSection::of(*data.stack, data.labels, z));
    return sections;
}

bool areSame(const std::map<std::string, WeightTensor>& a,
             const std::map<std::string, WeightTensor>& b)
{
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](const auto& x, const auto& y) {
               return x.first == y.first && x.second.values == y.second.values;
           });
}

bool areSame(const ReferenceState& a, const ReferenceState& b)
{
    return areSame(a.weights, b.weights) && areSame(a.means, b.means) &&
           areSame(a.squares, b.squares) && a.updates == b.updates;
}

} // namespace

class ReferenceTrainerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_data = drawnData(3);
        m_sections = sectionsOf(m_data);
        m_section = {m_sections.front()};
    }

    void aResumedRunGivesTheSameWeightsBitForBit()
    {
        const auto whole = train(quick(4));
        ReferenceOptions options = quick(2);
        options.statePath = path("half.run");
        const auto half = train(options);
        options.maxSteps = 4;
        options.resumePath = options.statePath;
        options.statePath = path("whole.run");
        const auto resumed = train(options);
        QVERIFY(!areSame(half->weights, whole->weights));
        QVERIFY(areSame(resumed->weights, whole->weights));
        QCOMPARE(ReferenceState::load(path("whole.run")).step, 4);
        QCOMPARE(resumed->lineage.scoreAfter, whole->lineage.scoreAfter);
    }

    void anotherSeedGivesOtherWeights()
    {
        ReferenceOptions options = quick(1);
        const auto one = train(options);
        QVERIFY(areSame(one->weights, train(options)->weights));
        options.seed = 1;
        QVERIFY(!areSame(one->weights, train(options)->weights));
    }

    void aStateOfAnotherRunIsRefused()
    {
        ReferenceOptions options = quick(1);
        options.statePath = path("one.run");
        train(options);
        options.resumePath = options.statePath;
        options.statePath.clear();
        options.seed = 7;
        QVERIFY_EXCEPTION_THROWN(train(options), Error);
        options = quick(1);
        options.batch = 1;
        options.resumePath = path("one.run");
        QVERIFY_EXCEPTION_THROWN(train(options), Error);
    }

    void aDamagedStateIsRefused()
    {
        ReferenceOptions options = quick(1);
        options.statePath = path("damaged.run");
        train(options);
        QFile file(options.statePath);
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(file.size() - 3);
        file.write("?");
        file.close();
        QVERIFY_EXCEPTION_THROWN(ReferenceState::load(options.statePath), Error);
        train(quick(1))->save(path("model"));
        QVERIFY_EXCEPTION_THROWN(ReferenceState::load(path("model")), Error);
    }

    void everyStepIsToldAndTheFoldIsJudged()
    {
        std::vector<ReferencePoint> points;
        JobContext job;
        const auto model =
            ReferenceTrainer(quick(3), ComputeDevice::cpu())
                .train(m_data, {{0, 1}, {2}}, QStringLiteral("m"), job,
                       [&](const ReferencePoint& point) { points.push_back(point); });
        QCOMPARE(points.size(), size_t(4));
        for (int step = 0; step < 3; ++step) {
            QCOMPARE(points[size_t(step)].step, step);
            QVERIFY(!points[size_t(step)].isEvaluation);
            // An untrained network: ln 2 and somewhat more, and Dice of about a half.
            QVERIFY(std::abs(points[size_t(step)].losses.total() - 1.08) < 0.3);
        }
        QVERIFY(points[3].isEvaluation);
        QCOMPARE(model->lineage.scoreAfter, std::optional(points[3].losses.score()));
        const ReferenceLosses again =
            referenceLosses(*model, m_data, {2}, 2, ComputeDevice::cpu(), Precision::fp32, job);
        QVERIFY(std::abs(again.dice - points[3].losses.dice) < 1e-6);
    }

    void batchesOfDifferentSizeCountAlike()
    {
        JobContext job;
        ReferenceLearner learner(UNetSpec::reference(base), Precision::fp32, 1,
                                 ComputeDevice::cpu());
        learner.initialise(1);
        const double first = learner.evaluate({m_sections[0], m_sections[1]}, 2, job).dice;
        const double last = learner.evaluate({m_sections[2]}, 2, job).dice;
        QVERIFY(std::abs(learner.evaluate(m_sections, 2, job).dice - (first + last) / 2) < 1e-6);
    }

    void theLossFalls()
    {
        JobContext job;
        ReferenceLearner learner(UNetSpec::reference(base), Precision::fp32, 1,
                                 ComputeDevice::cpu());
        learner.initialise(1);
        const double before = learner.evaluate(m_section, 1, job).total();
        for (quint64 seed = 0; seed < 20; ++seed)
            learner.step(m_section, seed);
        const double after = learner.evaluate(m_section, 1, job).total();
        QVERIFY2(after < before, qPrintable(QStringLiteral("%1 %2").arg(before).arg(after)));
    }

    void anOverflowHalvesTheScaleAndNothingElse()
    {
        ReferenceLearner learner(UNetSpec::reference(base), Precision::fp16, 1,
                                 ComputeDevice::cpu());
        learner.initialise(1);
        learner.step(m_section, 1);
        QVERIFY(!learner.wasLeftOut());
        QCOMPARE(learner.state().lossScale, 32768.0);

        ReferenceState before = learner.state();
        before.lossScale = std::ldexp(1.0, 120); // more than FP16's gradients can hold
        learner.restore(before);
        learner.step(m_section, 2);
        QVERIFY(learner.wasLeftOut());
        const ReferenceState after = learner.state();
        QCOMPARE(after.lossScale, std::ldexp(1.0, 119));
        QCOMPARE(after.goodSteps, 0);
        QVERIFY(areSame(after, before));
    }

    void twoThousandGoodStepsDoubleTheScale()
    {
        ReferenceLearner learner(UNetSpec::reference(base), Precision::fp16, 1,
                                 ComputeDevice::cpu());
        learner.initialise(1);
        ReferenceState state = learner.state();
        state.lossScale = 512;
        state.goodSteps = 1998;
        learner.restore(state);
        learner.step(m_section, 1);
        QCOMPARE(learner.state().lossScale, 512.0);
        learner.step(m_section, 2);
        QCOMPARE(learner.state().lossScale, 1024.0);
        QVERIFY(!areSame(learner.state(), state));
    }

    void everyPrecisionLearnsMuchTheSame()
    {
        const auto learned = [&](Precision precision) {
            JobContext job;
            ReferenceLearner learner(UNetSpec::reference(base), precision, 1, ComputeDevice::cpu());
            learner.initialise(1);
            for (quint64 seed = 0; seed < 2; ++seed)
                learner.step(m_section, seed);
            return learner.evaluate(m_section, 1, job).total();
        };
        const double full = learned(Precision::fp32);
        QVERIFY(std::abs(learned(Precision::bf16) - full) < 0.01);
        QVERIFY(std::abs(learned(Precision::fp16) - full) < 0.01);
    }

    void stopIsHeard()
    {
        std::stop_source stop;
        JobContext job(stop.get_token(), [](double, const QString&) {});
        int told = 0;
        ReferenceOptions options = quick(100);
        options.statePath = path("stopped.run");
        options.stateSteps = 2;
        QVERIFY_EXCEPTION_THROWN(ReferenceTrainer(options, ComputeDevice::cpu())
                                     .train(m_data, {{0, 1}, {}}, QStringLiteral("m"), job,
                                            [&](const ReferencePoint&) {
                                                if (++told == 3)
                                                    stop.request_stop();
                                            }),
                                 Cancelled);
        QCOMPARE(told, 3);
        QCOMPARE(ReferenceState::load(options.statePath).step, 2);
    }

    void aModelPredictsWholeSlicesAtTheStacksPixels()
    {
        train(quick(1))->save(path("model.safetensors"));
        const auto model = Checkpoint::load(path("model.safetensors"));
        QVERIFY(model->seesWholeSlices());
        JobContext job;
        Predictor predictor(model, ComputeDevice::cpu(), {.precision = Precision::fp32});
        const ProbabilityMap map = predictor.predictSlice(*m_data.stack, 1, {4, 4, 50}, job);
        QCOMPARE(map.width, 128);
        QCOMPARE(map.height, 128);
        for (size_t i = 0; i < size_t(128 * 128); ++i)
            QVERIFY(std::abs(map.plane(1)[i] + map.plane(2)[i] - 1) < 1e-5F);

        // A part of a slice is answered as in the whole, and the pixel size plays no role.
        const ProbabilityMap part =
            predictor.predictRect(*m_data.stack, 1, {10, 20, 30, 40}, {9, 9, 50}, job);
        QCOMPARE(part.width, 30);
        for (int y = 0; y < 40; ++y)
            for (int x = 0; x < 30; ++x)
                QCOMPARE(part.plane(2)[size_t(y * 30 + x)],
                         map.plane(2)[size_t((20 + y) * 128 + 10 + x)]);
    }

    void aNetworkThatCannotTakeWholeSlicesIsRefused()
    {
        const auto model = randomModel(UNetSpec::standard(2, 4));
        model->normalisation = Checkpoint::wholeSliceRule();
        model->save(path("lying.safetensors"));
        QVERIFY_EXCEPTION_THROWN(Checkpoint::load(path("lying.safetensors")), Error);
    }

    void aModelOfWholeSlicesLearnsFromNoCorrections()
    {
        const auto model = train(quick(1));
        const TrainingSet set(m_data.stack, m_data.labels, ClassTable::membraneAndInside());
        JobContext job;
        QVERIFY_EXCEPTION_THROWN(
            Trainer(model, {}, ComputeDevice::cpu()).train(set, QStringLiteral("m"), job), Error);
    }

    void otherModelsAndClassesHaveNoReferenceScore()
    {
        JobContext job;
        const auto score = [&](const Checkpoint& model, const ReferenceData& data) {
            return referenceLosses(model, data, {0}, 1, ComputeDevice::cpu(), Precision::fp32, job);
        };
        QVERIFY_EXCEPTION_THROWN(score(*randomModel(UNetSpec::standard(2, 4)), m_data), Error);
        ReferenceData swapped = m_data;
        std::swap(swapped.classNames[0], swapped.classNames[1]);
        QVERIFY_EXCEPTION_THROWN(score(*train(quick(1)), swapped), Error);
    }

private:
    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

    std::shared_ptr<const Checkpoint> train(const ReferenceOptions& options)
    {
        JobContext job;
        return ReferenceTrainer(options, ComputeDevice::cpu())
            .train(m_data, {{0, 1}, {2}}, QStringLiteral("m"), job);
    }

    QTemporaryDir m_folder;
    ReferenceData m_data;
    std::vector<ReferenceSection> m_sections; ///< all
    std::vector<ReferenceSection> m_section;  ///< the first alone
};

QTEST_GUILESS_MAIN(ReferenceTrainerTest)
#include "ReferenceTrainerTest.moc"
