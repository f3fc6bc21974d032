// SPDX-License-Identifier: Apache-2.0
#include "app/cli/BarPlot.h"
#include "app/cli/BenchmarkOptions.h"
#include "app/cli/Commands.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

using Mode = NetworkBenchmark::Mode;
using Path = NetworkBenchmark::Path;

/// One bar: what is switched on.
struct Feature
{
    Precision precision;
    Path path;
    std::array<double, 2> imagesPerSecond{}; ///< learning, predicting
};

/// Emend's own way to mix 16 bits with FP32: on some processors another than LibTorch's.
Precision ownPrecision(Precision mixed, const ComputeDevice& device)
{
    const Precision chosen = device.resolve(Precision::automatic);
    return chosen == Precision::mixed ? chosen : mixed;
}

constexpr std::array modes = {Mode::training, Mode::inference};

QString nameOf(const Feature& feature, const ComputeDevice& device)
{
    const QString precision = textFromPrecision(feature.precision);
    if (feature.path == Path::plain)
        return tr("%1, LibTorch's operators").arg(precision);
    return device.isCuda() ? tr("%1, one graph").arg(precision) : tr("%1, fused").arg(precision);
}

/// All in turn, again and again: what slows a machine down for a while slows all of them.
void measure(std::vector<Feature>& features, const NetworkReport& report, int rounds,
             JobContext& job)
{
    JobContext silent = job.silent();
    const int all = rounds * int(modes.size() * features.size());
    int done = 0;
    for (int round = 0; round < rounds; ++round) {
        for (size_t mode = 0; mode < modes.size(); ++mode) {
            for (Feature& feature : features) {
                job.report(double(done) / all, tr("Measuring %1 of %2").arg(done + 1).arg(all));
                ++done;
                NetworkBenchmark::Plan plan = report.plan;
                plan.mode = modes[mode];
                plan.path = feature.path;
                plan.precision = feature.precision;
                NetworkBenchmark benchmark(plan);
                const auto result = benchmark.measure(report.warmUp, report.iterations, silent);
                double& best = feature.imagesPerSecond[mode];
                best = std::max(best, result.imagesPerSecond);
            }
        }
    }
}

void print(const std::vector<Feature>& features, const ComputeDevice& device)
{
    printLine(tr("                                 learning                predicting\n"
                 "                           images/s     times      images/s     times"));
    for (const Feature& feature : features) {
        QString row = nameOf(feature, device).leftJustified(25);
        for (size_t mode = 0; mode < modes.size(); ++mode) {
            const double images = feature.imagesPerSecond[mode];
            row += QStringLiteral("%1%2")
                       .arg(images, mode == 0 ? 10 : 14, 'f', 2)
                       .arg(images / features.front().imagesPerSecond[mode], 10, 'f', 2);
        }
        printLine(row);
    }
}

std::vector<BarGroup> barsOf(const std::vector<Feature>& features, const ComputeDevice& device)
{
    std::vector<BarGroup> groups{{tr("Learning"), {}}, {tr("Predicting"), {}}};
    for (const Feature& feature : features)
        for (size_t mode = 0; mode < modes.size(); ++mode)
            groups[mode].bars.push_back(
                {nameOf(feature, device),
                 feature.imagesPerSecond[mode] / features.front().imagesPerSecond[mode]});
    return groups;
}

QByteArray toJson(const std::vector<Feature>& features, const NetworkReport& report)
{
    QJsonArray rows;
    for (const Feature& feature : features)
        rows.append(QJsonObject{
            {QStringLiteral("precision"), textFromPrecision(feature.precision)},
            {QStringLiteral("path"),
             feature.path == Path::plain ? QStringLiteral("plain") : QStringLiteral("own")},
            {QStringLiteral("trainingImagesPerSecond"), feature.imagesPerSecond[0]},
            {QStringLiteral("inferenceImagesPerSecond"), feature.imagesPerSecond[1]}});
    QJsonObject json = QJsonDocument::fromJson(report.toJson()).object();
    json.remove(QStringLiteral("mode"));
    json[QStringLiteral("batch")] = report.plan.batch;
    json[QStringLiteral("rows")] = rows;
    return QJsonDocument(json).toJson();
}

} // namespace

void FeaturesBenchmarkCommand::describe(QCommandLineParser& parser) const
{
    BenchmarkOptions::describe(parser);
    parser.addOption({QStringLiteral("batch"), tr("Images at a time."), QStringLiteral("N"),
                      QStringLiteral("4")});
    parser.addOption({QStringLiteral("mixed"), tr("The 16 bits of mixed precision: bf16 or fp16."),
                      QStringLiteral("TYPE"), QStringLiteral("bf16")});
    parser.addOption({QStringLiteral("rounds"),
                      tr("So often all are measured in turn; the fastest counts."),
                      QStringLiteral("N"), QStringLiteral("3")});
    parser.addOption(
        {QStringLiteral("json"), tr("Writes all numbers into a file."), QStringLiteral("FILE")});
    parser.addOption(
        {QStringLiteral("svg"), tr("Draws the bars into a file."), QStringLiteral("FILE")});
}

int FeaturesBenchmarkCommand::run(const QCommandLineParser& parser, JobContext& job)
{
    refuseFurtherArguments(parser, 0);
    NetworkReport report = BenchmarkOptions::report(parser, Mode::training);
    const ComputeDevice& device = report.plan.device;
    report.plan.batch = integerOption(parser, QStringLiteral("batch"), 4, 1, 4096);
    const std::vector<Precision> wanted =
        BenchmarkOptions::precisions(parser.value(QStringLiteral("mixed")), device);
    const Precision mixed = wanted.front();
    if (wanted.size() > 1 || (mixed != Precision::bf16 && mixed != Precision::fp16))
        throw UsageError(tr("--mixed takes bf16 or fp16."));
    std::vector<Feature> features;
    features.push_back({Precision::fp32, Path::plain});
    features.push_back({Precision::fp32, Path::own});
    features.push_back({mixed, Path::plain});
    features.push_back({ownPrecision(mixed, device), Path::own});

    const int rounds = integerOption(parser, QStringLiteral("rounds"), 3, 1, 1000);
    printLine(report.heading());
    measure(features, report, rounds, job);
    print(features, device);
    if (parser.isSet(QStringLiteral("json")))
        writeFile(parser.value(QStringLiteral("json")), toJson(features, report));
    if (parser.isSet(QStringLiteral("svg")))
        writeFile(parser.value(QStringLiteral("svg")), barsToSvg(barsOf(features, device)));
    return 0;
}

} // namespace emend
