// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/Prediction.h"
#include "core/store/LabelTable.h"
#include "core/store/PieceTable.h"
#include "core/store/StepTable.h"

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace emend {

/// Where tiles and predicted slices of an open project are fetched from.
struct ProjectVaults
{
    std::shared_ptr<Vault<LabelTile>> tiles;
    std::shared_ptr<Vault<PredictedSlice>> predictions;
};

/// All that a project says, its tiles still in the file.
struct ProjectContents
{
    SourceRecord source;
    ClassTable classes;
    VoxelSize voxelSize; ///< 0 where the stack's own counts
    LabelVolume labels;
    Prediction prediction;
    std::map<int, double> unsure; ///< mean uncertainty of predicted slices, 0..255
    std::vector<StepSummary> steps;
    qint64 position = 0; ///< the last step that is done, 0: none
    std::vector<ModelRecord> models;
    QString currentModel; ///< its name; empty: none was chosen
    QByteArray view;      ///< JSON of whoever shows it
};

/// How a step comes into the history.
enum class StepMode {
    append,  ///< a new one, after the last that is done
    extend,  ///< more of the newest one
    replace, ///< the newest one again, as it has become (a stroke that goes on)
    withdraw ///< the newest one never was
};

/// One project file: each function that writes is one transaction, on the disk when it returns.
/// Storage thread. Throws DatabaseError; then nothing has changed.
class ProjectFile
{
public:
    /// Makes a new file in one step: it is there whole, or not at all.
    static void create(const QString& path, const SourceRecord& source, const ClassTable& classes);

    /// Puts a file in its place in one step, when writeAt has written it under the name that it is
    /// given. Throws Error.
    static void write(const QString& path, const std::function<void(const QString&)>& writeAt);

    ProjectFile(const QString& path, Database::Access access);
    ~ProjectFile();

    /// A newer program has written it in a way that this one must not write.
    bool isOfNewerVersion() const { return m_isNewer; }

    ProjectContents read(const ProjectVaults& vaults);

    /// A tile that came into the file, and the number it has there.
    struct Stowed
    {
        TileRef tile;
        qint64 id = 0;
    };

    std::vector<Stowed> putStep(const HistoryStep& step, StepMode mode);
    void moveTo(qint64 position);

    /// The edit of a step.
    LabelEdit edit(qint64 step, const std::shared_ptr<Vault<LabelTile>>& vault);

    qint64 putPrediction(int z, int classCount, double unsure, const PredictedSlice& slice);
    qint64 putModel(const ModelRecord& model);
    void changeModel(const QString& name, const QString& newName, const QByteArray& notes);
    void removeModel(const QString& name);
    void put(const QString& name, const QByteArray& value);

    std::shared_ptr<const LabelTile> tile(qint64 id) { return m_labels.tile(id); }

    std::shared_ptr<const PredictedSlice> prediction(qint64 id) { return m_pieces.prediction(id); }

    /// Removes what nobody can ask for any more. Only when no snapshot is left.
    void tidyUp();

    Database& database() { return m_database; }

private:
    template <typename Write>
    auto inTransaction(Write write);

    void readPredictions(ProjectContents& contents, const ProjectVaults& vaults);

    Database m_database;
    bool m_isNewer;
    MetaTable m_meta;
    LabelTable m_labels;
    StepTable m_steps;
    PieceTable m_pieces;
};

} // namespace emend
