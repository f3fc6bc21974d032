// SPDX-License-Identifier: Apache-2.0
#include "app/cli/NetworkReport.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace emend {

namespace {

constexpr double giga = 1e9;

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

/// The processor's name; empty where the system does not tell it.
QString processor()
{
    QFile file(QStringLiteral("/proc/cpuinfo"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    for (const QByteArray& line : file.readAll().split('\n'))
        if (line.startsWith("model name"))
            return QString::fromUtf8(line.mid(line.indexOf(':') + 1).trimmed());
    return {};
}

QString deviceText(const ComputeDevice& device)
{
    // The precision is told in each row; what is asked for here any device has.
    return device.describe(Precision::fp32).section(QStringLiteral(", "), 0, -2);
}

QJsonObject toJson(const LatencyStatistics& batches)
{
    QJsonArray samples;
    for (const double sample : batches.samplesMs)
        samples.append(sample);
    return {{QStringLiteral("count"), int(batches.samplesMs.size())},
            {QStringLiteral("mean"), batches.meanMs},
            {QStringLiteral("deviation"), batches.deviationMs},
            {QStringLiteral("fastest"), batches.fastestMs},
            {QStringLiteral("slowest"), batches.slowestMs},
            {QStringLiteral("p50"), batches.p50Ms},
            {QStringLiteral("p90"), batches.p90Ms},
            {QStringLiteral("p95"), batches.p95Ms},
            {QStringLiteral("p99"), batches.p99Ms},
            {QStringLiteral("samples"), samples}};
}

QJsonObject toJson(const NetworkReport::Row& row)
{
    QJsonObject json{{QStringLiteral("batch"), row.batch},
                     {QStringLiteral("precision"), textFromPrecision(row.precision)},
                     {QStringLiteral("withInput"), row.withInput},
                     {QStringLiteral("imagesPerSecond"), row.result.imagesPerSecond},
                     {QStringLiteral("latencyMs"), toJson(row.result.batches)},
                     {QStringLiteral("gflopPerImage"), row.result.flopsPerImage / giga},
                     {QStringLiteral("gflops"), row.result.flopsPerSecond() / giga},
                     {QStringLiteral("peakGflops"), row.peakFlops / giga},
                     {QStringLiteral("shareOfPeak"), row.shareOfPeak()}};
    if (row.result.loss)
        json.insert(QStringLiteral("loss"), *row.result.loss);
    return json;
}

/// As wide as its column.
QString cell(double value, int width, int digits)
{
    return QStringLiteral("%1").arg(value, width, 'f', digits);
}

} // namespace

QString NetworkReport::heading() const
{
    const int answerPx = plan.spec.outputSize(plan.sizePx);
    const QString shape = tr("Network %1: %2 x %2 x %3 pixels to %4 x %4 x %5, %6 weights")
                              .arg(network)
                              .arg(plan.sizePx)
                              .arg(plan.spec.inputChannels)
                              .arg(answerPx)
                              .arg(plan.spec.classCount)
                              .arg(plan.spec.parameterCount());
    const QString machine = tr("Device: %1 (%2); threads: %3; Emend %4, %5")
                                .arg(deviceText(plan.device), processor())
                                .arg(NetworkBenchmark::threadsOf(plan.threads))
                                .arg(QStringLiteral(EMEND_VERSION), NetworkBenchmark::library());
    const QString batches =
        tr("Batches: %1 to warm up, then %2 measured; random images and weights")
            .arg(warmUp)
            .arg(iterations);
    const QString way = isPlain() ? tr("LibTorch's operators one after the other")
                                  : tr("Emend's own way through the network");
    return shape + u'\n' + machine + u'\n' + way + u'\n' + batches;
}

QString NetworkReport::tableHeader()
{
    return tr(
        "                  images      images         ms a batch\n"
        "batch  precision  come from  a second       mean       50 %       90 %       95 %    "
        "   99 %   GFLOP/s  of peak");
}

QString NetworkReport::tableRow(const Row& row)
{
    const LatencyStatistics& batches = row.result.batches;
    QString text = cell(row.batch, 5, 0) +
                   QStringLiteral("%1").arg(textFromPrecision(row.precision), 11) +
                   QStringLiteral("%1").arg(row.withInput ? tr("host") : tr("device"), 11) +
                   cell(row.result.imagesPerSecond, 10, 2);
    for (const double ms :
         {batches.meanMs, batches.p50Ms, batches.p90Ms, batches.p95Ms, batches.p99Ms})
        text += cell(ms, 11, 2);
    return text + cell(row.result.flopsPerSecond() / giga, 10, 1) +
           cell(100 * row.shareOfPeak(), 7, 1) + QStringLiteral(" %");
}

QString NetworkReport::peakText(Precision precision, double peakFlops)
{
    return tr("Peak in %1: %2 GFLOP/s, the fastest of several products of two square matrices")
        .arg(textFromPrecision(precision))
        .arg(peakFlops / giga, 0, 'f', 1);
}

QByteArray NetworkReport::toJson() const
{
    QJsonArray all;
    for (const Row& row : rows)
        all.append(emend::toJson(row));
    const bool predicts = plan.mode == NetworkBenchmark::Mode::inference;
    const QJsonObject json{
        {QStringLiteral("mode"),
         predicts ? QStringLiteral("inference") : QStringLiteral("training")},
        {QStringLiteral("network"), network},
        {QStringLiteral("spec"), plan.spec.toJson()},
        {QStringLiteral("parameters"), plan.spec.parameterCount()},
        {QStringLiteral("size"), plan.sizePx},
        {QStringLiteral("answerSize"), plan.spec.outputSize(plan.sizePx)},
        {QStringLiteral("device"), deviceText(plan.device)},
        {QStringLiteral("processor"), processor()},
        {QStringLiteral("threads"), NetworkBenchmark::threadsOf(plan.threads)},
        {QStringLiteral("path"), isPlain() ? QStringLiteral("plain") : QStringLiteral("own")},
        {QStringLiteral("seed"), qint64(plan.seed)},
        {QStringLiteral("warmUp"), warmUp},
        {QStringLiteral("iterations"), iterations},
        {QStringLiteral("version"), QStringLiteral(EMEND_VERSION)},
        {QStringLiteral("library"), NetworkBenchmark::library()},
        {QStringLiteral("rows"), all}};
    return QJsonDocument(json).toJson();
}

} // namespace emend
