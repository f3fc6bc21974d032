// SPDX-License-Identifier: Apache-2.0
#include "app/cli/BenchmarkOptions.h"
#include "app/cli/Commands.h"
#include "models/benchmark/LayerProfile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

using Mode = NetworkBenchmark::Mode;
using Path = NetworkBenchmark::Path;

/// LibTorch's operators, and Emend's ways.
struct Profiles
{
    LayerProfile plain;
    LayerProfile own;
};

Mode readMode(const QString& text)
{
    if (text == u"training")
        return Mode::training;
    if (text == u"inference")
        return Mode::inference;
    throw UsageError(tr("--mode takes inference or training, not \"%1\".").arg(text.left(80)));
}

Profiles measure(const NetworkReport& report, JobContext& job)
{
    NetworkBenchmark::Plan plan = report.plan;
    const auto profile = [&](Path path, double from, double to) {
        plan.path = path;
        NetworkBenchmark benchmark(plan);
        JobContext part = job.part(from, to);
        return LayerProfile::of(benchmark, report.warmUp, report.iterations, part);
    };
    return {profile(Path::plain, 0, 0.5), profile(Path::own, 0.5, 1)};
}

QString cells(const LayerProfile::Row& row, double all)
{
    return QStringLiteral("%1%2%3 %")
        .arg(row.forwardMs, 12, 'f', 2)
        .arg(row.backwardMs, 10, 'f', 2)
        .arg(100 * row.ms() / all, 7, 'f', 1);
}

QString line(const LayerProfile::Row& plain, double plainMs, const LayerProfile::Row& own,
             double ownMs)
{
    return plain.name.leftJustified(10) + cells(plain, plainMs) + cells(own, ownMs) +
           QStringLiteral("%1").arg(plain.ms() / own.ms(), 8, 'f', 2);
}

LayerProfile::Row sum(const LayerProfile& profile)
{
    LayerProfile::Row all{tr("all"), 0, 0};
    for (const LayerProfile::Row& row : profile.rows) {
        all.forwardMs += row.forwardMs;
        all.backwardMs += row.backwardMs;
    }
    return all;
}

void print(const Profiles& profiles)
{
    const double plainMs = profiles.plain.ms();
    const double ownMs = profiles.own.ms();
    printLine(tr("              LibTorch's operators               Emend's\n"
                 "               forward  backward   share     forward  backward   share   times"));
    for (size_t i = 0; i < profiles.plain.rows.size(); ++i)
        printLine(line(profiles.plain.rows[i], plainMs, profiles.own.rows[i], ownMs));
    printLine(line(sum(profiles.plain), plainMs, sum(profiles.own), ownMs));
}

QJsonArray toJson(const LayerProfile& profile)
{
    QJsonArray rows;
    for (const LayerProfile::Row& row : profile.rows)
        rows.append(QJsonObject{{QStringLiteral("name"), row.name},
                                {QStringLiteral("forwardMs"), row.forwardMs},
                                {QStringLiteral("backwardMs"), row.backwardMs}});
    return rows;
}

QByteArray toJson(const Profiles& profiles, const NetworkReport& report)
{
    QJsonObject json = QJsonDocument::fromJson(report.toJson()).object();
    json[QStringLiteral("batch")] = report.plan.batch;
    json[QStringLiteral("precision")] = textFromPrecision(report.plan.precision);
    json.remove(QStringLiteral("rows"));
    json[QStringLiteral("plain")] = toJson(profiles.plain);
    json[QStringLiteral("own")] = toJson(profiles.own);
    return QJsonDocument(json).toJson();
}

} // namespace

void LayersBenchmarkCommand::describe(QCommandLineParser& parser) const
{
    BenchmarkOptions::describe(parser);
    parser.addOption({QStringLiteral("mode"), tr("inference or training."), QStringLiteral("MODE"),
                      QStringLiteral("inference")});
    parser.addOption({QStringLiteral("batch"), tr("Images at a time."), QStringLiteral("N"),
                      QStringLiteral("1")});
    parser.addOption({QStringLiteral("precision"), tr("fp32, mixed, bf16 or auto."),
                      QStringLiteral("TYPE"), QStringLiteral("auto")});
    parser.addOption(
        {QStringLiteral("json"), tr("Writes all numbers into a file."), QStringLiteral("FILE")});
}

int LayersBenchmarkCommand::run(const QCommandLineParser& parser, JobContext& job)
{
    refuseFurtherArguments(parser, 0);
    NetworkReport report =
        BenchmarkOptions::report(parser, readMode(parser.value(QStringLiteral("mode"))));
    NetworkBenchmark::Plan& plan = report.plan;
    if (plan.device.isCuda())
        throw UsageError(tr("Layers are timed on the processor only. Choose --device cpu."));
    plan.batch = integerOption(parser, QStringLiteral("batch"), 1, 1, 4096);
    const auto precisions =
        BenchmarkOptions::precisions(parser.value(QStringLiteral("precision")), plan.device);
    if (precisions.size() > 1)
        throw UsageError(tr("--precision takes one type here."));
    plan.precision = precisions.front();

    printLine(report.heading());
    const Profiles profiles = measure(report, job);
    print(profiles);
    if (parser.isSet(QStringLiteral("json")))
        writeFile(parser.value(QStringLiteral("json")), toJson(profiles, report));
    return 0;
}

} // namespace emend
