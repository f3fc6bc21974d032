// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/Prediction.h"
#include "core/store/Database.h"
#include "core/store/ProjectRecords.h"

#include <map>
#include <vector>

namespace emend {

/// What is too long for one row, predictions and models, in pieces of some megabytes. Storage
/// thread; writing happens within the caller's transaction.
class PieceTable
{
public:
    explicit PieceTable(Database& database);

    /// Returns its number. unsure: the mean uncertainty, 0..255; negative where not known.
    qint64 addPrediction(int z, int classCount, double unsure, const PredictedSlice& slice);

    /// Null: damaged or not there.
    std::shared_ptr<const PredictedSlice> prediction(qint64 id);

    struct PredictionRow
    {
        qint64 id = 0;
        int classCount = 0;
        double unsure = -1;
    };

    /// The newest intact row of each slice.
    std::map<int, PredictionRow> predictions();

    /// Older rows of slices that were predicted again.
    void removeOldPredictions();

    /// Returns its number.
    qint64 addModel(const ModelRecord& model);

    /// In order; models that are damaged are left out.
    std::vector<ModelRecord> models();

    /// Another name and other notes for the model of that name; nothing where there is none.
    void changeModel(const QString& name, const QString& newName, const QByteArray& notes);
    void removeModel(const QString& name);

private:
    struct Run
    {
        qint64 first = 0;
        qint64 count = 0;
    };

    Run add(const QByteArray& bytes);
    std::optional<QByteArray> read(Run run);
    void remove(Run run);

    Database& m_database;
    Statement m_addPiece;
    Statement m_piece;
    Statement m_removePieces;
    Statement m_addPrediction;
    Statement m_prediction;
    Statement m_addModel;
    qint64 m_lastPiece = 0;
    qint64 m_lastPrediction = 0;
    qint64 m_lastModel = 0;
};

} // namespace emend
