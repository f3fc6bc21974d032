// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands.h"
#include "app/cli/CorrectionReport.h"
#include "app/cli/LabelOptions.h"
#include "app/cli/ModelOptions.h"

#include <limits>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

std::vector<CorrectionOrder> ordersOf(const QString& text)
{
    const std::vector<CorrectionOrder> all{CorrectionOrder::ranked, CorrectionOrder::random,
                                           CorrectionOrder::slices};
    if (text == u"all")
        return all;
    for (const CorrectionOrder order : all)
        if (CorrectionReport::nameOf(order) == text)
            return {order};
    throw UsageError(tr("--order takes ranked, random, slices or all."));
}

/// Every fourth of the slices, so that they are not all far from those that are corrected.
SliceRange everyFourth(const SliceRange& slices)
{
    std::vector<int> chosen;
    for (int i = 2; i < slices.count(); i += 4)
        chosen.push_back(slices[i]);
    return SliceRange(std::move(chosen));
}

SliceRange without(const SliceRange& slices, const SliceRange& others)
{
    std::vector<int> rest;
    for (const int z : slices)
        if (!others.contains(z))
            rest.push_back(z);
    if (rest.empty())
        throw UsageError(tr("No slice is left to correct."));
    return SliceRange(std::move(rest));
}

CorrectionExperiment::Plan planOf(const QCommandLineParser& parser, const QString& path)
{
    CorrectionExperiment::Plan plan;
    plan.stack = LabelOptions::openStack(path);
    const VolumeSize size = plan.stack->size();
    const auto slicesOf = [&](const QString& option, const SliceRange& otherwise) {
        return parser.isSet(option) ? SliceRange::parse(parser.value(option), size.slices)
                                    : otherwise;
    };
    const SliceRange slices = slicesOf(QStringLiteral("slices"), SliceRange::all(size.slices));
    plan.unseen = slicesOf(QStringLiteral("unseen"), everyFourth(slices));
    plan.slices = without(slices, plan.unseen);
    const ClassMap map = ClassMap::parse(requiredOption(parser, QStringLiteral("classes")));
    const auto truth = LabelOptions::openStack(requiredOption(parser, QStringLiteral("truth")));
    plan.classes = map.classes;
    plan.truth = importLabels(*truth, size, map, SliceRange::all(size.slices));
    plan.model = Checkpoint::find(parser.value(QStringLiteral("from")));
    plan.device = ModelOptions::device(parser);
    plan.rounds = integerOption(parser, QStringLiteral("rounds"), 5, 1, 1000);
    plan.strokesPerRound =
        integerOption(parser, QStringLiteral("strokes-per-round"), 40, 1, 1000000);
    plan.training.steps = integerOption(parser, QStringLiteral("steps"), 0, 1, 1000000);
    plan.training.seed = quint64(
        integerOption(parser, QStringLiteral("seed"), 1, 0, std::numeric_limits<int>::max()));
    plan.training.precision = ModelOptions::precision(parser, plan.device);
    plan.isLearning = !parser.isSet(QStringLiteral("no-learning"));
    plan.habits.confirmsPlaces = !parser.isSet(QStringLiteral("strokes-only"));
    return plan;
}

CorrectionReport emptyReport(const CorrectionExperiment::Plan& plan)
{
    CorrectionReport report;
    report.stack = plan.stack->info().name;
    report.model = plan.model->lineage.name;
    report.slices = plan.slices;
    report.unseen = plan.unseen;
    report.strokesPerRound = plan.strokesPerRound;
    report.isLearning = plan.isLearning;
    report.steps = plan.training.steps;
    report.seed = plan.training.seed;
    CorrectionReport::Baseline& baseline = report.baseline;
    const auto label = [&plan](bool withFills) {
        return SimulatedCorrector::labelFromNothing(plan.truth, plan.slices, plan.habits,
                                                    withFills);
    };
    baseline.painted = label(false);
    baseline.filled = label(true);
    baseline.paintedMinutes = plan.habits.minutes(baseline.painted);
    baseline.filledMinutes = plan.habits.minutes(baseline.filled);
    return report;
}

