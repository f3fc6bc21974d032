// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands.h"
#include "app/cli/WorkInput.h"
#include "core/labels/SliceState.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace emend {

namespace {

QJsonValue lengthOrNull(double nm)
{
    return nm > 0 ? QJsonValue(nm) : QJsonValue();
}

QJsonObject toJson(const StackInfo& info)
{
    return {{QStringLiteral("name"), info.name},
            {QStringLiteral("width"), info.size.width},
            {QStringLiteral("height"), info.size.height},
            {QStringLiteral("slices"), info.size.slices},
            {QStringLiteral("bitsPerPixel"), info.bitsPerPixel},
            {QStringLiteral("voxelNm"),
             QJsonArray{lengthOrNull(info.voxelSize.xNm), lengthOrNull(info.voxelSize.yNm),
                        lengthOrNull(info.voxelSize.zNm)}},
            {QStringLiteral("voxelSource"), info.voxelSizeSource},
            {QStringLiteral("notes"), QJsonArray::fromStringList(info.notes)}};
}

QString lengthText(double nm)
{
    return nm > 0 ? QString::number(nm, 'g', 6) : QStringLiteral("?");
}

void printStack(const StackInfo& info)
{
    printLine(info.name);
    printLine(InfoCommand::tr("%1 x %2 pixels, %n slice(s), %3 bit", nullptr, info.size.slices)
                  .arg(info.size.width)
                  .arg(info.size.height)
                  .arg(info.bitsPerPixel));
    printLine(InfoCommand::tr("voxel size %1 x %2 x %3 nm%4")
                  .arg(lengthText(info.voxelSize.xNm), lengthText(info.voxelSize.yNm),
                       lengthText(info.voxelSize.zNm),
                       info.voxelSizeSource.isEmpty()
                           ? QString()
                           : QStringLiteral(" (%1)").arg(info.voxelSizeSource)));
}

/// Slices by how far the work on them has come.
int countOf(const LabelVolume& labels, SliceState state)
{
    int count = 0;
    for (int z = 0; z < labels.size().slices; ++z)
        count += sliceState(labels, z) == state;
    return count;
}

QStringList namesOf(const std::vector<QString>& names)
{
    return QStringList(names.begin(), names.end());
}

QStringList namesOf(const std::vector<ModelRecord>& models)
{
    QStringList names;
    for (const ModelRecord& model : models)
        names << model.name;
    return names;
}

QJsonObject toJson(const ProjectContents& contents)
{
    const LabelVolume& labels = contents.labels;
    return {
        {QStringLiteral("stack"), contents.source.absolutePath},
        {QStringLiteral("classes"), QJsonArray::fromStringList(namesOf(contents.classes.names()))},
        {QStringLiteral("slicesConfirmed"), countOf(labels, SliceState::confirmed)},
        {QStringLiteral("slicesPartly"), countOf(labels, SliceState::partly)},
        {QStringLiteral("slicesPredicted"), countOf(labels, SliceState::predicted)},
        {QStringLiteral("steps"), qint64(contents.steps.size())},
        {QStringLiteral("stepsDone"), contents.position},
        {QStringLiteral("models"), QJsonArray::fromStringList(namesOf(contents.models))}};
}

void printProject(const ProjectContents& contents)
{
    const LabelVolume& labels = contents.labels;
    printLine(InfoCommand::tr("stack: %1").arg(contents.source.absolutePath));
    printLine(InfoCommand::tr("classes: %1")
                  .arg(namesOf(contents.classes.names()).join(QStringLiteral(", "))));
    printLine(InfoCommand::tr("slices: %1 confirmed, %2 partly corrected, %3 only predicted")
                  .arg(countOf(labels, SliceState::confirmed))
                  .arg(countOf(labels, SliceState::partly))
                  .arg(countOf(labels, SliceState::predicted)));
    printLine(InfoCommand::tr("steps of the history: %1, of these done: %2")
                  .arg(contents.steps.size())
                  .arg(contents.position));
    if (!contents.models.empty())
        printLine(
            InfoCommand::tr("models: %1").arg(namesOf(contents.models).join(QStringLiteral(", "))));
}

} // namespace

void InfoCommand::describe(QCommandLineParser& parser) const
{
    parser.addPositionalArgument(QStringLiteral("STACK"),
                                 tr("A file, a folder of sections, or a project."));
    parser.addOption({QStringLiteral("json"), tr("Prints one JSON object.")});
}

int InfoCommand::run(const QCommandLineParser& parser, JobContext&)
{
    const QString path = requiredArgument(parser, 0, QStringLiteral("STACK"));
    refuseFurtherArguments(parser, 1);
    const WorkInput input = WorkInput::open(path);
    StackInfo info = input.stack->info();
    if (input.voxelSize != info.voxelSize) {
        info.voxelSize = input.voxelSize;
        info.voxelSizeSource = tr("the project");
    }
    if (parser.isSet(QStringLiteral("json"))) {
        QJsonObject json = toJson(info);
        if (input.project)
            json.insert(QStringLiteral("project"), toJson(input.contents));
        printLine(QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)));
        return 0;
    }
    printStack(info);
    if (input.project)
        printProject(input.contents);
    return 0;
}

} // namespace emend
