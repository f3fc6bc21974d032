// SPDX-License-Identifier: Apache-2.0
#include "app/cli/FoldOptions.h"

#include "app/cli/Command.h"
#include "app/cli/LabelOptions.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <numeric>

namespace emend::FoldOptions {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

} // namespace

void describe(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("folds"),
                      tr("reference: the five folds of NVIDIA's tables, which judge some slices "
                         "twice and some never; true: each slice is judged once."),
                      QStringLiteral("RULE"), QStringLiteral("reference")});
    parser.addOption({QStringLiteral("fold"),
                      tr("One fold, 0 to 4; or all; or none, to train on every slice."),
                      QStringLiteral("FOLD")});
    parser.addOption({QStringLiteral("batch"), tr("Slices in a batch of the reference recipe."),
                      QStringLiteral("B"), QStringLiteral("8")});
}

FoldRule rule(const QCommandLineParser& parser)
{
    const QString word = parser.value(QStringLiteral("folds"));
    if (word != u"reference" && word != u"true")
        throw UsageError(tr("--folds takes reference or true."));
    return foldRuleFromText(word);
}

std::vector<int> folds(const QCommandLineParser& parser, const QString& fallback)
{
    const QString fold = QStringLiteral("fold");
    const QString word = parser.isSet(fold) ? parser.value(fold) : fallback;
    if (word == u"none")
        return {};
    if (word == u"all") {
        std::vector<int> all(foldCount);
        std::iota(all.begin(), all.end(), 0);
        return all;
    }
    bool isNumber = false;
    const int number = word.toInt(&isNumber);
    if (!isNumber || number < 0 || number >= foldCount)
        throw UsageError(tr("--fold takes a number from 0 to 4, all, or none."));
    return {number};
}

int batch(const QCommandLineParser& parser)
{
    return integerOption(parser, QStringLiteral("batch"), 8, 1, 1024);
}

std::vector<TrainingPart> parts(const QCommandLineParser& parser, int sliceCount,
                                const QString& fallback)
{
    const QString output = requiredOption(parser, QStringLiteral("output"));
    const std::vector<int> wanted = folds(parser, fallback);
    if (wanted.empty()) {
        std::vector<int> all(size_t(sliceCount), 0);
        std::iota(all.begin(), all.end(), 0);
        return {{{}, {all, {}}, output}};
    }
    const FoldRule cut = rule(parser);
    const bool isFolder = wanted.size() > 1 || QFileInfo(output).isDir();
    if (isFolder && !QDir().mkpath(output))
        throw Error(tr("%1 is no folder, and none can be made there. Choose another place.")
                        .arg(output.left(200)));
    std::vector<TrainingPart> parts;
    for (const int fold : wanted)
        parts.push_back(
            {fold, foldOf(cut, fold, sliceCount), isFolder ? modelPath(output, fold) : output});
    return parts;
}

ReferenceData data(const QCommandLineParser& parser, const QString& path,
                   const QStringList& classNames)
{
    const auto stack = LabelOptions::openStack(path);
    const ClassMap map = LabelOptions::classMap(parser, classNames);
    const std::vector<QString> names = map.classes.names();
    return {stack,
            LabelOptions::read(parser, stack->size(), map, SliceRange::all(stack->size().slices)),
            {names.begin(), names.end()}};
}

QString modelPath(const QString& folder, int fold)
{
    return QDir(folder).filePath(QStringLiteral("fold%1.safetensors").arg(fold));
}

} // namespace emend::FoldOptions
