// SPDX-License-Identifier: Apache-2.0
#include "app/cli/PaperTraining.h"

#include "app/cli/Command.h"
#include "app/cli/FoldOptions.h"
#include "app/cli/LabelOptions.h"
#include "app/cli/ModelOptions.h"
#include "app/cli/PresetOptions.h"
#include "app/cli/TrainingLog.h"
#include "app/jobs/PaperTrainJob.h"

#include <QCoreApplication>

namespace emend::PaperTraining {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

/// The slices that --slices names, or folds; without either all slices.
std::vector<TrainingPart> partsOf(const QCommandLineParser& parser, int sliceCount)
{
    if (!parser.isSet(QStringLiteral("slices")))
        return FoldOptions::parts(parser, sliceCount, QStringLiteral("none"));
    if (parser.isSet(QStringLiteral("fold")))
        throw UsageError(tr("--slices does not go with --fold."));
    const SliceRange slices = LabelOptions::slices(parser, sliceCount);
    return {{{},
             {{slices.begin(), slices.end()}, {}},
             requiredOption(parser, QStringLiteral("output"))}};
}

void print(const TrainingPart& part, int step, double loss)
{
    const QString fold = part.fold ? tr("fold %1  ").arg(*part.fold) : QString();
    printLine(fold + tr("step %1  loss %2").arg(step).arg(loss, 0, 'f', 4));
}

} // namespace

int run(const QCommandLineParser& parser, JobContext& job)
{
    const QString path = requiredArgument(parser, 0, QStringLiteral("STACK"));
    refuseFurtherArguments(parser, 1);
    requiredOption(parser, QStringLiteral("labels"));
    requiredOption(parser, QStringLiteral("output"));
    PaperTrainJob::Request request;
    request.device = ModelOptions::device(parser);
    request.options = PresetOptions::recipe(parser, request.device);
    request.data =
        FoldOptions::data(parser, path, {QStringLiteral("membrane"), QStringLiteral("inside")});
    if (request.data.classNames.size() < 2)
        throw UsageError(tr("A model tells classes apart; --classes names at least two."));
    request.parts = partsOf(parser, request.data.stack->size().slices);

    TrainingLog log(parser.value(QStringLiteral("log")), false);
    PaperTrainJob(std::move(request), [&log](const TrainingPart& part, int step, double loss) {
        print(part, step, loss);
        log.add(part, {{QStringLiteral("step"), step}, {QStringLiteral("train_ce_loss"), loss}});
    }).run(job);
    return 0;
}

} // namespace emend::PaperTraining
