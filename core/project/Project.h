// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/labels/ClassTable.h"
#include "core/labels/LabelEdit.h"
#include "core/labels/Prediction.h"

#include <QObject>

#include <memory>
#include <utility>
#include <vector>

namespace emend {

class LabelPainter;
struct ProjectContents;

/// A stack with its labels, classes and prediction: what the user works on.
///
/// Lives on the GUI thread, owned by the Session. Labels change only through apply() and, while
/// a stroke lasts, through a LabelPainter. Jobs get copies (labels() is a snapshot when copied).
class Project : public QObject
{
    Q_OBJECT

public:
    explicit Project(std::shared_ptr<const ImageStack> stack, QObject* parent = nullptr);

    /// With what a file says of it. contents: of this stack's size.
    Project(std::shared_ptr<const ImageStack> stack, const ProjectContents& contents);

    const std::shared_ptr<const ImageStack>& stack() const { return m_stack; }

    VolumeSize size() const { return m_stack->size(); }

    /// The stack's own voxel size until the user types another.
    VoxelSize voxelSize() const { return m_voxelSize; }

    void setVoxelSize(VoxelSize size);

    const LabelVolume& labels() const { return m_labels; }

    /// Not while a stroke is open: the stroke would paint over what the edit brings, and undo
    /// could not tell them apart. Finish the stroke first, or wait for strokesClosed().
    void apply(const LabelEdit& edit);

    bool hasOpenStroke() const { return !m_painters.empty(); }

    /// What the open strokes have changed so far.
    LabelEdit unfinishedEdit() const;

    const ClassTable& classes() const { return m_classes; }

    void setClasses(ClassTable classes);

    const Prediction& prediction() const { return m_prediction; }

    void mergePrediction(const Prediction& prediction);

Q_SIGNALS:
    /// The labels of these pixels of slice z changed.
    void labelsChanged(int z, emend::Rect rect);
    void classesChanged();
    void predictionChanged();
    void voxelSizeChanged();

    /// The last open stroke was finished or cancelled.
    void strokesClosed();

private:
    friend class LabelPainter;
    void setTiles(const std::vector<std::pair<TileKey, TileRef>>& tiles, int z, Rect changed);

    void openStroke(const LabelPainter& painter) { m_painters.push_back(&painter); }

    void closeStroke(const LabelPainter& painter);

    std::shared_ptr<const ImageStack> m_stack;
    VoxelSize m_voxelSize;
    LabelVolume m_labels;
    ClassTable m_classes = ClassTable::membraneAndInside();
    Prediction m_prediction;
    std::vector<const LabelPainter*> m_painters; ///< of strokes that are not finished
};

} // namespace emend