void printBaseline(const CorrectionReport& report)
{
    printLine(tr("Correcting slices %1; never touched: %2")
                  .arg(report.slices.toText(), report.unseen.toText()));
    const auto print = [](const QString& how, const CorrectionEffort& effort, double minutes) {
        printLine(tr("Labelling from nothing, %1: %2 strokes, %3 px, %4 minutes")
                      .arg(how)
                      .arg(effort.strokes)
                      .arg(effort.strokePx, 0, 'f', 0)
                      .arg(minutes, 0, 'f', 1));
    };
    print(tr("all painted"), report.baseline.painted, report.baseline.paintedMinutes);
    print(tr("enclosed areas filled"), report.baseline.filled, report.baseline.filledMinutes);
}

} // namespace

void CorrectionBenchmarkCommand::describe(QCommandLineParser& parser) const
{
    const auto option = [&parser](const char* name, const QString& text, const char* value,
                                  const char* otherwise = "") {
        parser.addOption(
            {QLatin1String(name), text, QLatin1String(value), QLatin1String(otherwise)});
    };
    parser.addPositionalArgument(QStringLiteral("STACK"), tr("A file, or a folder of sections."));
    option("truth", tr("The true labels of the stack, as a stack."), "L.tif");
    option("classes", tr("Which value of the truth is which class, like 0:membrane,255:inside."),
           "MAP");
    option("order",
           tr("Where to correct first: ranked (places worth most), random, slices (one after the "
              "other), or all three."),
           "ORDER", "ranked");
    option("rounds", tr("How often to correct and learn."), "N", "5");
    option("strokes-per-round", tr("Strokes of the brush before the model learns."), "K", "40");
    option("strokes-only", tr("Places that were looked at are not confirmed."), "");
    option("no-learning", tr("What corrections alone bring: the model stays as it is."), "");
    option("steps", tr("Training steps a round; chosen where it is not set."), "S");
    option("seed", tr("The seed of all random choices."), "S", "1");
    option("slices", tr("Only these slices, like 0-4,18."), "LIST");
    option("unseen", tr("Slices that are scored and never corrected; without it every fourth."),
           "LIST");
    option("from",
           tr("The model to start from: a file, or the name of a shipped model (%1).")
               .arg(Checkpoint::shippedNames().join(QStringLiteral(", "))),
           "MODEL", "membrane");
    option("json", tr("Writes all numbers into a file."), "FILE");
    option("svg", tr("Draws strokes against V_rand and Dice into a file."), "FILE");
    ModelOptions::describeDevice(parser);
}

int CorrectionBenchmarkCommand::run(const QCommandLineParser& parser, JobContext& job)
{
    const QString path = requiredArgument(parser, 0, QStringLiteral("STACK"));
    refuseFurtherArguments(parser, 1);
    const std::vector<CorrectionOrder> orders = ordersOf(parser.value(QStringLiteral("order")));
    CorrectionExperiment::Plan plan = planOf(parser, path);
    CorrectionReport report = emptyReport(plan);
    printBaseline(report);

    for (size_t i = 0; i < orders.size(); ++i) {
        plan.order = orders[i];
        printLine(QString());
        printLine(tr("Order: %1").arg(CorrectionReport::nameOf(plan.order)));
        printLine(CorrectionReport::tableHeader());
        JobContext part =
            job.part(double(i) / double(orders.size()), double(i + 1) / double(orders.size()));
        CorrectionExperiment experiment(plan);
        report.runs.push_back(
            {plan.order, experiment.run(part, [](const CorrectionExperiment::Round& round) {
                 printLine(CorrectionReport::tableRow(round));
             })});
    }
    printLine(QString());
    for (const CorrectionReport::Run& run : report.runs)
        printLine(report.shareText(run));
    if (parser.isSet(QStringLiteral("json")))
        writeFile(parser.value(QStringLiteral("json")), report.toJson());
    if (parser.isSet(QStringLiteral("svg")))
        writeFile(parser.value(QStringLiteral("svg")), report.toSvg());
    return 0;
}

} // namespace emend
