// SPDX-License-Identifier: Apache-2.0
#include "app/cli/FoldEvaluation.h"

#include "app/cli/Command.h"
#include "app/cli/FoldOptions.h"
#include "app/cli/ModelOptions.h"
#include "app/jobs/EvaluateJob.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <map>

namespace emend::FoldEvaluation {

namespace {

/// Numbers by their names, in the JSON and as means.
using Numbers = std::map<QString, double>;

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

/// What all folds share.
struct Setting
{
    ReferenceData data;
    FoldRule rule = FoldRule::reference;
    int batch = 0;
    ComputeDevice device;
    Precision precision = Precision::automatic;
    int views = 1;
};

std::shared_ptr<const Checkpoint> modelOf(const QString& modelOrFolder, int fold)
{
    if (QFileInfo(modelOrFolder).isDir())
        return Checkpoint::load(FoldOptions::modelPath(modelOrFolder, fold));
    return Checkpoint::find(modelOrFolder);
}

Numbers scoredByReference(const Setting& setting, const Checkpoint& model,
                          const std::vector<int>& slices, JobContext& job)
{
    const ReferenceLosses losses = referenceLosses(model, setting.data, slices, setting.batch,
                                                   setting.device, setting.precision, job);
    return {{QStringLiteral("eval_ce_loss"), losses.crossEntropy},
            {QStringLiteral("eval_dice_loss"), losses.dice},
            {QStringLiteral("eval_total_loss"), losses.total()},
            {QStringLiteral("eval_dice_score"), losses.score()}};
}

Numbers scoredAtOwnPixels(const Setting& setting, std::shared_ptr<const Checkpoint> model,
                          const std::vector<int>& slices, JobContext& job)
{
    const auto& stack = setting.data.stack;
    const QStringList& names = setting.data.classNames;
    PredictJob::Request request{stack,  stack->info().voxelSize, std::move(model),
                                slices, setting.device,          {}};
    request.options.precision = setting.precision;
    request.options.views = setting.views;
    EvaluateJob evaluation(std::move(request), setting.data.labels,
                           ClassTable::named({names.begin(), names.end()}));
    evaluation.run(job);
    const SegmentationScore score = evaluation.score();
    Numbers numbers{{QStringLiteral("dice"), score.dice},
                    {QStringLiteral("pixelError"), score.pixelError}};
    if (evaluation.hasObjects()) {
        numbers[QStringLiteral("vRand")] = score.vRand;
        numbers[QStringLiteral("vInfo")] = score.vInfo;
    }
    return numbers;
}

Numbers scored(const Setting& setting, const QString& modelOrFolder, int fold, JobContext& job)
{
    const auto model = modelOf(modelOrFolder, fold);
    const auto slices = foldOf(setting.rule, fold, setting.data.stack->size().slices).validation;
    JobContext first = job.part(0, 0.5);
    Numbers numbers;
    if (model->seesWholeSlices())
        numbers = scoredByReference(setting, *model, slices, first);
    JobContext second = job.part(0.5, 1);
    numbers.merge(scoredAtOwnPixels(setting, model, slices, second));
    return numbers;
}

Numbers meanOf(const std::vector<Numbers>& folds)
{
    Numbers mean;
    for (const Numbers& numbers : folds)
        for (const auto& [name, number] : numbers)
            mean[name] += number / double(folds.size());
    return mean;
}

QJsonObject toJson(const Numbers& numbers)
{
    QJsonObject json;
    for (const auto& [name, number] : numbers)
        json.insert(name, number);
    return json;
}

void print(const QString& what, const Numbers& numbers)
{
    QString line = what;
    const auto add = [&](const QString& name, const QString& text) {
        const auto found = numbers.find(name);
        if (found != numbers.end())
            line += text.arg(found->second, 0, 'f', 4);
    };
    add(QStringLiteral("eval_dice_score"), tr("  Dice at 388 %1"));
    add(QStringLiteral("dice"), tr("  Dice %1"));
    add(QStringLiteral("pixelError"), tr("  pixel error %1"));
    add(QStringLiteral("vRand"), tr("  V_rand %1"));
    add(QStringLiteral("vInfo"), tr("  V_info %1"));
    printLine(line);
}

void printJson(const std::vector<int>& folds, const std::vector<Numbers>& scores)
{
    QJsonArray lines;
    for (size_t i = 0; i < folds.size(); ++i) {
        QJsonObject line = toJson(scores[i]);
        line.insert(QStringLiteral("fold"), folds[i]);
        lines.append(line);
    }
    QJsonObject json = toJson(meanOf(scores));
    json.insert(QStringLiteral("folds"), lines);
    printLine(QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)));
}

Setting settingOf(const QCommandLineParser& parser, const QString& path, const Checkpoint& model)
{
    const ComputeDevice device = ModelOptions::device(parser);
    return {FoldOptions::data(parser, path, model.classNames),
            FoldOptions::rule(parser),
            FoldOptions::batch(parser),
            device,
            ModelOptions::precision(parser, device),
            ModelOptions::views(parser)};
}

} // namespace

int run(const QCommandLineParser& parser, JobContext& job)
{
    const QString path = requiredArgument(parser, 0, QStringLiteral("STACK"));
    const QString modelOrFolder = requiredOption(parser, QStringLiteral("model"));
    if (parser.isSet(QStringLiteral("slices")))
        throw UsageError(tr("--slices does not go with --folds."));
    const std::vector<int> folds = FoldOptions::folds(parser, QStringLiteral("all"));
    if (folds.empty())
        throw UsageError(tr("Without a fold there are no slices to judge on."));
    const Setting setting = settingOf(parser, path, *modelOf(modelOrFolder, folds.front()));

    const bool isJson = parser.isSet(QStringLiteral("json"));
    const double count = double(folds.size());
    std::vector<Numbers> scores;
    for (size_t i = 0; i < folds.size(); ++i) {
        JobContext part = job.part(double(i) / count, double(i + 1) / count);
        scores.push_back(scored(setting, modelOrFolder, folds[i], part));
        if (!isJson)
            print(tr("fold %1").arg(folds[i]), scores.back());
    }
    if (isJson)
        printJson(folds, scores);
    else if (folds.size() > 1)
        print(tr("mean  "), meanOf(scores));
    return 0;
}

} // namespace emend::FoldEvaluation
