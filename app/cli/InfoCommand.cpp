// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands.h"
#include "app/cli/LabelOptions.h"

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

} // namespace

void InfoCommand::describe(QCommandLineParser& parser) const
{
    parser.addPositionalArgument(QStringLiteral("STACK"), tr("A file, or a folder of sections."));
    parser.addOption({QStringLiteral("json"), tr("Prints one JSON object.")});
}

int InfoCommand::run(const QCommandLineParser& parser, JobContext&)
{
    const QString path = requiredArgument(parser, 0, QStringLiteral("STACK"));
    refuseFurtherArguments(parser, 1);
    const auto stack = LabelOptions::openStack(path);
    const StackInfo& info = stack->info();
    if (parser.isSet(QStringLiteral("json"))) {
        printLine(QString::fromUtf8(QJsonDocument(toJson(info)).toJson(QJsonDocument::Compact)));
        return 0;
    }
    printLine(info.name);
    printLine(tr("%1 x %2 pixels, %n slice(s), %3 bit", nullptr, info.size.slices)
                  .arg(info.size.width)
                  .arg(info.size.height)
                  .arg(info.bitsPerPixel));
    printLine(tr("voxel size %1 x %2 x %3 nm%4")
                  .arg(lengthText(info.voxelSize.xNm), lengthText(info.voxelSize.yNm),
                       lengthText(info.voxelSize.zNm),
                       info.voxelSizeSource.isEmpty()
                           ? QString()
                           : QStringLiteral(" (%1)").arg(info.voxelSizeSource)));
    return 0;
}

} // namespace emend
