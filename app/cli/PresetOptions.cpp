// SPDX-License-Identifier: Apache-2.0
#include "app/cli/PresetOptions.h"

#include "app/cli/Command.h"
#include "app/cli/FoldOptions.h"
#include "app/cli/ModelOptions.h"

#include <QCoreApplication>

#include <array>
#include <limits>

namespace emend::PresetOptions {

namespace {

/// Which ways of learning an option goes with; those that are not here go with all.
struct Use
{
    const char* option;
    bool none;
    bool reference;
    bool paper;

    bool goesWith(Preset preset) const
    {
        return preset == Preset::none ? none : preset == Preset::reference ? reference : paper;
    }
};

constexpr std::array uses = {
    Use{"from", true, false, false},       Use{"steps", true, false, false},
    Use{"slices", true, false, true},      Use{"ignore", true, false, true},
    Use{"fold", false, true, true},        Use{"folds", false, true, true},
    Use{"max-steps", false, true, true},   Use{"base", false, true, true},
    Use{"no-augment", false, true, true},  Use{"log", false, true, true},
    Use{"log-every", false, true, true},   Use{"batch", false, true, false},
    Use{"save-every", false, true, false}, Use{"resume", false, true, false}};

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

Preset named(const QString& name)
{
    if (name == u"reference")
        return Preset::reference;
    if (name == u"paper")
        return Preset::paper;
    throw UsageError(
        tr("There is no preset \"%1\"; --preset takes reference or paper.").arg(name.left(40)));
}

} // namespace

void describe(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("preset"),
                      tr("reference: the recipe of NVIDIA's \"UNet Medical\"; paper: that of the "
                         "U-Net paper, with border weights and elastic deformation. Both begin at "
                         "random weights and have their own options below; the seed is 0 where it "
                         "is not set."),
                      QStringLiteral("NAME")});
    FoldOptions::describe(parser);
    parser.addOption({QStringLiteral("max-steps"), tr("Training steps of the recipe."),
                      QStringLiteral("N"), QStringLiteral("6400")});
    parser.addOption({QStringLiteral("base"),
                      tr("Channels of the finest level; 64 is the recipe's."),
                      QStringLiteral("CHANNELS"), QStringLiteral("64")});
    parser.addOption({QStringLiteral("no-augment"), tr("Shows the slices as they are.")});
    parser.addOption({QStringLiteral("log"), tr("The losses as JSON lines, with NVIDIA's keys."),
                      QStringLiteral("FILE.jsonl")});
    parser.addOption({QStringLiteral("log-every"), tr("Steps from line to line."),
                      QStringLiteral("N"), QStringLiteral("100")});
    parser.addOption({QStringLiteral("save-every"),
                      tr("Steps from one saved state of the run to the next; the state is beside "
                         "the model, as MODEL.run.safetensors. Reference only."),
                      QStringLiteral("N"), QStringLiteral("500")});
    parser.addOption({QStringLiteral("resume"),
                      tr("Goes on from a saved state of the same run. Reference only."),
                      QStringLiteral("MODEL.run.safetensors")});
}

Preset chosen(const QCommandLineParser& parser)
{
    const QString option = QStringLiteral("preset");
    const QString name = parser.value(option);
    const Preset preset = parser.isSet(option) ? named(name) : Preset::none;
    for (const Use& use : uses) {
        const QString other = QLatin1String(use.option);
        if (use.goesWith(preset) || !parser.isSet(other))
            continue;
        throw UsageError(preset == Preset::none
                             ? tr("--%1 goes with --preset only.").arg(other)
                             : tr("--%1 does not go with --preset %2.").arg(other, name));
    }
    return preset;
}

RecipeOptions recipe(const QCommandLineParser& parser, const ComputeDevice& device)
{
    constexpr int large = std::numeric_limits<int>::max();
    RecipeOptions options;
    options.maxSteps =
        integerOption(parser, QStringLiteral("max-steps"), options.maxSteps, 1, 10000000);
    options.baseChannels =
        integerOption(parser, QStringLiteral("base"), options.baseChannels, 1, 256);
    options.seed = quint64(integerOption(parser, QStringLiteral("seed"), 0, 0, large));
    options.isVaried = !parser.isSet(QStringLiteral("no-augment"));
    options.precision = ModelOptions::precision(parser, device);
    options.threads = ModelOptions::threads(parser);
    options.isReproducible = ModelOptions::isReproducible(parser);
    options.logSteps =
        integerOption(parser, QStringLiteral("log-every"), options.logSteps, 1, large);
    return options;
}

} // namespace emend::PresetOptions
