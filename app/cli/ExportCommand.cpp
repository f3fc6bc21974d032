// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands.h"
#include "app/cli/LabelOptions.h"
#include "app/jobs/ExportJob.h"
#include "core/io/StackReader.h"

namespace emend {

void ExportCommand::describe(QCommandLineParser& parser) const
{
    parser.addPositionalArgument(QStringLiteral("LABELS"), tr("A stack of labels."));
    parser.addOption({QStringLiteral("classes"),
                      tr("Which value of the labels is which class, like 1:membrane,2:inside."),
                      QStringLiteral("MAP"), QStringLiteral("1:membrane,2:inside")});
    parser.addOption({QStringLiteral("what"),
                      tr("masks (one file a class, 0 and 255) or indices (one file, 0 = nothing, "
                         "1, 2, ... = the classes)."),
                      QStringLiteral("WHAT"), QStringLiteral("masks")});
    parser.addOption({{QStringLiteral("o"), QStringLiteral("output")},
                      tr("The file; with masks the class is added to its name."),
                      QStringLiteral("OUT.tif")});
}

int ExportCommand::run(const QCommandLineParser& parser, JobContext& job)
{
    const QString path = requiredArgument(parser, 0, QStringLiteral("LABELS"));
    refuseFurtherArguments(parser, 1);
    ExportRequest request;
    request.path = requiredOption(parser, QStringLiteral("output"));
    const QString what = parser.value(QStringLiteral("what"));
    if (what != u"masks" && what != u"indices")
        throw UsageError(tr("--what is masks or indices, not \"%1\".").arg(what.left(80)));
    request.what =
        what == u"masks" ? ExportRequest::What::masks : ExportRequest::What::classIndices;

    const ClassMap map = ClassMap::parse(parser.value(QStringLiteral("classes")));
    const auto file = LabelOptions::openStack(path);
    const VolumeSize size = file->size();
    ExportJob exporting({importLabels(*file, size, map, SliceRange::all(size.slices)), map.classes,
                         Prediction(), file->info().voxelSize},
                        request);
    exporting.run(job);
    for (const QString& written : exporting.paths())
        printLine(written);
    return 0;
}

} // namespace emend
