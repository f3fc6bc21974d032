// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands.h"
#include "app/cli/LabelOptions.h"
#include "app/cli/ModelOptions.h"
#include "app/session/DemoLoop.h"
#include "app/session/Sample.h"

#include <QDir>

namespace emend {

void DemoCommand::describe(QCommandLineParser& parser) const
{
    parser.addPositionalArgument(QStringLiteral("[STACK]"),
                                 tr("A stack of your own; without it the sample."));
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")},
                      tr("The folder for masks and pictures."),
                      QStringLiteral("FOLDER"),
                      QDir::tempPath() + QStringLiteral("/emend-demo")});
    ModelOptions::describeDevice(parser);
}

int DemoCommand::run(const QCommandLineParser& parser, JobContext& job)
{
    refuseFurtherArguments(parser, 1);
    const QStringList arguments = parser.positionalArguments();
    const auto stack =
        LabelOptions::openStack(arguments.isEmpty() ? Sample::stackPath() : arguments.first());

    std::optional<DemoLoop::Truth> truth;
    if (arguments.isEmpty()) {
        const ClassMap map = ClassMap::parse(Sample::truthClasses());
        const auto file = LabelOptions::openStack(Sample::truthPath());
        truth = {importLabels(*file, stack->size(), map, SliceRange::all(stack->size().slices)),
                 map.classes};
    }
    DemoLoop demo(stack, std::move(truth), Checkpoint::find(QStringLiteral("membrane")),
                  ModelOptions::device(parser));
    demo.run(parser.value(QStringLiteral("output")), job, printLine);
    return 0;
}

} // namespace emend
