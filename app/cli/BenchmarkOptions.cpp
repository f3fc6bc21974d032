// SPDX-License-Identifier: Apache-2.0
#include "app/cli/BenchmarkOptions.h"

#include "app/cli/Command.h"
#include "app/cli/ModelOptions.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <limits>

namespace emend {

namespace {

constexpr int mostChannels = 256;
constexpr int mostPixels = 8192;
constexpr int mostImages = 4096;
constexpr int classes = 2;

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

/// Calls read; what it throws is wrong use.
template <class Read>
auto asOption(Read read)
{
    try {
        return read();
    } catch (const Error& error) {
        throw UsageError(error.text());
    }
}

/// "classic" is the reference network, "same" Emend's own; the number is its channels.
NetworkReport namedNetwork(const QString& name)
{
    static const QRegularExpression form(QStringLiteral("^(classic|same)([0-9]{1,3})$"));
    NetworkReport report;
    report.network = name == u"classic" ? QStringLiteral("classic64") : name;
    const auto match = form.match(report.network);
    const int base = match.captured(2).toInt();
    if (!match.hasMatch() || base < 1 || base > mostChannels)
        throw UsageError(tr("--network takes classic, same64, same32 or same16, not \"%1\".")
                             .arg(name.left(80)));
    const bool isClassic = match.captured(1) == u"classic";
    report.plan.spec =
        isClassic ? UNetSpec::reference(base, classes) : UNetSpec::standard(classes, base);
    report.plan.sizePx = isClassic ? 572 : 512;
    return report;
}

void readSize(const QCommandLineParser& parser, NetworkBenchmark::Plan& plan)
{
    plan.sizePx = integerOption(parser, QStringLiteral("size"), plan.sizePx, 1, mostPixels);
    if (plan.spec.outputSize(plan.sizePx) > 0)
        return;
    if (plan.spec.padding == UNetSpec::Padding::same)
        throw UsageError(
            tr("--size must be a multiple of %1 for this network.").arg(plan.spec.stride()));
    int nearest = plan.sizePx;
    while (plan.spec.outputSize(nearest) == 0)
        ++nearest;
    throw UsageError(tr("This network takes no images of %1 x %1 pixels; the next size is %2.")
                         .arg(plan.sizePx)
                         .arg(nearest));
}

} // namespace

void BenchmarkOptions::describe(QCommandLineParser& parser)
{
    const auto option = [&parser](const QStringList& names, const QString& text, const char* value,
                                  const char* otherwise = "") {
        parser.addOption({names, text, QLatin1String(value), QLatin1String(otherwise)});
    };
    option({QStringLiteral("network"), QStringLiteral("net")},
           tr("classic (no padding, 572 x 572 pixels to 388 x 388, 64 channels), or Emend's own: "
              "same64, same32, same16."),
           "NAME", "classic");
    option({QStringLiteral("size")}, tr("Width and height of an image; without it 572 or 512."),
           "PX");
    option({QStringLiteral("warm-up")}, tr("Batches that do not count; without it 5."), "N");
    option({QStringLiteral("iterations")}, tr("Batches that are measured; without it 10."), "N");
    option({QStringLiteral("threads")}, tr("Threads of the processor; without it one a core."),
           "N");
    option({QStringLiteral("device")}, tr("auto, cpu, or a graphics card like cuda:0."), "DEVICE",
           "auto");
    option({QStringLiteral("seed")}, tr("The seed of all random choices."), "S", "1");
}

std::vector<int> BenchmarkOptions::batches(const QString& list)
{
    std::vector<int> batches;
    for (const QString& word : list.split(u',')) {
        bool isNumber = false;
        const int batch = word.toInt(&isNumber);
        if (!isNumber || batch < 1 || batch > mostImages)
            throw UsageError(
                tr("--batch takes whole numbers from 1 to %1, like 1,2,4.").arg(mostImages));
        batches.push_back(batch);
    }
    return batches;
}

std::vector<Precision> BenchmarkOptions::precisions(const QString& list,
                                                    const ComputeDevice& device)
{
    std::vector<Precision> precisions;
    for (const QString& word : list.split(u','))
        precisions.push_back(asOption([&] { return device.resolve(precisionFromText(word)); }));
    return precisions;
}

NetworkReport BenchmarkOptions::report(const QCommandLineParser& parser,
                                       NetworkBenchmark::Mode mode)
{
    NetworkReport report = namedNetwork(parser.value(QStringLiteral("network")));
    report.warmUp = integerOption(parser, QStringLiteral("warm-up"), 5, 0, 1000000);
    report.iterations = integerOption(parser, QStringLiteral("iterations"), 10, 1, 1000000);
    NetworkBenchmark::Plan& plan = report.plan;
    plan.mode = mode;
    readSize(parser, plan);
    plan.device = asOption([&] { return ModelOptions::device(parser); });
    plan.threads = integerOption(parser, QStringLiteral("threads"), 0, 1, 1024);
    plan.seed = quint64(
        integerOption(parser, QStringLiteral("seed"), 1, 0, std::numeric_limits<int>::max()));
    return report;
}

} // namespace emend
