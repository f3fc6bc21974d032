// SPDX-License-Identifier: Apache-2.0
#include "app/session/ModelNotes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace emend {

namespace {

const QString curveKey = QStringLiteral("curve");
const QString stepsKey = QStringLiteral("steps");
const QString betterKey = QStringLiteral("isBetter");
const QString pinnedKey = QStringLiteral("isPinned");

} // namespace

QByteArray toJson(const ModelNotes& notes)
{
    QJsonArray curve;
    for (const TrainingPoint& point : notes.curve)
        curve.append(QJsonArray{point.step, point.loss,
                                point.heldOutScore ? QJsonValue(*point.heldOutScore)
                                                   : QJsonValue(QJsonValue::Null)});
    const int steps = notes.curve.empty() ? 0 : notes.curve.back().steps;
    return QJsonDocument(QJsonObject{{curveKey, curve},
                                     {stepsKey, steps},
                                     {betterKey, notes.isBetter},
                                     {pinnedKey, notes.isPinned}})
        .toJson(QJsonDocument::Compact);
}

ModelNotes modelNotesFromJson(const QByteArray& json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    ModelNotes notes;
    notes.isBetter = object[betterKey].toBool(true);
    notes.isPinned = object[pinnedKey].toBool();
    const int steps = object[stepsKey].toInt();
    for (const QJsonValue& value : object[curveKey].toArray()) {
        const QJsonArray point = value.toArray();
        const bool hasScore = point.at(2).isDouble();
        notes.curve.push_back(
            {point.at(0).toInt(), steps, point.at(1).toDouble(),
             hasScore ? std::optional<double>(point.at(2).toDouble()) : std::nullopt});
    }
    return notes;
}

} // namespace emend
