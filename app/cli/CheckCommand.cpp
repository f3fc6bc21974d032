// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CheckLines.h"
#include "app/cli/Commands.h"
#include "core/store/ProjectCheck.h"

namespace emend {

void CheckCommand::describe(QCommandLineParser& parser) const
{
    parser.addPositionalArgument(QStringLiteral("PROJECT.emend"),
                                 tr("The project. It is only read."));
}

int CheckCommand::run(const QCommandLineParser& parser, JobContext& job)
{
    const QString path = requiredArgument(parser, 0, QStringLiteral("PROJECT.emend"));
    refuseFurtherArguments(parser, 1);
    const CheckReport report = checkProject(path, job);
    printLine(tr("%n tile(s) of labels", nullptr, int(report.tiles)));
    if (report.isSound()) {
        printLine(tr("everything is sound"));
        return 0;
    }
    if (!report.structure.isEmpty())
        printLine(tr("the file is damaged: %1").arg(report.structure));
    if (!report.damaged.empty())
        printLine(tr("%n damaged tile(s):", nullptr, int(report.damaged.size())));
    for (const DamagedTile& tile : report.damaged)
        printLine(placeOf(tile));
    const auto tell = [](const QString& text, qint64 count) {
        if (count > 0)
            printLine(text.arg(count));
    };
    tell(tr("damaged older versions of tiles, which only undo needs: %1"), report.damagedVersions);
    tell(tr("damaged steps of the history: %1"), report.damagedSteps);
    tell(tr("damaged predictions of slices: %1"), report.damagedPredictions);
    tell(tr("damaged models: %1"), report.damagedModels);
    printLine(tr("What is intact can be brought into a new project: emend-cli repair %1 -o "
                 "NEW.emend")
                  .arg(path));
    return 1;
}

} // namespace emend
