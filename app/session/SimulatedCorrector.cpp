// SPDX-License-Identifier: Apache-2.0
#include "app/session/SimulatedCorrector.h"

#include "app/session/ErrorsToMend.h"
#include "core/metrics/SegmentationScore.h"
#include "core/project/LabelPainter.h"

#include <algorithm>

namespace emend {

namespace {

std::vector<Label> labelsIn(const LabelVolume& volume, int z, Rect rect)
{
    std::vector<Label> labels(size_t(rect.pixelCount()));
    volume.read(z, rect, labels.data());
    return labels;
}

std::vector<quint8> classesIn(const LabelVolume& volume, int z, Rect rect)
{
    const std::vector<Label> labels = labelsIn(volume, z, rect);
    std::vector<quint8> classes(labels.size());
    std::transform(labels.begin(), labels.end(), classes.begin(),
                   [](Label label) { return quint8(label.classIndex()); });
    return classes;
}

/// Whether a person still has to look: something is predicted, or not labelled at all.
bool isOpen(Label label)
{
    return !label.isFixed();
}

} // namespace

double CorrectorHabits::minutes(const CorrectionEffort& effort) const
{
    return (effort.looked * lookSeconds + effort.confirmed * confirmSeconds +
            effort.strokes * brush.strokeSeconds + effort.strokePx / brush.pxPerSecond) /
           60;
}

SimulatedCorrector::SimulatedCorrector(Project& project, const LabelVolume& truth,
                                       CorrectorHabits habits)
    : m_project(project)
    , m_truth(truth)
    , m_habits(habits)
{
}

void SimulatedCorrector::correct(const Place& place)
{
    const std::vector<Label> labels = labelsIn(m_project.labels(), place.z, place.rect);
    if (std::none_of(labels.begin(), labels.end(), isOpen))
        return;
    ++m_effort.looked;
    const std::vector<BrushStroke> strokes = strokesFor(place);
    if (!strokes.empty()) {
        ++m_effort.withErrors;
        paint(place.z, strokes);
    }
    if (m_habits.confirmsPlaces)
        confirm(place);
}

std::vector<BrushStroke> SimulatedCorrector::strokesFor(const Place& place) const
{
    // The brush may reach past the place, where it stays within the true class.
    const Rect slice = m_project.size().sliceRect();
    const Rect area = place.rect.grownBy(2 * m_habits.brush.largestRadiusPx).intersected(slice);
    const std::vector<quint8> truth = classesIn(m_truth, place.z, area);
    const std::vector<quint8> classes = classesIn(m_project.labels(), place.z, area);
    const std::vector<Label> labels = labelsIn(m_project.labels(), place.z, area);
    std::vector<quint8> isJudged(labels.size());
    for (size_t i = 0; i < labels.size(); ++i) {
        const Pixel pixel{area.x + int(i % size_t(area.width)),
                          area.y + int(i / size_t(area.width))};
        isJudged[i] = place.rect.contains(pixel) && isOpen(labels[i]);
    }
    return StrokePlanner(area, slice, truth, m_habits.brush)
        .plan(errorsToMend(area, truth, classes, isJudged, m_habits.brush));
}

void SimulatedCorrector::paint(int z, const std::vector<BrushStroke>& strokes)
{
    for (const BrushStroke& stroke : strokes) {
        LabelPainter painter(m_project, z);
        const Label label(stroke.classIndex, LabelState::corrected);
        painter.disk(stroke.path.front(), stroke.radiusPx, label);
        for (size_t i = 1; i < stroke.path.size(); ++i)
            painter.line(stroke.path[i - 1], stroke.path[i], stroke.radiusPx, label);
        count(painter.finish());
        ++m_effort.strokes;
        m_effort.strokePx += stroke.lengthPx();
    }
}

void SimulatedCorrector::count(const LabelEdit& painted)
{
    for (const LabelEdit::Change& change : painted.changes()) {
        const auto before = change.before ? change.before.labels() : nullptr;
        const auto after = change.after.labels();
        for (int i = 0; i < LabelTile::sizePx * LabelTile::sizePx; ++i) {
            const int x = i % LabelTile::sizePx;
            const int y = i / LabelTile::sizePx;
            const Label was = before ? before->at(x, y) : Label();
            const Label is = after->at(x, y);
            m_effort.paintedPixels += is.isCorrected() && !was.isCorrected();
            m_effort.mendedPixels += is.classIndex() != was.classIndex();
        }
    }
}

void SimulatedCorrector::confirm(const Place& place)
{
    const std::vector<Label> labels = labelsIn(m_project.labels(), place.z, place.rect);
    const std::vector<quint8> truth = classesIn(m_truth, place.z, place.rect);
    for (size_t i = 0; i < labels.size(); ++i) {
        if (labels[i].state() != LabelState::predicted)
            continue;
        ++m_effort.approvedPixels;
        m_effort.mistakenPixels += truth[i] != 0 && labels[i].classIndex() != truth[i];
    }
    ++m_effort.confirmed;
    m_project.apply(confirmRect(m_project.labels(), place.z, place.rect));
}

CorrectionEffort SimulatedCorrector::labelFromNothing(const LabelVolume& truth,
                                                      const SliceRange& slices,
                                                      const CorrectorHabits& habits, bool withFills)
{
    CorrectionEffort effort;
    const Rect slice = truth.size().sliceRect();
    for (const int z : slices) {
        const std::vector<quint8> classes = classesIn(truth, z, slice);
        std::vector<quint8> isPainted(classes.size());
        std::vector<quint8> isFilled(classes.size());
        for (size_t i = 0; i < classes.size(); ++i) {
            isFilled[i] = withFills && classes[i] > 1;
            isPainted[i] = classes[i] != 0 && !isFilled[i];
        }
        const std::vector<quint8> nothing(classes.size());
        const auto mending = errorsToMend(slice, classes, nothing, isPainted, habits.brush);
        const StrokePlanner planner(slice, slice, classes, habits.brush);
        for (const BrushStroke& stroke : planner.plan(mending)) {
            ++effort.strokes;
            effort.strokePx += stroke.lengthPx();
        }
        const std::vector<int> pieces = labelComponents(isFilled, slice.width, slice.height);
        effort.strokes += *std::max_element(pieces.begin(), pieces.end());
    }
    return effort;
}

} // namespace emend
