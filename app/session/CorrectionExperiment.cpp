// SPDX-License-Identifier: Apache-2.0
#include "app/session/CorrectionExperiment.h"

#include "app/jobs/FineTuneJob.h"
#include "app/jobs/PredictJob.h"
#include "app/session/ClassMapping.h"

#include <algorithm>

namespace emend {

namespace {

constexpr double shareOfPrediction = 0.4; // of the time of a round

} // namespace

CorrectionExperiment::CorrectionExperiment(Plan plan)
    : m_plan(std::move(plan))
    , m_project(m_plan.stack)
    , m_corrector(m_project, m_plan.truth, m_plan.habits)
{
    m_project.setClasses(m_plan.classes);
    if (m_plan.order != CorrectionOrder::ranked)
        m_fixedOrder = placesInRows(m_project.size(), m_plan.slices);
    if (m_plan.order == CorrectionOrder::random)
        m_fixedOrder = shuffled(std::move(m_fixedOrder), m_plan.training.seed);
}

std::vector<CorrectionExperiment::Round> CorrectionExperiment::run(JobContext& job,
                                                                   const Observer& observer)
{
    std::vector<Round> rounds;
    const auto judge = [&](bool isModelKept) {
        rounds.push_back(judged(int(rounds.size()), isModelKept));
        if (observer)
            observer(rounds.back());
    };
    const double share = 1.0 / (m_plan.rounds + shareOfPrediction);
    double done = share * shareOfPrediction;
    predict(job.part(0, done));
    judge(true);
    for (int i = 0; i < m_plan.rounds; ++i, done += share) {
        const double learned = done + share * (1 - shareOfPrediction);
        correct();
        const bool isModelNew = m_plan.isLearning && learn(job.part(done, learned));
        if (m_plan.isLearning)
            predict(job.part(learned, done + share));
        judge(isModelNew || !m_plan.isLearning);
    }
    return rounds;
}

void CorrectionExperiment::predict(JobContext job)
{
    ClassTable classes = m_project.classes();
    const std::vector<int> mapping = mapModelClasses(m_plan.model->classNames, classes);
    m_project.setClasses(classes);
    std::vector<int> slices(m_plan.slices.begin(), m_plan.slices.end());
    slices.insert(slices.end(), m_plan.unseen.begin(), m_plan.unseen.end());
    PredictJob predicting({m_plan.stack,
                           m_project.voxelSize(),
                           m_plan.model,
                           std::move(slices),
                           m_plan.device,
                           {.precision = m_plan.training.precision},
                           decidedMembranes(m_project.labels(), classes, *m_plan.model)},
                          [&](int z, const ProbabilityMap& map) {
                              Prediction slice(m_project.size(), classes.count());
                              slice.setSlice(z, mapPlanes(map, mapping, classes.count()));
                              m_project.mergePrediction(slice);
                              m_project.apply(
                                  slice.toEdit(m_project.labels(), SliceRange::single(z)));
                          });
    predicting.run(job);
}

std::vector<Place> CorrectionExperiment::placesOfRound()
{
    if (m_plan.order != CorrectionOrder::ranked)
        return m_fixedOrder;
    return PlacesToCorrect(m_project.prediction(), m_project.labels(), m_plan.slices).ranked();
}

void CorrectionExperiment::correct()
{
    const int enough = m_corrector.effort().strokes + m_plan.strokesPerRound;
    for (const Place& place : placesOfRound()) {
        if (m_corrector.effort().strokes >= enough)
            return;
        m_corrector.correct(place);
    }
}

bool CorrectionExperiment::learn(JobContext job)
{
    FineTuneJob::Request request;
    request.stack = m_plan.stack;
    request.labels = m_project.labels();
    request.prediction = m_project.prediction();
    request.classes = m_project.classes();
    request.voxelSize = m_project.voxelSize();
    request.parent = m_plan.model;
    request.options = m_plan.training;
    request.device = m_plan.device;
    request.name = m_plan.stack->info().name;
    FineTuneJob fineTune(std::move(request), {});
    fineTune.run(job);
    const TrainingResult result = fineTune.takeResult();
    if (result.isBetter)
        m_plan.model = result.checkpoint;
    return result.isBetter;
}

CorrectionExperiment::Round CorrectionExperiment::judged(int number, bool isModelKept) const
{
    Round round;
    round.number = number;
    round.effort = m_corrector.effort();
    round.minutes = m_plan.habits.minutes(round.effort);
    round.isModelKept = isModelKept;
    const auto score = [this](const SliceRange& slices) {
        return mergedScore(m_project.prediction(), m_project.labels(), m_plan.truth,
                           m_project.classes(), slices);
    };
    round.worked = score(m_plan.slices);
    if (!m_plan.unseen.isEmpty())
        round.unseen = score(m_plan.unseen);
    return round;
}

} // namespace emend
