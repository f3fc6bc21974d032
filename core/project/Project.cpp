// SPDX-License-Identifier: Apache-2.0
#include "core/project/Project.h"

#include "core/Error.h"
#include "core/project/LabelPainter.h"
#include "core/store/ProjectFile.h"

namespace emend {

Project::Project(std::shared_ptr<const ImageStack> stack, QObject* parent)
    : QObject(parent)
    , m_stack(std::move(stack))
    , m_voxelSize(m_stack->info().voxelSize)
    , m_labels(m_stack->size())
{
}

Project::Project(std::shared_ptr<const ImageStack> stack, const ProjectContents& contents)
    : QObject(nullptr)
    , m_stack(std::move(stack))
    , m_voxelSize(contents.voxelSize.xNm > 0 ? contents.voxelSize : m_stack->info().voxelSize)
    , m_labels(contents.labels)
    , m_classes(contents.classes)
    , m_prediction(contents.prediction)
{
    Q_ASSERT(m_labels.size() == size());
}

void Project::setVoxelSize(VoxelSize size)
{
    if (size == m_voxelSize)
        return;
    m_voxelSize = size;
    Q_EMIT voxelSizeChanged();
}

void Project::apply(const LabelEdit& edit)
{
    Q_ASSERT(!hasOpenStroke());
    edit.applyTo(m_labels);
    for (const int z : edit.slices())
        Q_EMIT labelsChanged(z, edit.changedRect(z).intersected(size().sliceRect()));
}

void Project::setClasses(ClassTable classes)
{
    if (classes == m_classes)
        return;
    m_classes = std::move(classes);
    Q_EMIT classesChanged();
}

void Project::mergePrediction(const Prediction& prediction)
{
    if (prediction.isEmpty())
        return;
    if (prediction.size() != size())
        throw Error(tr("The prediction was made for another stack. Predict this stack again."));
    m_prediction.merge(prediction);
    Q_EMIT predictionChanged();
}

void Project::setTiles(const std::vector<std::pair<TileKey, TileRef>>& tiles, int z, Rect changed)
{
    for (const auto& [key, tile] : tiles)
        m_labels.setTile(key, tile);
    if (!changed.isEmpty())
        Q_EMIT labelsChanged(z, changed);
}

LabelEdit Project::unfinishedEdit() const
{
    LabelEdit edit;
    for (const LabelPainter* painter : m_painters)
        edit = edit.joinedWith(painter->soFar());
    return edit;
}

void Project::closeStroke(const LabelPainter& painter)
{
    std::erase(m_painters, &painter);
    if (m_painters.empty())
        Q_EMIT strokesClosed();
}

} // namespace emend
