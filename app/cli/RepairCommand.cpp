// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CheckLines.h"
#include "app/cli/Commands.h"
#include "core/store/Salvage.h"

#include <QFileInfo>

namespace emend {

void RepairCommand::describe(QCommandLineParser& parser) const
{
    parser.addPositionalArgument(QStringLiteral("PROJECT.emend"),
                                 tr("The damaged project. It is only read."));
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")},
                      tr("The new project."),
                      QStringLiteral("NEW.emend")});
}

int RepairCommand::run(const QCommandLineParser& parser, JobContext& job)
{
    const QString path = requiredArgument(parser, 0, QStringLiteral("PROJECT.emend"));
    refuseFurtherArguments(parser, 1);
    const QString output = requiredOption(parser, QStringLiteral("output"));
    if (QFileInfo(output) == QFileInfo(path))
        throw UsageError(tr("The new project needs another name than the damaged one."));
    const SalvageReport report = salvageProject(path, output, job);
    printLine(tr("%n tile(s) of labels", nullptr, int(report.tiles)));
    printLine(tr("steps of the history: %1").arg(report.steps));
    printLine(tr("predictions of slices: %1").arg(report.predictions));
    printLine(tr("models: %1").arg(report.models));
    if (!report.lost.empty())
        printLine(tr("%n tile(s) are lost and empty now:", nullptr, int(report.lost.size())));
    for (const DamagedTile& tile : report.lost)
        printLine(placeOf(tile));
    return 0;
}

} // namespace emend
