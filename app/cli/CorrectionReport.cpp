// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CorrectionReport.h"

#include "app/cli/CurvePlot.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace emend {

namespace {

using Round = CorrectionExperiment::Round;

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

QJsonObject toJson(const CorrectionEffort& effort, double minutes)
{
    return {{QStringLiteral("strokes"), effort.strokes},
            {QStringLiteral("strokePx"), effort.strokePx},
            {QStringLiteral("minutes"), minutes},
            {QStringLiteral("placesLookedAt"), effort.looked},
            {QStringLiteral("placesWithErrors"), effort.withErrors},
            {QStringLiteral("correctedPixels"), effort.correctedPixels()},
            {QStringLiteral("paintedPixels"), effort.paintedPixels},
            {QStringLiteral("mendedPixels"), effort.mendedPixels},
            {QStringLiteral("confirmedPixels"), effort.approvedPixels},
            {QStringLiteral("confirmedByMistakePixels"), effort.mistakenPixels}};
}

QJsonObject toJson(const MergedScore& merged)
{
    QJsonObject json{{QStringLiteral("dice"), merged.score.dice},
                     {QStringLiteral("pixelError"), merged.score.pixelError}};
    if (merged.hasObjects) {
        json.insert(QStringLiteral("vRand"), merged.score.vRand);
        json.insert(QStringLiteral("vRandExported"), merged.exportedVRand);
        json.insert(QStringLiteral("vInfo"), merged.score.vInfo);
        json.insert(QStringLiteral("threshold"), merged.score.threshold);
    }
    return json;
}

QJsonObject toJson(const Round& round)
{
    QJsonObject json = toJson(round.effort, round.minutes);
    json.insert(QStringLiteral("round"), round.number);
    json.insert(QStringLiteral("modelKept"), round.isModelKept);
    json.insert(QStringLiteral("worked"), toJson(round.worked));
    json.insert(QStringLiteral("unseen"), toJson(round.unseen));
    return json;
}

QJsonObject toJson(const CorrectionReport::Run& run)
{
    QJsonArray rounds;
    for (const Round& round : run.rounds)
        rounds.append(toJson(round));
    return {{QStringLiteral("order"), CorrectionReport::nameOf(run.order)},
            {QStringLiteral("rounds"), rounds}};
}

using ValueOf = double (*)(const Round&);

CurvePanel panelOf(const std::vector<CorrectionReport::Run>& runs, const QString& title,
                   ValueOf value)
{
    CurvePanel panel{title, tr("strokes"), {}};
    for (const CorrectionReport::Run& run : runs) {
        Curve curve{CorrectionReport::nameOf(run.order), {}};
        for (const Round& round : run.rounds)
            curve.points.emplace_back(round.effort.strokes, value(round));
        panel.curves.push_back(std::move(curve));
    }
    return panel;
}

/// As wide as its column.
QString cell(double value, int width, int digits)
{
    return QStringLiteral("%1").arg(value, width, 'f', digits);
}

} // namespace

QByteArray CorrectionReport::toJson() const
{
    QJsonArray all;
    for (const Run& run : runs)
        all.append(emend::toJson(run));
    const QJsonObject json{
        {QStringLiteral("stack"), stack},
        {QStringLiteral("model"), model},
        {QStringLiteral("slices"), slices.toText()},
        {QStringLiteral("unseen"), unseen.toText()},
        {QStringLiteral("strokesPerRound"), strokesPerRound},
        {QStringLiteral("learning"), isLearning},
        {QStringLiteral("steps"), steps},
        {QStringLiteral("seed"), qint64(seed)},
        {QStringLiteral("labelledFromNothing"),
         QJsonObject{
             {QStringLiteral("painted"), emend::toJson(baseline.painted, baseline.paintedMinutes)},
             {QStringLiteral("filled"), emend::toJson(baseline.filled, baseline.filledMinutes)}}},
        {QStringLiteral("runs"), all}};
    return QJsonDocument(json).toJson();
}

QByteArray CorrectionReport::toSvg() const
{
    std::vector<CurvePanel> panels{
        panelOf(runs, tr("V_rand as exported"),
                [](const Round& round) { return round.worked.exportedVRand; }),
        panelOf(runs, tr("V_rand at the best threshold"),
                [](const Round& round) { return round.worked.score.vRand; }),
        panelOf(runs, tr("Dice"), [](const Round& round) { return round.worked.score.dice; })};
    if (isLearning && !unseen.isEmpty())
        panels.push_back(panelOf(runs, tr("V_rand, slices never touched"),
                                 [](const Round& round) { return round.unseen.score.vRand; }));
    return curvesToSvg(panels);
}

QString CorrectionReport::nameOf(CorrectionOrder order)
{
    switch (order) {
    case CorrectionOrder::ranked:
        return QStringLiteral("ranked");
    case CorrectionOrder::random:
        return QStringLiteral("random");
    case CorrectionOrder::slices:
        break;
    }
    return QStringLiteral("slices");
}

QString CorrectionReport::tableHeader()
{
    return tr("                                            slices worked on           "
              "slices never touched\n"
              "round  strokes  minutes  corrected  mended  Dice    V_rand  exported  "
              "Dice    V_rand  exported");
}

QString CorrectionReport::tableRow(const Round& round)
{
    QString row = cell(round.number, 5, 0) + cell(round.effort.strokes, 9, 0) +
                  cell(round.minutes, 9, 1) + cell(double(round.effort.correctedPixels()), 11, 0) +
                  cell(double(round.effort.mendedPixels), 8, 0);
    for (const MergedScore* merged : {&round.worked, &round.unseen})
        row += cell(merged->score.dice, 8, 4) + cell(merged->score.vRand, 8, 4) +
               cell(merged->exportedVRand, 8, 4) + QStringLiteral("  ");
    return round.isModelKept ? row : row + tr("  (no better model)");
}

QString CorrectionReport::shareText(const Run& run) const
{
    const Round& last = run.rounds.back();
    return tr("%1: %2 strokes, %3 % of labelling from nothing; %4 minutes, %5 %; "
              "an error in %6 of %7 places")
        .arg(nameOf(run.order))
        .arg(last.effort.strokes)
        .arg(100.0 * last.effort.strokes / std::max(1, baseline.filled.strokes), 0, 'f', 0)
        .arg(last.minutes, 0, 'f', 1)
        .arg(100.0 * last.minutes / std::max(1e-9, baseline.filledMinutes), 0, 'f', 0)
        .arg(last.effort.withErrors)
        .arg(last.effort.looked);
}

} // namespace emend
