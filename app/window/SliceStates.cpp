// SPDX-License-Identifier: Apache-2.0
#include "app/window/SliceStates.h"

#include "core/project/Project.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace emend {

namespace {

constexpr int delayMs = 80; ///< many changes of one stroke are counted once
constexpr int budgetMs = 6; ///< of counting between two events

} // namespace

SliceStates::SliceStates(QObject* parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SliceStates::countSome);
}

void SliceStates::setProject(Project* project)
{
    if (m_project)
        disconnect(m_project, nullptr, this, nullptr);
    m_project = project;
    m_slices.assign(project ? size_t(project->size().slices) : 0, {});
    m_stale.clear();
    m_timer.stop();
    if (!project)
        return;
    connect(project, &Project::labelsChanged, this, &SliceStates::onLabelsChanged);
    for (int z = 0; z < project->size().slices; ++z) {
        if (!project->labels().touchedTiles(z).empty())
            onLabelsChanged(z);
    }
}

SliceState SliceStates::state(int z) const
{
    return size_t(z) < m_slices.size() ? m_slices[size_t(z)].state : SliceState::untouched;
}

bool SliceStates::hasPredicted(int z) const
{
    return size_t(z) < m_slices.size() && m_slices[size_t(z)].hasPredicted;
}

int SliceStates::count(SliceState state) const
{
    return int(std::count_if(m_slices.begin(), m_slices.end(),
                             [state](const Counted& slice) { return slice.state == state; }));
}

void SliceStates::onLabelsChanged(int z)
{
    m_stale.insert(z);
    if (!m_timer.isActive())
        m_timer.start(delayMs);
}

void SliceStates::countSome()
{
    QElapsedTimer clock;
    clock.start();
    while (m_project && !m_stale.empty() && clock.elapsed() < budgetMs) {
        const int z = *m_stale.begin();
        m_stale.erase(m_stale.begin());
        const auto counts = m_project->labels().countStates(z);
        m_slices[size_t(z)].hasPredicted = counts[size_t(LabelState::predicted)] > 0;
        const SliceState state = sliceState(m_project->labels(), z);
        if (std::exchange(m_slices[size_t(z)].state, state) != state)
            Q_EMIT stateChanged(z, state);
    }
    if (!m_stale.empty())
        m_timer.start(0);
    Q_EMIT counted();
}

} // namespace emend
