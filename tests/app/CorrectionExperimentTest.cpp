// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CorrectionReport.h"
#include "app/jobs/PredictJob.h"
#include "tests/support/DrawnStack.h"
#include "tests/support/RandomModel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QXmlStreamReader>

using namespace emend;

namespace {

/// A small model that knows nothing: all is to be corrected.
std::shared_ptr<const Checkpoint> ignorantModel()
{
    auto model = randomModel(UNetSpec::standard(2, 4));
    model->classNames = {QStringLiteral("membrane"), QStringLiteral("inside")};
    return model;
}

CorrectionExperiment::Plan planOf(const DrawnStack& drawn, CorrectionOrder order)
{
    CorrectionExperiment::Plan plan;
    plan.stack = drawn.stack();
    plan.truth = LabelVolume(drawn.size);
    for (int z = 0; z < drawn.size.slices; ++z)
        editLabels(plan.truth, z, drawn.size.sliceRect(), [&](Pixel p, Label) {
            return Label(drawn.truth[size_t(z)][size_t(p.y * drawn.size.width + p.x)],
                         LabelState::corrected);
        }).applyTo(plan.truth);
    plan.classes = ClassTable::membraneAndInside();
    plan.model = ignorantModel();
    plan.slices = SliceRange::parse(QStringLiteral("0,2"), 3);
    plan.unseen = SliceRange::single(1);
    plan.order = order;
    plan.rounds = 2;
    plan.strokesPerRound = 6;
    plan.training.steps = 2;
    plan.training.patchPx = 32;
    plan.training.batch = 1;
    plan.training.precision = Precision::fp32;
    plan.training.threads = 1;
    return plan;
}

std::vector<CorrectionExperiment::Round> roundsOf(const CorrectionExperiment::Plan& plan)
{
    JobContext job;
    return CorrectionExperiment(plan).run(job);
}

/// -1 where it is no XML.
int pathsOf(const QByteArray& svg)
{
    QXmlStreamReader reader(svg);
    int paths = 0;
    while (!reader.atEnd())
        paths += reader.readNext() == QXmlStreamReader::StartElement && reader.name() == u"path";
    return reader.hasError() ? -1 : paths;
}

bool isSame(const std::vector<CorrectionExperiment::Round>& a,
            const std::vector<CorrectionExperiment::Round>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& two) {
        return one.effort.strokes == two.effort.strokes &&
               one.effort.strokePx == two.effort.strokePx &&
               one.effort.correctedPixels() == two.effort.correctedPixels() &&
               one.worked.score.dice == two.worked.score.dice &&
               one.unseen.score.vRand == two.unseen.score.vRand;
    });
}

} // namespace

class CorrectionExperimentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void everyRoundAddsItsStrokes()
    {
        const auto plan = planOf(m_drawn, CorrectionOrder::random);
        int told = 0;
        JobContext job;
        CorrectionExperiment experiment(plan);
        const auto rounds = experiment.run(job, [&](const auto& round) {
            QCOMPARE(round.number, told);
            ++told;
        });
        QCOMPARE(int(rounds.size()), plan.rounds + 1);
        QCOMPARE(told, plan.rounds + 1);
        QCOMPARE(rounds[0].effort.strokes, 0);
        for (int i = 1; i <= plan.rounds; ++i) {
            const auto& effort = rounds[size_t(i)].effort;
            QVERIFY(effort.strokes >= i * plan.strokesPerRound);
            QVERIFY(effort.correctedPixels() > rounds[size_t(i - 1)].effort.correctedPixels());
            QVERIFY(rounds[size_t(i)].minutes > rounds[size_t(i - 1)].minutes);
        }
        // The slice that is only scored is never corrected.
        const auto correctedOf = [&experiment](int z) {
            return experiment.labels().countStates(z)[size_t(LabelState::corrected)];
        };
        QCOMPARE(correctedOf(1), 0);
        QCOMPARE(correctedOf(0) + correctedOf(2), rounds.back().effort.correctedPixels());
    }

    void rankedStartsAtThePlaceThatIsWorthMost()
    {
        auto plan = planOf(m_drawn, CorrectionOrder::ranked);
        plan.rounds = 1;
        plan.strokesPerRound = 1; // one place
        Prediction prediction(m_drawn.size, 2);
        JobContext job;
        PredictJob::Request request{plan.stack,  plan.stack->info().voxelSize,
                                    plan.model,  {plan.slices.begin(), plan.slices.end()},
                                    plan.device, {.precision = Precision::fp32}};
        PredictJob(request, [&](int z, const ProbabilityMap& map) {
            prediction.setSlice(z, map);
        }).run(job);
        const Place first =
            PlacesToCorrect(prediction, LabelVolume(m_drawn.size), plan.slices).ranked().front();

        CorrectionExperiment experiment(plan);
        experiment.run(job);
        std::vector<Label> labels(size_t(first.rect.pixelCount()));
        experiment.labels().read(first.z, first.rect, labels.data());
        QVERIFY(std::all_of(labels.begin(), labels.end(),
                            [](Label label) { return label.isCorrected(); }));
        const int other = first.z == 0 ? 2 : 0;
        QCOMPARE(experiment.labels().countStates(other)[size_t(LabelState::corrected)], 0);
    }

    void slicesAreWorkedThroughOneAfterTheOther()
    {
        auto plan = planOf(m_drawn, CorrectionOrder::slices);
        plan.rounds = 1;
        JobContext job;
        CorrectionExperiment experiment(plan);
        experiment.run(job);
        QVERIFY(experiment.labels().countStates(0)[size_t(LabelState::corrected)] > 0);
        QCOMPARE(experiment.labels().countStates(2)[size_t(LabelState::corrected)], 0);
        QVERIFY(experiment.labels().at({0, 0}, 0).isCorrected());
        QVERIFY(!experiment.labels().at({175, 175}, 0).isCorrected());
    }

    void theSamePlanGivesTheSameNumbers()
    {
        auto plan = planOf(m_drawn, CorrectionOrder::random);
        plan.rounds = 1;
        const auto rounds = roundsOf(plan);
        QVERIFY(isSame(roundsOf(plan), rounds));
        plan.training.seed = 2;
        QVERIFY(!isSame(roundsOf(plan), rounds));
    }

    void withoutLearningOnlyCorrectionsChangeAnything()
    {
        auto plan = planOf(m_drawn, CorrectionOrder::slices);
        plan.isLearning = false;
        const auto rounds = roundsOf(plan);
        QCOMPARE(rounds[2].unseen.score.dice, rounds[0].unseen.score.dice);
        QVERIFY(rounds[2].worked.score.dice > rounds[1].worked.score.dice);
        QVERIFY(rounds[1].worked.score.dice > rounds[0].worked.score.dice);
    }

    void correctingAllMakesTheScorePerfect()
    {
        auto plan = planOf(m_drawn, CorrectionOrder::slices);
        plan.habits.brush = BrushHabits::exact();
        plan.isLearning = false;
        plan.rounds = 1;
        plan.strokesPerRound = 1000000;
        const auto rounds = roundsOf(plan);
        QVERIFY(rounds[0].worked.score.dice < 0.95);
        QVERIFY(rounds[1].worked.score.dice > 0.99999);
        QVERIFY(rounds[1].worked.exportedVRand > 0.99999);
        QCOMPARE(rounds[1].worked.score.pixelError, 0.0);
        QVERIFY(rounds[1].unseen.score.dice < 0.95);
    }

    void theReportHasTheNumbersOfEveryRound()
    {
        CorrectionReport report;
        report.slices = SliceRange::parse(QStringLiteral("0,2"), 3);
        report.baseline.filled.strokes = 200;
        report.baseline.filledMinutes = 10;
        for (const CorrectionOrder order : {CorrectionOrder::ranked, CorrectionOrder::random}) {
            CorrectionReport::Run run{order, std::vector<CorrectionExperiment::Round>(3)};
            for (int i = 0; i < 3; ++i) {
                run.rounds[size_t(i)].number = i;
                run.rounds[size_t(i)].effort.strokes = 20 * i;
                run.rounds[size_t(i)].minutes = 2 * i;
                run.rounds[size_t(i)].worked = {{.dice = 0.9, .vRand = 0.91 + 0.01 * i}, 0.9, true};
            }
            report.runs.push_back(run);
        }
        const QJsonObject json = QJsonDocument::fromJson(report.toJson()).object();
        QCOMPARE(json.value(QStringLiteral("slices")).toString(), QStringLiteral("0,2"));
        const QJsonObject random = json.value(QStringLiteral("runs")).toArray().at(1).toObject();
        QCOMPARE(random.value(QStringLiteral("order")).toString(), QStringLiteral("random"));
        const QJsonObject last = random.value(QStringLiteral("rounds")).toArray().at(2).toObject();
        QCOMPARE(last.value(QStringLiteral("strokes")).toInt(), 40);
        const QJsonObject worked = last.value(QStringLiteral("worked")).toObject();
        QCOMPARE(worked.value(QStringLiteral("vRand")).toDouble(), 0.93);
        QVERIFY(report.shareText(report.runs[0]).contains(QStringLiteral("20 %"))); // 40 of 200
        QVERIFY(report.shareText(report.runs[0]).contains(QStringLiteral("40 %"))); // 4 of 10

        QCOMPARE(pathsOf(report.toSvg()), 3 * 2 + 2); // two curves in three panels, the legend
        report.unseen = SliceRange::single(1);
        QCOMPARE(pathsOf(report.toSvg()), 4 * 2 + 2);
        report.isLearning = false; // others do not change
        QCOMPARE(pathsOf(report.toSvg()), 3 * 2 + 2);
    }

private:
    const DrawnStack m_drawn = DrawnStack::sections(176, 3);
};

QTEST_GUILESS_MAIN(CorrectionExperimentTest)
#include "CorrectionExperimentTest.moc"
