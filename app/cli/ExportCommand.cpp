// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands.h"
#include "app/cli/LabelOptions.h"
#include "app/cli/WorkInput.h"
#include "core/store/ProjectPlace.h"

namespace emend {

namespace {

ExportRequest::What whatOf(const QString& word)
{
    if (word == u"masks")
        return ExportRequest::What::masks;
    if (word == u"indices")
        return ExportRequest::What::classIndices;
    if (word == u"probabilities")
        return ExportRequest::What::probabilities;
    throw UsageError(ExportCommand::tr("--what is masks, indices or probabilities, not \"%1\".")
                         .arg(word.left(80)));
}

} // namespace

void ExportCommand::describe(QCommandLineParser& parser) const
{
    parser.addPositionalArgument(QStringLiteral("LABELS"), tr("A stack of labels, or a project."));
    parser.addOption({QStringLiteral("classes"),
                      tr("Which value of the labels is which class, like 1:membrane,2:inside."),
                      QStringLiteral("MAP"), QStringLiteral("1:membrane,2:inside")});
    parser.addOption({QStringLiteral("what"),
                      tr("masks (one file a class, 0 and 255), indices (one file, 0 = nothing, "
                         "1, 2, ... = the classes), or probabilities (of a project, one file a "
                         "class, 8 bit)."),
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
    request.what = whatOf(parser.value(QStringLiteral("what")));
    ExportJob exporting(snapshotOf(path, parser), request);
    exporting.run(job);
    for (const QString& written : exporting.paths())
        printLine(written);
    return 0;
}

ExportJob::Snapshot ExportCommand::snapshotOf(const QString& path, const QCommandLineParser& parser)
{
    if (ProjectPlace::isProject(path)) {
        m_input = std::make_unique<WorkInput>(WorkInput::open(path));
        return {m_input->contents.labels, m_input->contents.classes, m_input->contents.prediction,
                m_input->voxelSize};
    }
    const ClassMap map = ClassMap::parse(parser.value(QStringLiteral("classes")));
    const auto file = LabelOptions::openStack(path);
    const SliceRange all = SliceRange::all(file->size().slices);
    return {importLabels(*file, file->size(), map, all), map.classes, Prediction(),
            file->info().voxelSize};
}

} // namespace emend
