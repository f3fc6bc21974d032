// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ReferenceTraining.h"

#include "app/cli/Command.h"
#include "app/cli/FoldOptions.h"
#include "app/cli/ModelOptions.h"
#include "app/jobs/ReferenceTrainJob.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>
#include <numeric>

namespace emend::ReferenceTraining {

namespace {

using Part = ReferenceTrainJob::Part;

constexpr int interrupted = 130; ///< the exit status

const QStringList onlyHere = {QStringLiteral("fold"),       QStringLiteral("folds"),
                              QStringLiteral("batch"),      QStringLiteral("max-steps"),
                              QStringLiteral("base"),       QStringLiteral("no-augment"),
                              QStringLiteral("log"),        QStringLiteral("log-every"),
                              QStringLiteral("save-every"), QStringLiteral("resume")};
const QStringList onlyElsewhere = {QStringLiteral("from"), QStringLiteral("steps"),
                                   QStringLiteral("slices"), QStringLiteral("ignore")};

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

/// JSON lines with the keys of NVIDIA's log, one a point.
class Log
{
public:
    /// path: empty for no log. goesOn: after what an earlier run wrote.
    Log(const QString& path, bool goesOn)
        : m_file(path)
    {
        if (path.isEmpty())
            return;
        const QIODevice::OpenMode how = goesOn ? QIODevice::Append : QIODevice::WriteOnly;
        if (!m_file.open(how))
            throw Error(tr("%1 cannot be written. Choose another place.").arg(path.left(200)));
    }

    void add(const Part& part, const ReferencePoint& point)
    {
        if (!m_file.isOpen())
            return;
        const QString kind =
            point.isEvaluation ? QStringLiteral("eval_") : QStringLiteral("train_");
        QJsonObject line{{QStringLiteral("step"), point.step},
                         {kind + QStringLiteral("ce_loss"), point.losses.crossEntropy},
                         {kind + QStringLiteral("dice_loss"), point.losses.dice},
                         {kind + QStringLiteral("total_loss"), point.losses.total()}};
        if (part.fold)
            line.insert(QStringLiteral("fold"), *part.fold);
        if (point.isEvaluation)
            line.insert(QStringLiteral("eval_dice_score"), point.losses.score());
        m_file.write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
        m_file.flush();
    }

private:
    QFile m_file;
};

void print(const Part& part, const ReferencePoint& point)
{
    const QString fold = part.fold ? tr("fold %1  ").arg(*part.fold) : QString();
    if (point.isEvaluation)
        printLine(fold + tr("judged  loss %1  Dice %2")
                             .arg(point.losses.total(), 0, 'f', 4)
                             .arg(point.losses.score(), 0, 'f', 4));
    else
        printLine(fold + tr("step %1  loss %2 (cross-entropy %3, Dice %4)")
                             .arg(point.step)
                             .arg(point.losses.total(), 0, 'f', 4)
                             .arg(point.losses.crossEntropy, 0, 'f', 4)
                             .arg(point.losses.dice, 0, 'f', 4));
}

QString statePathOf(const QString& modelPath)
{
    const QFileInfo file(modelPath);
    return file.dir().filePath(file.completeBaseName() + QStringLiteral(".run.safetensors"));
}

Part partOf(std::optional<int> fold, Fold slices, const QString& modelPath)
{
    return {fold, std::move(slices), modelPath, statePathOf(modelPath)};
}

/// A folder for all folds; a folder or a file for one.
std::vector<Part> partsOf(const QCommandLineParser& parser, int sliceCount)
{
    const QString output = requiredOption(parser, QStringLiteral("output"));
    requiredOption(parser, QStringLiteral("fold"));
    const std::vector<int> folds = FoldOptions::folds(parser, QString());
    if (folds.empty()) {
        std::vector<int> all(size_t(sliceCount), 0);
        std::iota(all.begin(), all.end(), 0);
        return {partOf({}, {all, {}}, output)};
    }
    if (folds.size() > 1 && parser.isSet(QStringLiteral("resume")))
        throw UsageError(tr("--resume goes with one fold."));
    const FoldRule rule = FoldOptions::rule(parser);
    const bool isFolder = folds.size() > 1 || QFileInfo(output).isDir();
    if (isFolder && !QDir().mkpath(output))
        throw Error(tr("%1 is no folder, and none can be made there. Choose another place.")
                        .arg(output.left(200)));
    std::vector<Part> parts;
    for (const int fold : folds)
        parts.push_back(partOf(fold, foldOf(rule, fold, sliceCount),
                               isFolder ? FoldOptions::modelPath(output, fold) : output));
    return parts;
}

ReferenceOptions optionsOf(const QCommandLineParser& parser, const ComputeDevice& device)
{
    constexpr int large = std::numeric_limits<int>::max();
    ReferenceOptions options;
    options.maxSteps =
        integerOption(parser, QStringLiteral("max-steps"), options.maxSteps, 1, 10000000);
    options.batch = FoldOptions::batch(parser);
    options.baseChannels =
        integerOption(parser, QStringLiteral("base"), options.baseChannels, 1, 256);
    options.seed = quint64(integerOption(parser, QStringLiteral("seed"), 0, 0, large));
    options.isVaried = !parser.isSet(QStringLiteral("no-augment"));
    options.precision = ModelOptions::precision(parser, device);
    options.threads = ModelOptions::threads(parser);
    options.isReproducible = ModelOptions::isReproducible(parser);
    options.logSteps =
        integerOption(parser, QStringLiteral("log-every"), options.logSteps, 1, large);
    options.stateSteps =
        integerOption(parser, QStringLiteral("save-every"), options.stateSteps, 1, large);
    options.resumePath = parser.value(QStringLiteral("resume"));
    return options;
}

} // namespace

void describe(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("preset"),
                      tr("reference: the recipe of NVIDIA's \"UNet Medical\" from random weights, "
                         "with its own options below; the seed is 0 where it is not set."),
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
                         "the model, as MODEL.run.safetensors."),
                      QStringLiteral("N"), QStringLiteral("500")});
    parser.addOption({QStringLiteral("resume"), tr("Goes on from a saved state of the same run."),
                      QStringLiteral("MODEL.run.safetensors")});
}

