// SPDX-License-Identifier: Apache-2.0
#include "models/Trainer.h"

#include "core/labels/LabelEdit.h"
#include "models/learning/GainWatch.h"
#include "models/learning/TrainingPatch.h"
#include "tests/support/DrawnStack.h"
#include "tests/support/RandomModel.h"

#include <QTest>

#include <cmath>
#include <stop_token>

using namespace emend;

namespace {

/// The truth of some slices as a person's corrections.
LabelVolume corrected(const DrawnStack& drawn, const SliceRange& slices, int onlyClass = 0)
{
    LabelVolume labels(drawn.size);
    for (const int z : slices) {
        const auto& truth = drawn.truth[size_t(z)];
        editLabels(labels, z, drawn.size.sliceRect(), [&](Pixel pixel, Label old) {
            const int c = truth[size_t(pixel.y) * size_t(drawn.size.width) + size_t(pixel.x)];
            return onlyClass == 0 || c == onlyClass ? Label(c, LabelState::corrected) : old;
        }).applyTo(labels);
    }
    return labels;
}

TrainingSet drawnSet(const SliceRange& slices, int sliceCount = 2)
{
    const DrawnStack drawn = DrawnStack::sections(256, sliceCount);
    return {drawn.stack(), corrected(drawn, slices), ClassTable::membraneAndInside()};
}

TrainingOptions quick(int steps)
{
    TrainingOptions options;
    options.steps = steps;
    options.batch = 2;
    options.patchPx = 96;
    options.baseChannels = 4;
    options.precision = Precision::fp32;
    options.threads = 1;
    return options;
}

TrainingResult train(const TrainingSet& set, const TrainingOptions& options,
                     std::shared_ptr<const Checkpoint> parent = nullptr)
{
    JobContext job;
    return Trainer(std::move(parent), options, ComputeDevice::cpu())
        .train(set, QStringLiteral("learned"), job);
}

QString refusal(const TrainingSet& set)
{
    try {
        train(set, quick(2));
    } catch (const Error& error) {
        return error.text();
    }
    return {};
}

bool sameWeights(const Checkpoint& a, const Checkpoint& b)
{
    return a.weights.size() == b.weights.size() &&
           std::equal(a.weights.begin(), a.weights.end(), b.weights.begin(),
                      [](const auto& x, const auto& y) {
                          return x.first == y.first && x.second.values == y.second.values;
                      });
}

} // namespace

class TrainerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void whatIsLeftOpenIsSaidBeforeItIsUsed()
    {
        const TrainingOptions fromNothing = resolved({}, ComputeDevice::cpu(), nullptr);
        QVERIFY(fromNothing.steps > 0 && fromNothing.batch > 0 && fromNothing.learningRate > 0);
        QVERIFY(fromNothing.patchPx > 0 && fromNothing.patchPx % 16 == 0);
        TrainingOptions wanted;
        wanted.steps = 7;
        wanted.batch = 3;
        wanted.learningRate = 0.25;
        wanted.patchPx = 65;
        const TrainingOptions all = resolved(wanted, ComputeDevice::cpu(), nullptr);
        QCOMPARE(all.steps, 7);
        QCOMPARE(all.batch, 3);
        QCOMPARE(all.learningRate, 0.25);
        QCOMPARE(all.patchPx, 80); // what the network can take
    }

    void fromSinglePlacesAModelStaysNearerToItsParent()
    {
        // The same slice to learn from; in one of the sets small places on seven others, too. Steps
        // of AdamW are about as long whatever they learn.
        const DrawnStack drawn = DrawnStack::sections(128, 8);
        LabelVolume labels = corrected(drawn, SliceRange::single(0));
        const TrainingSet whole(drawn.stack(), labels, ClassTable::membraneAndInside());
        for (int z = 1; z < 8; ++z)
            editLabels(labels, z, {64, 64, 8, 8}, [](Pixel, Label) {
                return Label(2, LabelState::corrected);
            }).applyTo(labels);
        const TrainingSet places(drawn.stack(), labels, ClassTable::membraneAndInside());
        auto parent = randomModel(UNetSpec::standard(2, 4));
        parent->classNames = {QStringLiteral("membrane"), QStringLiteral("inside")};
        const auto distance = [&](const TrainingSet& set) {
            double sum = 0;
            const TrainingResult result = train(set, quick(10), parent);
            for (const auto& [name, tensor] : result.checkpoint->weights)
                for (size_t i = 0;
                     name.find("running") == std::string::npos && i < tensor.values.size(); ++i)
                    sum += std::pow(tensor.values[i] - parent->weights.at(name).values[i], 2);
            return std::sqrt(sum);
        };
        const double share = distance(places) / distance(whole);
        QVERIFY2(share > 0.5 && share < 0.8, qPrintable(QString::number(share)));
    }

    void whatIsSaidIsWhatIsUsed()
    {
        const TrainingSet set = drawnSet(SliceRange::single(0));
        TrainingOptions open = quick(2);
        open.batch = 0;
        open.patchPx = 0;
        open.learningRate = 0;
        const TrainingOptions all = resolved(open, ComputeDevice::cpu(), nullptr);
        QVERIFY(sameWeights(*train(set, open).checkpoint, *train(set, all).checkpoint));
    }

    void learningFromNothingBeatsGuessing()
    {
        TrainingOptions options = quick(160);
        options.baseChannels = 8;
        const TrainingResult result = train(drawnSet(SliceRange::single(0)), options);
        QVERIFY(result.scoreAfter.has_value());
        QVERIFY(!result.scoreBefore.has_value());
        // A constant guess scores about 0.55 on these sections.
        QVERIFY2(*result.scoreAfter > 0.75, qPrintable(QString::number(*result.scoreAfter)));
        QVERIFY(result.curve.back().loss < 0.6 * result.curve.front().loss);
    }

    void aBetterModelIsToldFromAWorse()
    {
        const TrainingSet set = drawnSet(SliceRange::single(0));
        const auto first = train(set, quick(40)).checkpoint;
        const TrainingResult second = train(set, quick(80), first);
        QVERIFY(*second.scoreAfter > *second.scoreBefore);
        QVERIFY(second.isBetter);
        QCOMPARE(second.checkpoint->lineage.parent, QStringLiteral("learned"));

        TrainingOptions ruinous = quick(30);
        ruinous.learningRate = 3;
        QVERIFY(!train(set, ruinous, second.checkpoint).isBetter);
    }

    void theParentStaysAsItWas()
    {
        auto parent = randomMembraneModel();
        const Checkpoint before = *parent;
        const TrainingResult result = train(drawnSet(SliceRange::single(0)), quick(5), parent);
        QVERIFY(sameWeights(*parent, before));
        QVERIFY(!sameWeights(*result.checkpoint, before));
        QCOMPARE(result.checkpoint->lineage.steps, 5);
    }

    void theSameSeedGivesTheSameModel_data()
    {
        QTest::addColumn<int>("threads");
        QTest::addColumn<bool>("isReproducible");
        QTest::newRow("one thread") << 1 << false;
        QTest::newRow("two threads") << 2 << false;
        QTest::newRow("reproducible, two threads") << 2 << true;
    }

    void theSameSeedGivesTheSameModel()
    {
        const TrainingSet set = drawnSet(SliceRange::single(0));
        TrainingOptions options = quick(8);
        QFETCH(int, threads);
        options.threads = threads;
        QFETCH(bool, isReproducible);
        options.isReproducible = isReproducible;
        const auto first = train(set, options).checkpoint;
        QVERIFY(sameWeights(*first, *train(set, options).checkpoint));
        options.seed = 2;
        QVERIFY(!sameWeights(*first, *train(set, options).checkpoint));
    }

    void aShortTimeMeansFewerSteps()
    {
        const TrainingSet set = drawnSet(SliceRange::single(0));
        TrainingOptions options = quick(60);
        options.seconds = 1e-6;
        const TrainingResult hurried = train(set, options);
        QCOMPARE(hurried.checkpoint->lineage.steps, 40); // as few as ever
        QCOMPARE(hurried.curve.back().step, 40);
        QCOMPARE(hurried.curve.back().steps, 40);
        options.seconds = 1e6;
        QCOMPARE(train(set, options).checkpoint->lineage.steps, 60);
    }

    void heldOutPixelsAreNotLookedAtJustBeforeTheEnd()
    {
        const TrainingSet set = drawnSet(SliceRange::single(0));
        std::vector<int> looks;
        for (const TrainingPoint& point : train(set, quick(43)).curve)
            if (point.heldOutScore)
                looks.push_back(point.step);
        QCOMPARE(looks, std::vector({11, 22, 33, 43}));
    }

    void gainIsOverAfterThreeLooksWithoutARise()
    {
        GainWatch watch;
        for (const double score : {0.5, 0.6, 0.6009, 0.59})
            watch.add(score);
        QVERIFY(!watch.isOver());
        watch.add(0.7);
        for (const double score : {0.7, 0.7008})
            watch.add(score);
        QVERIFY(!watch.isOver());
        watch.add(0.6);
        QVERIFY(watch.isOver());
    }

    void learningEndsWhereNothingMoreIsGained()
    {
        // Labels that follow no rule: nothing about the held-out ones can be learned.
        const DrawnStack drawn = DrawnStack::sections(256, 1);
        LabelVolume labels(drawn.size);
        Random random(1);
        editLabels(labels, 0, drawn.size.sliceRect(), [&](Pixel, Label) {
            return Label(uniformInt(random, 1, 2), LabelState::corrected);
        }).applyTo(labels);
        TrainingOptions options = quick(2000);
        options.batch = 1;
        options.patchPx = 48;
        const TrainingResult result =
            train({drawn.stack(), labels, ClassTable::membraneAndInside()}, options);
        const int steps = result.checkpoint->lineage.steps;
        QVERIFY2(steps < options.steps, qPrintable(QString::number(steps)));
        QCOMPARE(result.curve.back().step, steps);
    }

    void heldOutPixelsDoNotTeach()
    {
        // Wrong labels on every held-out pixel: a model that saw them would differ.
        const TrainingSet set = drawnSet(SliceRange::single(0));
        LabelVolume spoilt = set.labels();
        editLabels(spoilt, 0, spoilt.size().sliceRect(), [&set](Pixel pixel, Label old) {
            return set.isHeldOut(pixel, 0) ? Label(3 - old.classIndex(), old.state()) : old;
        }).applyTo(spoilt);
        const TrainingSet other(set.stackPtr(), spoilt, set.classes());
        QVERIFY(other.heldOutPixels() > 0);
        const TrainingResult a = train(set, quick(6));
        const TrainingResult b = train(other, quick(6));
        QVERIFY(sameWeights(*a.checkpoint, *b.checkpoint));
        QVERIFY(*a.scoreAfter != *b.scoreAfter);
    }

    void aNewClassKeepsWhatTheOthersKnow()
    {
        const DrawnStack drawn = DrawnStack::sections(128, 1);
        ClassTable classes = ClassTable::membraneAndInside();
        classes.add({QStringLiteral("mitochondrion")});
        const TrainingSet set(drawn.stack(), corrected(drawn, SliceRange::single(0)), classes);
        auto parent = randomModel(UNetSpec::standard(2, 4));
        parent->classNames = {QStringLiteral("inside"), QStringLiteral("membrane")};
        TrainingOptions still = quick(1);
        still.learningRate = 1e-12; // the weights stay where they begin
        const auto model = train(set, still, parent).checkpoint;
        QCOMPARE(model->spec.classCount, 3);
        QCOMPARE(model->classNames.last(), QStringLiteral("mitochondrion"));
        const float membrane = model->weights.at("head.bias").values[0];
        QVERIFY(std::abs(membrane - parent->weights.at("head.bias").values[1]) < 1e-6F);
    }

    void modelsLearnAtTheirOwnPixelSize()
    {
        const DrawnStack drawn = DrawnStack::sections(256, 1);
        TrainingSet set(drawn.stack(), corrected(drawn, SliceRange::single(0)),
                        ClassTable::membraneAndInside());
        set.setVoxelSize({2, 2, 50});
        auto parent = randomMembraneModel();
        const TrainingResult result = train(set, quick(30), parent);
        QCOMPARE(result.checkpoint->pixelSizeNm, parent->pixelSizeNm);
        QVERIFY(*result.scoreAfter > *result.scoreBefore);

        QCOMPARE(train(set, quick(2)).checkpoint->pixelSizeNm, 2.0);
    }

    void whatTeachesNothingIsRefused()
    {
        const DrawnStack drawn = DrawnStack::sections(128, 1);
        const ClassTable classes = ClassTable::membraneAndInside();
        QVERIFY(refusal({drawn.stack(), LabelVolume(drawn.size), classes})
                    .contains(QStringLiteral("Nothing is corrected")));
        QVERIFY(refusal({drawn.stack(), corrected(drawn, SliceRange::single(0), 1), classes})
                    .contains(QStringLiteral("membrane")));
    }

    void numbersBeyondAllBoundsAreTriedOnceMore()
    {
        TrainingOptions options = quick(40);
        options.learningRate = 2e5; // the gradients overflow; at a tenth they do not
        int beginnings = 0;
        int lastStep = 1000;
        JobContext job;
        const TrainingResult result =
            Trainer(nullptr, options, ComputeDevice::cpu())
                .train(drawnSet(SliceRange::single(0)), QStringLiteral("x"), job,
                       [&](const TrainingPoint& point) {
                           beginnings += point.step < lastStep;
                           lastStep = point.step;
                       });
        QCOMPARE(beginnings, 2);
        for (const auto& [name, weight] : result.checkpoint->weights)
            QVERIFY2(std::all_of(weight.values.begin(), weight.values.end(),
                                 [](float value) { return std::isfinite(value); }),
                     name.c_str());
    }

    void stopIsHeardWithinAStep()
    {
        const TrainingSet set = drawnSet(SliceRange::single(0));
        std::stop_source stop;
        JobContext job(stop.get_token(), {});
        int lastStep = 0;
        Trainer trainer(nullptr, quick(1000), ComputeDevice::cpu());
        QVERIFY_EXCEPTION_THROWN(trainer.train(set, QStringLiteral("x"), job,
                                               [&](const TrainingPoint& point) {
                                                   lastStep = point.step;
                                                   stop.request_stop();
                                               }),
                                 Cancelled);
        QCOMPARE(lastStep, 10);
    }
};

QTEST_GUILESS_MAIN(TrainerTest)
#include "TrainerTest.moc"
