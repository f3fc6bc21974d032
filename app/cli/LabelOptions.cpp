// SPDX-License-Identifier: Apache-2.0
#include "app/cli/LabelOptions.h"

#include "app/cli/Command.h"
#include "core/io/StackReader.h"

#include <QCoreApplication>

namespace emend::LabelOptions {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

} // namespace

void describe(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("labels"), tr("The labels of the stack, as a stack."),
                      QStringLiteral("L.tif")});
    parser.addOption({QStringLiteral("classes"),
                      tr("Which value of the labels is which class, like 0:membrane,255:inside. "
                         "Without it the values 1, 2, ... are the classes and 0 is none."),
                      QStringLiteral("MAP")});
    parser.addOption({QStringLiteral("ignore"),
                      tr("A value of the labels that is never learned from or scored."),
                      QStringLiteral("VALUE")});
    parser.addOption(
        {QStringLiteral("slices"), tr("Only these slices, like 0-4,18."), QStringLiteral("LIST")});
}

std::shared_ptr<const ImageStack> openStack(const QString& path)
{
    auto stack = StackReader::open(path);
    for (const QString& note : stack->info().notes)
        printNote(note);
    return stack;
}

SliceRange slices(const QCommandLineParser& parser, int sliceCount)
{
    if (!parser.isSet(QStringLiteral("slices")))
        return SliceRange::all(sliceCount);
    return SliceRange::parse(parser.value(QStringLiteral("slices")), sliceCount);
}

ClassMap classMap(const QCommandLineParser& parser, const QStringList& classNames)
{
    ClassMap map = parser.isSet(QStringLiteral("classes"))
                       ? ClassMap::parse(parser.value(QStringLiteral("classes")))
                       : ClassMap::indices(ClassTable::named(
                             std::vector<QString>(classNames.begin(), classNames.end())));
    if (parser.isSet(QStringLiteral("ignore")))
        map.ignoredValue = integerOption(parser, QStringLiteral("ignore"), 0, 0, 65535);
    return map;
}

LabelVolume read(const QCommandLineParser& parser, VolumeSize stackSize, const ClassMap& map,
                 const SliceRange& slices)
{
    const auto file = openStack(requiredOption(parser, QStringLiteral("labels")));
    return importLabels(*file, stackSize, map, slices);
}

} // namespace emend::LabelOptions