bool isWanted(const QCommandLineParser& parser)
{
    const QString preset = QStringLiteral("preset");
    const bool isPreset = parser.isSet(preset);
    if (isPreset && parser.value(preset) != u"reference")
        throw UsageError(tr("There is no preset \"%1\"; --preset takes reference.")
                             .arg(parser.value(preset).left(40)));
    for (const QString& option : isPreset ? onlyElsewhere : onlyHere) {
        if (parser.isSet(option))
            throw UsageError(isPreset ? tr("--%1 does not go with --preset.").arg(option)
                                      : tr("--%1 goes with --preset only.").arg(option));
    }
    return isPreset;
}

int run(const QCommandLineParser& parser, JobContext& job)
{
    const QString path = requiredArgument(parser, 0, QStringLiteral("STACK"));
    refuseFurtherArguments(parser, 1);
    requiredOption(parser, QStringLiteral("labels"));
    ReferenceTrainJob::Request request;
    request.device = ModelOptions::device(parser);
    request.options = optionsOf(parser, request.device);
    request.data =
        FoldOptions::data(parser, path, {QStringLiteral("membrane"), QStringLiteral("inside")});
    if (request.data.classNames.size() != 2)
        throw UsageError(tr("The reference recipe tells two classes apart; --classes names them."));
    request.parts = partsOf(parser, request.data.stack->size().slices);

    Log log(parser.value(QStringLiteral("log")), !request.options.resumePath.isEmpty());
    ReferenceTrainJob training(std::move(request),
                               [&log](const Part& part, const ReferencePoint& point) {
                                   print(part, point);
                                   log.add(part, point);
                               });
    try {
        training.run(job);
    } catch (const Cancelled&) {
        printNote(tr("Interrupted; models and states that were saved stay. --resume goes on."));
        return interrupted;
    }
    if (const auto score = training.meanScore())
        printLine(tr("Dice on the slices that were not learned from: %1").arg(*score, 0, 'f', 4));
    return 0;
}

} // namespace emend::ReferenceTraining
