// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ReferenceTraining.h"

#include "app/cli/Command.h"
#include "app/cli/FoldOptions.h"
#include "app/cli/ModelOptions.h"
#include "app/cli/PresetOptions.h"
#include "app/cli/TrainingLog.h"
#include "app/jobs/ReferenceTrainJob.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <limits>

namespace emend::ReferenceTraining {

namespace {

constexpr int interrupted = 130; ///< the exit status

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

QJsonObject logLine(const ReferencePoint& point)
{
    const QString kind = point.isEvaluation ? QStringLiteral("eval_") : QStringLiteral("train_");
    QJsonObject line{{QStringLiteral("step"), point.step},
                     {kind + QStringLiteral("ce_loss"), point.losses.crossEntropy},
                     {kind + QStringLiteral("dice_loss"), point.losses.dice},
                     {kind + QStringLiteral("total_loss"), point.losses.total()}};
    if (point.isEvaluation)
        line.insert(QStringLiteral("eval_dice_score"), point.losses.score());
    return line;
}

void print(const TrainingPart& part, const ReferencePoint& point)
{
    const QString fold = part.fold ? tr("fold %1  ").arg(*part.fold) : QString();
    if (point.isEvaluation)
        printLine(fold + tr("judged  loss %1  Dice %2")
                             .arg(point.losses.total(), 0, 'f', 4)
                             .arg(point.losses.score(), 0, 'f', 4));
    else
        printLine(fold + tr("step %1  loss %2 (cross-entropy %3, Dice %4)")
                             .arg(point.step)
                             .arg(point.losses.total(), 0, 'f', 4)
                             .arg(point.losses.crossEntropy, 0, 'f', 4)
                             .arg(point.losses.dice, 0, 'f', 4));
}

ReferenceOptions optionsOf(const QCommandLineParser& parser, const ComputeDevice& device)
{
    ReferenceOptions options{PresetOptions::recipe(parser, device)};
    options.batch = FoldOptions::batch(parser);
    options.stateSteps = integerOption(parser, QStringLiteral("save-every"), options.stateSteps, 1,
                                       std::numeric_limits<int>::max());
    options.resumePath = parser.value(QStringLiteral("resume"));
    return options;
}

} // namespace

int run(const QCommandLineParser& parser, JobContext& job)
{
    const QString path = requiredArgument(parser, 0, QStringLiteral("STACK"));
    refuseFurtherArguments(parser, 1);
    requiredOption(parser, QStringLiteral("labels"));
    requiredOption(parser, QStringLiteral("output"));
    requiredOption(parser, QStringLiteral("fold"));
    ReferenceTrainJob::Request request;
    request.device = ModelOptions::device(parser);
    request.options = optionsOf(parser, request.device);
    request.data =
        FoldOptions::data(parser, path, {QStringLiteral("membrane"), QStringLiteral("inside")});
    if (request.data.classNames.size() != 2)
        throw UsageError(tr("The reference recipe tells two classes apart; --classes names them."));
    request.parts = FoldOptions::parts(parser, request.data.stack->size().slices, QString());
    if (request.parts.size() > 1 && parser.isSet(QStringLiteral("resume")))
        throw UsageError(tr("--resume goes with one fold."));

    TrainingLog log(parser.value(QStringLiteral("log")), !request.options.resumePath.isEmpty());
    ReferenceTrainJob training(std::move(request),
                               [&log](const TrainingPart& part, const ReferencePoint& point) {
                                   print(part, point);
                                   log.add(part, logLine(point));
                               });
    try {
        training.run(job);
    } catch (const Cancelled&) {
        printNote(tr("Interrupted; models and states that were saved stay. --resume goes on."));
        return interrupted;
    }
    if (const auto score = training.meanScore())
        printLine(tr("Dice on the slices that were not learned from: %1").arg(*score, 0, 'f', 4));
    return 0;
}

} // namespace emend::ReferenceTraining
