// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands.h"
#include "app/cli/LabelOptions.h"
#include "app/cli/ModelOptions.h"
#include "models/shipped/BaseModelTrainer.h"

#include <QFileInfo>

#include <limits>

namespace emend {

void MakeBaseModelCommand::describe(QCommandLineParser& parser) const
{
    parser.addPositionalArgument(QStringLiteral("VOLUME"),
                                 tr("An isotropic volume with 10 nm voxels."));
    parser.addPositionalArgument(QStringLiteral("BODIES"),
                                 tr("The id of the body that each voxel belongs to."));
    parser.addOption({QStringLiteral("mitochondria"),
                      tr("Which voxels are in a mitochondrion, 0 elsewhere; they are a class of "
                         "their own then."),
                      QStringLiteral("FILE")});
    parser.addOption({QStringLiteral("depth"), tr("Learn from the first so many slices only."),
                      QStringLiteral("N"), QStringLiteral("200")});
    parser.addOption({QStringLiteral("steps"), tr("Training steps."), QStringLiteral("N"),
                      QStringLiteral("5000")});
    parser.addOption({QStringLiteral("base"),
                      tr("Channels of the network's first level: 16, or 32 for a slower model."),
                      QStringLiteral("N"), QStringLiteral("16")});
    parser.addOption({QStringLiteral("drawn"), tr("Drawn sections among the patches, in percent."),
                      QStringLiteral("PERCENT"), QStringLiteral("15")});
    parser.addOption({QStringLiteral("seed"), tr("The seed of all random choices."),
                      QStringLiteral("S"), QStringLiteral("1")});
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")},
                      tr("The new model."),
                      QStringLiteral("MODEL.safetensors")});
    ModelOptions::describeDevice(parser);
}

int MakeBaseModelCommand::run(const QCommandLineParser& parser, JobContext& job)
{
    const QString volume = requiredArgument(parser, 0, QStringLiteral("VOLUME"));
    const QString bodies = requiredArgument(parser, 1, QStringLiteral("BODIES"));
    refuseFurtherArguments(parser, 2);
    const QString output = requiredOption(parser, QStringLiteral("output"));

    BaseModelTrainer::Options options;
    options.steps = integerOption(parser, QStringLiteral("steps"), 5000, 1, 1000000);
    options.baseChannels = integerOption(parser, QStringLiteral("base"), 16, 4, 128);
    options.patches.slices = integerOption(parser, QStringLiteral("depth"), 200, 1, 100000);
    options.patches.syntheticShare =
        integerOption(parser, QStringLiteral("drawn"), 15, 0, 100) / 100.0;
    options.patches.seed = quint64(
        integerOption(parser, QStringLiteral("seed"), 1, 0, std::numeric_limits<int>::max()));
    const ComputeDevice device = ModelOptions::device(parser);
    options.precision = ModelOptions::precision(parser, device);

    const auto raw = LabelOptions::openStack(volume);
    const auto cells = LabelOptions::openStack(bodies);
    const QString mitochondria = parser.value(QStringLiteral("mitochondria"));
    const auto organelles =
        mitochondria.isEmpty() ? nullptr : LabelOptions::openStack(mitochondria);
    BaseModelTrainer trainer(options, device);
    const auto model =
        trainer.train({*raw, *cells, organelles.get()}, QFileInfo(output).completeBaseName(), job,
                      [](const TrainingPoint& point) {
                          printLine(tr("step %1 of %2  loss %3")
                                        .arg(point.step)
                                        .arg(point.steps)
                                        .arg(point.loss, 0, 'f', 4));
                      });
    model->save(output, Checkpoint::Numbers::half);
    return 0;
}

} // namespace emend
