// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/PaperTrainer.h"

#include "core/labels/LabelEdit.h"
#include "models/Predictor.h"
#include "models/Trainer.h"
#include "tests/support/DrawnStack.h"

#include <QTemporaryDir>
#include <QTest>

#include <stop_token>

using namespace emend;

namespace {

ReferenceData drawnData(int slices)
{
    const DrawnStack drawn = DrawnStack::sections(128, slices);
    return {
        drawn.stack(), drawn.corrected(), {QStringLiteral("membrane"), QStringLiteral("inside")}};
}

RecipeOptions quick(int steps)
{
    RecipeOptions options;
    options.maxSteps = steps;
    options.baseChannels = 2;
    options.precision = Precision::fp32;
    options.threads = 1;
    options.logSteps = 1;
    return options;
}

std::shared_ptr<const Checkpoint> train(const ReferenceData& data, const RecipeOptions& options,
                                        const PaperTrainer::Observer& observer = {})
{
    JobContext job;
    return PaperTrainer(options, ComputeDevice::cpu())
        .train(data, {0}, QStringLiteral("paper"), job, observer);
}

bool areSame(const Checkpoint& a, const Checkpoint& b)
{
    return std::equal(a.weights.begin(), a.weights.end(), b.weights.begin(), b.weights.end(),
                      [](const auto& x, const auto& y) {
                          return x.first == y.first && x.second.values == y.second.values;
                      });
}

double mean(const std::vector<double>& losses, size_t from, size_t count)
{
    double sum = 0;
    for (size_t i = from; i < from + count; ++i)
        sum += losses[i];
    return sum / double(count);
}

} // namespace

/// Training by the recipe of the U-Net paper, with networks as small as they can be.
class PaperTrainerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theLossFalls()
    {
        RecipeOptions options = quick(40);
        options.baseChannels = 4;
        std::vector<double> losses;
        const auto model =
            train(drawnData(1), options, [&](int, double loss) { losses.push_back(loss); });
        QCOMPARE(losses.size(), size_t(40));
        const double first = mean(losses, 0, 5);
        const double last = mean(losses, 35, 5);
        QVERIFY2(last < 0.85 * first, qPrintable(QStringLiteral("%1 %2").arg(first).arg(last)));
    }

    void theModelPredictsAndLearnsOnLikeAnyOther()
    {
        const ReferenceData data = drawnData(1);
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("paper.safetensors"));
        train(data, quick(2))->save(path);
        const auto model = Checkpoint::load(path);
        QVERIFY(!model->seesWholeSlices());
        QCOMPARE(model->spec, UNetSpec::paper(2));
        QCOMPARE(model->pixelSizeNm, 4.0);

        JobContext job;
        Predictor predictor(model, ComputeDevice::cpu(), {.precision = Precision::fp32});
        const ProbabilityMap map = predictor.predictSlice(*data.stack, 0, {4, 4, 50}, job);
        QCOMPARE(map.width, 128);
        for (size_t i = 0; i < size_t(128 * 128); ++i)
            QVERIFY(std::abs(map.plane(1)[i] + map.plane(2)[i] - 1) < 1e-5F);

        // One correction in a corner, which lies outside of what a tile inside the slice tells.
        LabelVolume corner(data.labels.size());
        editLabels(corner, 0, {0, 0, 8, 8}, [](Pixel pixel, Label) {
            return Label(pixel.x < 4 ? 1 : 2, LabelState::corrected);
        }).applyTo(corner);
        const TrainingSet set(data.stack, corner, ClassTable::membraneAndInside());
        TrainingOptions options;
        options.steps = 2;
        options.batch = 1;
        options.patchPx = 20;
        options.threads = 1;
        double loss = 0;
        const auto learned = Trainer(model, options, ComputeDevice::cpu())
                                 .train(set, QStringLiteral("next"), job,
                                        [&](const TrainingPoint& point) { loss = point.loss; });
        QVERIFY(loss > 0); // something was counted
        QVERIFY(!areSame(*learned.checkpoint, *model));
    }

    void theSameSeedGivesTheSameModel()
    {
        const ReferenceData data = drawnData(1);
        RecipeOptions options = quick(3);
        const auto first = train(data, options);
        options.isReproducible = true;
        QVERIFY(areSame(*first, *train(data, options)));
        options.seed = 1;
        QVERIFY(!areSame(*first, *train(data, options)));
    }

    void labelsOfOneClassAreRefused()
    {
        ReferenceData data = drawnData(1);
        editLabels(data.labels, 0, data.labels.size().sliceRect(), [](Pixel, Label) {
            return Label(2, LabelState::corrected);
        }).applyTo(data.labels);
        QVERIFY_EXCEPTION_THROWN(train(data, quick(1)), Error);
    }

    void stopIsHeardWithinAStep()
    {
        std::stop_source stop;
        JobContext job(stop.get_token(), {});
        int lastStep = -1;
        QVERIFY_EXCEPTION_THROWN(PaperTrainer(quick(100), ComputeDevice::cpu())
                                     .train(drawnData(1), {0}, QStringLiteral("m"), job,
                                            [&](int step, double) {
                                                lastStep = step;
                                                stop.request_stop();
                                            }),
                                 Cancelled);
        QCOMPARE(lastStep, 0);
    }
};

QTEST_GUILESS_MAIN(PaperTrainerTest)
#include "PaperTrainerTest.moc"
