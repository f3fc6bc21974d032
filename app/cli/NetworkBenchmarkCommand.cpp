// SPDX-License-Identifier: Apache-2.0
#include "app/cli/BatchServer.h"
#include "app/cli/BenchmarkOptions.h"
#include "app/cli/Commands.h"
#include "app/cli/NetworkReport.h"

#include <functional>
#include <map>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

/// --mode says once more which of both is meant.
void checkMode(const QCommandLineParser& parser, NetworkBenchmark::Mode mode)
{
    const QString expected = mode == NetworkBenchmark::Mode::inference ? QStringLiteral("inference")
                                                                       : QStringLiteral("training");
    if (parser.isSet(QStringLiteral("mode")) && parser.value(QStringLiteral("mode")) != expected)
        throw UsageError(tr("Here --mode can only be %1.").arg(expected));
}

/// Which runs there are: each size in each precision.
struct Runs
{
    std::vector<int> batches;
    std::vector<Precision> precisions;
    bool withInput = false;
};

void serve(const Runs& runs, NetworkBenchmark::Plan plan, JobContext& job)
{
    if (runs.batches.size() > 1 || runs.precisions.size() > 1)
        throw UsageError(tr("With --serve there is one batch size and one precision."));
    plan.batch = runs.batches.front();
    plan.precision = runs.precisions.front();
    plan.withInput = runs.withInput;
    NetworkBenchmark benchmark(plan);
    BatchServer(benchmark).run(job);
}

using Print = std::function<void(const QString&)>;

std::map<Precision, double> measuredPeaks(const Runs& runs, const NetworkBenchmark::Plan& plan,
                                          JobContext& job, const Print& print)
{
    std::map<Precision, double> peaks;
    for (const Precision precision : runs.precisions) {
        if (peaks.contains(precision))
            continue;
        peaks[precision] =
            NetworkBenchmark::measuredPeakFlops(plan.device, precision, plan.threads, job);
        print(NetworkReport::peakText(precision, peaks[precision]));
    }
    return peaks;
}

/// The rows of the report, printed one by one.
void measure(const Runs& runs, NetworkReport& report, JobContext& job, const Print& print)
{
    const std::map<Precision, double> peaks = measuredPeaks(runs, report.plan, job, print);
    print(NetworkReport::tableHeader());
    const auto measureOne = [&](Precision precision, int batch, bool withInput) {
        NetworkBenchmark::Plan plan = report.plan;
        plan.batch = batch;
        plan.precision = precision;
        plan.withInput = withInput;
        NetworkBenchmark benchmark(plan);
        report.rows.push_back({batch, precision, withInput,
                               benchmark.measure(report.warmUp, report.iterations, job),
                               peaks.at(precision)});
        print(NetworkReport::tableRow(report.rows.back()));
    };
    for (const Precision precision : runs.precisions) {
        for (const int batch : runs.batches) {
            measureOne(precision, batch, false);
            if (runs.withInput)
                measureOne(precision, batch, true);
        }
    }
}

} // namespace

void NetworkBenchmarkCommand::describe(QCommandLineParser& parser) const
{
    BenchmarkOptions::describe(parser);
    const auto option = [&parser](const QStringList& names, const QString& text, const char* value,
                                  const char* otherwise = "") {
        parser.addOption({names, text, QLatin1String(value), QLatin1String(otherwise)});
    };
    option({QStringLiteral("batch")}, tr("Images at a time: a list like 1,2,4,8."), "LIST", "1");
    option({QStringLiteral("precision")}, tr("A list of fp32, mixed, bf16 and fp16, or auto."),
           "LIST", "auto");
    option({QStringLiteral("with-input")},
           tr("Measures once more with images that are brought to the device for each batch."), "");
    option({QStringLiteral("plain")},
           tr("LibTorch's operators one after the other, instead of Emend's own way."), "");
    option({QStringLiteral("json")}, tr("Writes all numbers into a file, or to the output (-)."),
           "FILE");
    option({QStringLiteral("serve")},
           tr("Another program holds the clock: says \"ready\", then answers each line \"run K\" "
              "by K batches and \"done\"."),
           "");
    option({QStringLiteral("mode")}, tr("The name of this benchmark once more, for scripts."),
           "MODE");
}

int NetworkBenchmarkCommand::run(const QCommandLineParser& parser, JobContext& job)
{
    refuseFurtherArguments(parser, 0);
    checkMode(parser, m_mode);
    NetworkReport report = BenchmarkOptions::report(parser, m_mode);
    if (parser.isSet(QStringLiteral("plain")))
        report.plan.path = NetworkBenchmark::Path::plain;
    const Runs runs{
        BenchmarkOptions::batches(parser.value(QStringLiteral("batch"))),
        BenchmarkOptions::precisions(parser.value(QStringLiteral("precision")), report.plan.device),
        parser.isSet(QStringLiteral("with-input"))};
    if (parser.isSet(QStringLiteral("serve"))) {
        serve(runs, report.plan, job);
        return 0;
    }

    const QString json = parser.value(QStringLiteral("json"));
    const bool printsTable = json != u"-";
    const Print print = [printsTable](const QString& text) {
        if (printsTable)
            printLine(text);
    };
    print(report.heading());
    JobContext silent = job.silent();
    measure(runs, report, silent, print);
    if (!printsTable)
        printLine(QString::fromUtf8(report.toJson().trimmed()));
    else if (!json.isEmpty())
        writeFile(json, report.toJson());
    return 0;
}

} // namespace emend
