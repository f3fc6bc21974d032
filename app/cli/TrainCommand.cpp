// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands.h"
#include "app/cli/LabelOptions.h"
#include "app/cli/ModelOptions.h"
#include "app/cli/PaperTraining.h"
#include "app/cli/PresetOptions.h"
#include "app/cli/ReferenceTraining.h"
#include "app/cli/WorkInput.h"
#include "app/jobs/FineTuneJob.h"

#include <QFileInfo>

#include <limits>

namespace emend {

namespace {

LabelVolume onlySlices(const LabelVolume& labels, const SliceRange& slices)
{
    LabelVolume chosen(labels.size());
    for (const int z : slices)
        for (const TileKey key : labels.touchedTiles(z))
            chosen.setTile(key, labels.tile(key));
    return chosen;
}

} // namespace

void TrainCommand::describe(QCommandLineParser& parser) const
{
    parser.addPositionalArgument(QStringLiteral("STACK"),
                                 tr("A file, a folder of sections, or a project."));
    LabelOptions::describe(parser);
    parser.addOption({QStringLiteral("from"),
                      tr("The model to start from: a file, or the name of a shipped model (%1). "
                         "Without it training starts from random weights.")
                          .arg(Checkpoint::shippedNames().join(QStringLiteral(", "))),
                      QStringLiteral("MODEL")});
    parser.addOption({QStringLiteral("steps"), tr("Training steps; chosen where it is not set."),
                      QStringLiteral("N")});
    parser.addOption({QStringLiteral("seed"), tr("The seed of all random choices."),
                      QStringLiteral("S"), QStringLiteral("1")});
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")},
                      tr("The new model; with --preset and all folds a folder for their models."),
                      QStringLiteral("MODEL.safetensors")});
    ModelOptions::describeDevice(parser);
    ModelOptions::describeLearning(parser);
    PresetOptions::describe(parser);
}

int TrainCommand::run(const QCommandLineParser& parser, JobContext& job)
{
    switch (PresetOptions::chosen(parser)) {
    case PresetOptions::Preset::reference:
        return ReferenceTraining::run(parser, job);
    case PresetOptions::Preset::paper:
        return PaperTraining::run(parser, job);
    case PresetOptions::Preset::none:
        break;
    }
    const QString path = requiredArgument(parser, 0, QStringLiteral("STACK"));
    refuseFurtherArguments(parser, 1);
    const QString output = requiredOption(parser, QStringLiteral("output"));

    FineTuneJob::Request request;
    request.options.steps = integerOption(parser, QStringLiteral("steps"), 0, 1, 1000000);
    request.options.seed = quint64(
        integerOption(parser, QStringLiteral("seed"), 1, 0, std::numeric_limits<int>::max()));
    request.device = ModelOptions::device(parser);
    request.options.precision = ModelOptions::precision(parser, request.device);
    request.options.threads = ModelOptions::threads(parser);
    request.options.isReproducible = ModelOptions::isReproducible(parser);
    const WorkInput input = WorkInput::open(path);
    if (parser.isSet(QStringLiteral("from")))
        request.parent = input.model(parser.value(QStringLiteral("from")));
    request.stack = input.stack;
    request.voxelSize = input.voxelSize;
    const SliceRange slices = LabelOptions::slices(parser, input.stack->size().slices);
    if (input.project && !parser.isSet(QStringLiteral("labels"))) {
        request.classes = input.contents.classes;
        request.labels = onlySlices(input.contents.labels, slices);
    } else {
        requiredOption(parser, QStringLiteral("labels"));
        const ClassMap map =
            LabelOptions::classMap(parser, request.parent ? request.parent->classNames
                                                          : QStringList{QStringLiteral("membrane"),
                                                                        QStringLiteral("inside")});
        request.classes = map.classes;
        request.labels = LabelOptions::read(parser, request.stack->size(), map, slices);
    }
    request.name = QFileInfo(output).completeBaseName();

    const auto observe = [](const TrainingPoint& point) {
        printLine(tr("step %1 of %2  loss %3%4")
                      .arg(point.step)
                      .arg(point.steps)
                      .arg(point.loss, 0, 'f', 4)
                      .arg(point.heldOutScore
                               ? tr("  held-out Dice %1").arg(*point.heldOutScore, 0, 'f', 4)
                               : QString()));
    };
    FineTuneJob fineTune(std::move(request), observe);
    fineTune.run(job);
    const TrainingResult result = fineTune.takeResult();
    job.checkCancelled();
    result.checkpoint->save(output);
    if (result.scoreBefore && result.scoreAfter)
        printLine(tr("Dice on held-out pixels: %1 before, %2 after")
                      .arg(*result.scoreBefore, 0, 'f', 4)
                      .arg(*result.scoreAfter, 0, 'f', 4));
    if (result.clearlyWrongBefore && result.clearlyWrongAfter)
        printLine(tr("Held-out pixels that are clearly wrong: %1 before, %2 after")
                      .arg(*result.clearlyWrongBefore)
                      .arg(*result.clearlyWrongAfter));
    return 0;
}

} // namespace emend
