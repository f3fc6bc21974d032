// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/EvaluateJob.h"

#include <algorithm>
#include <span>

namespace emend {

EvaluateJob::EvaluateJob(PredictJob::Request request, LabelVolume truth, ClassTable classes)
    : m_request(std::move(request))
    , m_truth(std::move(truth))
{
    const QStringList& modelClasses = m_request.checkpoint->classNames;
    m_modelClassOf.assign(size_t(classes.count() + 1), 0);
    for (int index = 1; index <= classes.count(); ++index) {
        const int found = int(modelClasses.indexOf(classes.at(index).name)) + 1;
        if (found == 0)
            throw Error(tr("The model has no class \"%1\". Its classes are: %2.")
                            .arg(classes.at(index).name, modelClasses.join(QStringLiteral(", "))));
        m_modelClassOf[size_t(index)] = found;
    }
    m_membrane = m_request.checkpoint->membraneClass();
    m_inside = m_request.checkpoint->classIndexOf(QStringLiteral("inside"));
}

void EvaluateJob::run(JobContext& job)
{
    PredictJob predict(m_request,
                       [this](int z, const ProbabilityMap& map, const MembraneBorders& borders) {
                           scoreSlice(z, map, borders);
                       });
    predict.run(job);
}

void EvaluateJob::scoreSlice(int z, const ProbabilityMap& map, const MembraneBorders& borders)
{
    std::vector<Label> labels(size_t(map.width) * size_t(map.height));
    m_truth.read(z, m_truth.size().sliceRect(), labels.data());
    std::vector<quint8> truth(labels.size());
    std::transform(labels.begin(), labels.end(), truth.begin(), [this](Label label) {
        return quint8(m_modelClassOf[size_t(label.classIndex())]);
    });

    std::vector<std::span<const float>> planes;
    for (int c = 1; c <= map.classCount; ++c)
        planes.push_back(map.plane(c));
    const double dice = softDice(planes, truth);
    const double error = pixelError(map.winners(), truth);
    countClasses(map, truth);
    m_scorer.addPixelScores(dice, error);
    m_slices.push_back({z, dice, error});
    if (hasObjects())
        scoreObjects(map, borders, truth);
}

void EvaluateJob::countClasses(const ProbabilityMap& map, const std::vector<quint8>& truth)
{
    m_counts.resize(size_t(map.classCount) + 1);
    const std::vector<quint8> said = map.winners();
    for (size_t i = 0; i < truth.size(); ++i) {
        if (truth[i] == 0)
            continue;
        ++m_counts[truth[i]].truth;
        ++m_counts[said[i]].said;
        m_counts[truth[i]].hits += truth[i] == said[i];
    }
    if (m_membrane == 0)
        return;
    std::vector<quint8> isMembrane(truth.size());
    std::transform(truth.begin(), truth.end(), isMembrane.begin(), [this](quint8 c) {
        return quint8(c == 0 ? 0 : c == m_membrane ? 1 : 2);
    });
    const std::vector<float> rest = map.without(m_membrane);
    const std::vector<std::span<const float>> planes{map.plane(m_membrane), rest};
    m_membraneDice += softDice(planes, isMembrane);
}

std::vector<EvaluateJob::ClassScore> EvaluateJob::classScores() const
{
    std::vector<ClassScore> scores;
    for (size_t c = 1; c < m_counts.size(); ++c) {
        const PixelCounts& counts = m_counts[c];
        const qint64 all = counts.truth + counts.said;
        scores.push_back({m_request.checkpoint->classNames.at(qsizetype(c) - 1),
                          all > 0 ? 2 * double(counts.hits) / double(all) : 1});
    }
    return scores;
}

void EvaluateJob::scoreObjects(const ProbabilityMap& map, const MembraneBorders& borders,
                               const std::vector<quint8>& truth)
{
    // With two classes "inside" is all that is not membrane; a third one lies inside too.
    const bool isInsideAlone = m_inside && (!m_membrane || map.classCount == 2);
    const auto isInside = [&](quint8 c) {
        return isInsideAlone ? c == m_inside : c != 0 && c != m_membrane;
    };
    const auto alone = map.plane(isInsideAlone ? m_inside : m_membrane);
    const std::vector<float> inside =
        isInsideAlone ? std::vector<float>(alone.begin(), alone.end()) : map.without(m_membrane);
    std::vector<quint8> truthInside(truth.size());
    std::transform(truth.begin(), truth.end(), truthInside.begin(), isInside);
    m_scorer.addSlice(inside, truthInside, map.width, map.height);

    const std::vector<quint8> said = map.winners();
    std::vector<float> cut(said.size());
    for (size_t i = 0; i < cut.size(); ++i)
        cut[i] =
            isInside(said[i]) && (borders.isBorder.empty() || borders.isBorder[i] == 0) ? 1 : 0;
    m_cutScorer.addSlice(cut, truthInside, map.width, map.height);
}

} // namespace emend
