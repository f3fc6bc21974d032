// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/CompareJob.h"

#include "app/jobs/PredictJob.h"
#include "core/Error.h"
#include "tests/support/RandomModel.h"
#include "tests/support/SyntheticStack.h"

#include <QtTest>

using namespace emend;

namespace {

constexpr int side = 96;
constexpr int slice = 1;

std::shared_ptr<Checkpoint> modelOf(unsigned seed, const QStringList& classNames)
{
    auto model = randomModel(UNetSpec::standard(int(classNames.size()), 2), seed);
    model->classNames = classNames;
    return model;
}

const QStringList membraneAndInside{QStringLiteral("membrane"), QStringLiteral("inside")};

} // namespace

class CompareJobTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void eachHalfIsWhatThatModelPredicts()
    {
        const auto first = modelOf(3, membraneAndInside);
        const auto second = modelOf(4, membraneAndInside);
        const CompareJob::Result result = run(request(first, second));
        const auto winnersOfFirst = winners(first);
        const auto winnersOfSecond = winners(second);
        QVERIFY(winnersOfFirst != winnersOfSecond); // else this test says nothing
        qint64 differing = 0;
        for (int i = 0; i < side * side; ++i) {
            const Pixel pixel{i % side, i / side};
            const int says = winnersOfFirst[size_t(i)];
            const int otherSays = winnersOfSecond[size_t(i)];
            QCOMPARE(result.slice.first.at(pixel, slice), Label(says, LabelState::predicted));
            QCOMPARE(result.slice.second.at(pixel, slice), Label(otherSays, LabelState::predicted));
            QCOMPARE(result.slice.difference.at(pixel, slice),
                     says == otherSays ? Label() : Label(otherSays, LabelState::predicted));
            differing += says != otherSays;
        }
        QCOMPARE(result.slice.differing, differing);
        QVERIFY(!result.namesDiffer);
    }

    void classesInAnotherOrderAreTheSameClasses()
    {
        const auto first = modelOf(3, membraneAndInside);
        const auto turned = modelOf(3, {QStringLiteral("inside"), QStringLiteral("membrane")});
        const CompareJob::Result result = run(request(first, turned));
        QVERIFY(!result.namesDiffer);
        QCOMPARE(result.classes, ClassTable::membraneAndInside());
        const auto winnersOfTurned = winners(turned);
        for (int i = 0; i < side * side; ++i)
            QCOMPARE(result.slice.second.at({i % side, i / side}, slice).classIndex(),
                     3 - winnersOfTurned[size_t(i)]);
    }

    void aClassThatTheProjectLacksIsShownButNotAdded()
    {
        const auto first = modelOf(3, membraneAndInside);
        const auto more = modelOf(4, membraneAndInside + QStringList{QStringLiteral("vesicle")});
        const CompareJob::Result result = run(request(first, more));
        QVERIFY(result.namesDiffer);
        QCOMPARE(result.classes.count(), 3);
        QCOMPARE(result.classes.at(3).name, QStringLiteral("vesicle"));
    }

    void modelsWithoutACommonClassAreRefusedInASentence()
    {
        CompareJob::Request wanted =
            request(modelOf(3, membraneAndInside),
                    modelOf(4, {QStringLiteral("axon"), QStringLiteral("dendrite")}));
        wanted.classes = ClassTable::named({QStringLiteral("membrane"), QStringLiteral("inside"),
                                            QStringLiteral("axon"), QStringLiteral("dendrite")});
        CompareJob job(std::move(wanted));
        JobContext context;
        try {
            job.run(context);
            QFAIL("compared");
        } catch (const Error& error) {
            QVERIFY(error.text().contains(QStringLiteral("axon")));
            QVERIFY(error.text().endsWith(u'.'));
        }
    }

    void stopEndsIt()
    {
        CompareJob job(request(modelOf(3, membraneAndInside), modelOf(4, membraneAndInside)));
        std::stop_source stop;
        // Stopped between the two models: what the first said is not handed out either.
        JobContext context(stop.get_token(), [&stop](double fraction, const QString&) {
            if (fraction >= 0.5)
                stop.request_stop();
        });
        QVERIFY_EXCEPTION_THROWN(job.run(context), Cancelled);
        QCOMPARE(job.takeResult().slice.pixels, 0);
    }

private:
    static CompareJob::Request request(std::shared_ptr<const Checkpoint> first,
                                       std::shared_ptr<const Checkpoint> second)
    {
        const auto stack = SyntheticStack::membranes(side, 2).stack();
        return {stack,
                stack->info().voxelSize,
                LabelVolume(),
                ClassTable::membraneAndInside(),
                {std::move(first), std::move(second)},
                slice,
                ComputeDevice::cpu(),
                {}};
    }

    static CompareJob::Result run(CompareJob::Request wanted)
    {
        CompareJob job(std::move(wanted));
        JobContext context;
        job.run(context);
        return job.takeResult();
    }

    /// As predicting that slice brings them.
    static std::vector<quint8> winners(const std::shared_ptr<const Checkpoint>& model)
    {
        const auto stack = SyntheticStack::membranes(side, 2).stack();
        JobContext context;
        Prediction prediction(stack->size(), model->spec.classCount);
        PredictJob({stack, stack->info().voxelSize, model, {slice}, ComputeDevice::cpu(), {}},
                   [&](int z, const ProbabilityMap& map) { prediction.setSlice(z, map); })
            .run(context);
        return prediction.classes(slice);
    }
};

QTEST_GUILESS_MAIN(CompareJobTest)
#include "CompareJobTest.moc"
