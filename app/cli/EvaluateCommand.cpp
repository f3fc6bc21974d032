// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands.h"
#include "app/cli/FoldEvaluation.h"
#include "app/cli/FoldOptions.h"
#include "app/cli/LabelOptions.h"
#include "app/cli/ModelOptions.h"
#include "app/jobs/EvaluateJob.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace emend {

namespace {

QJsonObject toJson(const EvaluateJob& evaluation, const QString& model)
{
    const SegmentationScore score = evaluation.score();
    QJsonArray slices;
    for (const auto& slice : evaluation.sliceScores())
        slices.append(QJsonObject{{QStringLiteral("slice"), slice.z},
                                  {QStringLiteral("dice"), slice.dice},
                                  {QStringLiteral("pixelError"), slice.pixelError}});
    QJsonObject json{{QStringLiteral("model"), model},
                     {QStringLiteral("dice"), score.dice},
                     {QStringLiteral("pixelError"), score.pixelError},
                     {QStringLiteral("slices"), slices}};
    QJsonObject classes;
    for (const auto& [name, dice] : evaluation.classScores())
        classes.insert(name, dice);
    json.insert(QStringLiteral("classDice"), classes);
    if (evaluation.hasObjects()) {
        json.insert(QStringLiteral("vRand"), score.vRand);
        json.insert(QStringLiteral("vInfo"), score.vInfo);
        json.insert(QStringLiteral("threshold"), score.threshold);
        json.insert(QStringLiteral("vRandAsCut"), evaluation.scoreAsCut().vRand);
        QJsonArray curve;
        for (size_t i = 0; i < evaluation.scorer().thresholds().size(); ++i)
            curve.append(evaluation.scorer().scoreAt(i).vRand);
        json.insert(QStringLiteral("vRandAtTenths"), curve);
    }
    return json;
}

/// What --corrected names, of the labels.
DecidedMembranes decided(const QCommandLineParser& parser, VolumeSize size, const ClassMap& map,
                         const SliceRange& scored)
{
    const auto corrected =
        SliceRange::parse(parser.value(QStringLiteral("corrected")), size.slices);
    for (const int z : corrected)
        if (scored.contains(z))
            throw UsageError(
                EvaluateCommand::tr("Slice %1 is to be scored, so its labels cannot "
                                    "count as corrections. Leave it out of --corrected "
                                    "or of --slices.")
                    .arg(z));
    return {LabelOptions::read(parser, size, map, corrected), map.classes};
}

} // namespace

void EvaluateCommand::describe(QCommandLineParser& parser) const
{
    parser.addPositionalArgument(QStringLiteral("STACK"), tr("A file, or a folder of sections."));
    ModelOptions::describeModel(parser);
    ModelOptions::describeViews(parser);
    LabelOptions::describe(parser);
    parser.addOption({QStringLiteral("corrected"),
                      tr("Slices whose labels count as corrections, like 0-4,18: their cells tell "
                         "which faint membranes beside them are real. They are not scored."),
                      QStringLiteral("LIST")});
    parser.addOption({QStringLiteral("json"), tr("Prints one JSON object.")});
    ModelOptions::describeDevice(parser);
    FoldOptions::describe(parser);
}

int EvaluateCommand::run(const QCommandLineParser& parser, JobContext& job)
{
    const QString path = requiredArgument(parser, 0, QStringLiteral("STACK"));
    refuseFurtherArguments(parser, 1);
    requiredOption(parser, QStringLiteral("labels"));
    if (parser.isSet(QStringLiteral("folds")) || parser.isSet(QStringLiteral("fold"))) {
        if (parser.isSet(QStringLiteral("corrected")))
            throw UsageError(tr("--corrected does not go with --folds."));
        return FoldEvaluation::run(parser, job);
    }
    if (parser.isSet(QStringLiteral("batch")))
        throw UsageError(tr("--batch goes with --folds only."));
    const auto model = ModelOptions::model(parser);
    const auto stack = LabelOptions::openStack(path);
    const ClassMap map = LabelOptions::classMap(parser, model->classNames);
    const SliceRange slices = LabelOptions::slices(parser, stack->size().slices);
    const LabelVolume truth = LabelOptions::read(parser, stack->size(), map, slices);

    PredictJob::Request request{stack,
                                stack->info().voxelSize,
                                model,
                                std::vector<int>(slices.begin(), slices.end()),
                                ModelOptions::device(parser),
                                {}};
    request.options.precision = ModelOptions::precision(parser, request.device);
    request.options.views = ModelOptions::views(parser);
    if (parser.isSet(QStringLiteral("corrected")))
        request.decided = decided(parser, stack->size(), map, slices);
    EvaluateJob evaluation(std::move(request), truth, map.classes);
    evaluation.run(job);

    if (parser.isSet(QStringLiteral("json"))) {
        const QJsonObject json = toJson(evaluation, model->lineage.name);
        printLine(QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)));
        return 0;
    }
    const SegmentationScore score = evaluation.score();
    printLine(tr("%n slice(s)", nullptr, slices.count()));
    printLine(tr("Dice         %1").arg(score.dice, 0, 'f', 4));
    if (model->classNames.size() > 2) {
        if (model->membraneClass() > 0)
            printLine(tr("             %1  (membrane against everything else)")
                          .arg(evaluation.membraneDice(), 0, 'f', 4));
        for (const auto& [name, dice] : evaluation.classScores())
            printLine(tr("             %1  (%2 alone, its pixels counted)")
                          .arg(dice, 0, 'f', 4)
                          .arg(name));
    }
    printLine(tr("pixel error  %1").arg(score.pixelError, 0, 'f', 4));
    if (evaluation.hasObjects()) {
        printLine(tr("V_rand       %1  (at threshold %2)")
                      .arg(score.vRand, 0, 'f', 4)
                      .arg(score.threshold, 0, 'f', 1));
        printLine(tr("             %1  (as masks are cut, gaps closed)")
                      .arg(evaluation.scoreAsCut().vRand, 0, 'f', 4));
        printLine(tr("V_info       %1").arg(score.vInfo, 0, 'f', 4));
    }
    return 0;
}

} // namespace emend
