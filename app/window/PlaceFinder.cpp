// SPDX-License-Identifier: Apache-2.0
#include "app/window/PlaceFinder.h"

#include "core/Error.h"
#include "core/project/Project.h"

#include <algorithm>
#include <utility>

namespace emend {

namespace {

constexpr int delayMs = 150; ///< many changes of one stroke are looked at once

} // namespace

PlaceFinder::PlaceFinder(QObject* parent)
    : QObject(parent)
{
    m_thread.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &PlaceFinder::lookAtOne);
}

PlaceFinder::~PlaceFinder()
{
    m_thread.waitForDone();
}

void PlaceFinder::setProject(Project* project)
{
    if (m_project)
        disconnect(m_project, nullptr, this, nullptr);
    m_project = project;
    m_places = {};
    m_visited.clear();
    m_current.reset();
    m_stale.clear();
    m_isLooking = false;
    ++m_generation;
    if (!project)
        return;
    connect(project, &Project::labelsChanged, this, &PlaceFinder::onLabelsChanged);
    connect(project, &Project::strokesClosed, this, [this] { lookIn(delayMs); });
    connect(project, &Project::predictionChanged, this, &PlaceFinder::onPredictionChanged);
    m_predicted.assign(size_t(project->size().slices), nullptr);
    onPredictionChanged();
}

std::optional<Place> PlaceFinder::next() const
{
    const std::vector<Place> ranked = m_places.ranked();
    if (ranked.empty())
        return {};
    const auto unseen = std::find_if(ranked.begin(), ranked.end(),
                                     [this](const Place& place) { return !wasVisited(place); });
    return unseen == ranked.end() ? ranked.front() : *unseen;
}

void PlaceFinder::visit(const Place& place)
{
    m_visited.push_back(place);
    m_current = place;
}

void PlaceFinder::settle(const Place& place)
{
    m_places.drop(place);
    m_current.reset();
    Q_EMIT found();
}

// Places move a little when something in them is corrected.
bool PlaceFinder::wasVisited(const Place& place) const
{
    return std::any_of(m_visited.begin(), m_visited.end(), [&place](const Place& visited) {
        const qint64 shared = place.rect.intersected(visited.rect).pixelCount();
        return visited.z == place.z && 2 * shared > place.rect.pixelCount();
    });
}

void PlaceFinder::onLabelsChanged(int z)
{
    m_stale.insert(z);
    lookIn(delayMs);
}

/// A stroke changes its slice all the time: that is looked at when the stroke is done.
void PlaceFinder::lookIn(int ms)
{
    const bool hasWork = m_project && !m_stale.empty() && !m_project->hasOpenStroke();
    if (hasWork && !m_isLooking && !m_timer.isActive())
        m_timer.start(ms);
}

void PlaceFinder::onPredictionChanged()
{
    m_visited.clear();
    m_current.reset();
    for (size_t z = 0; z < m_predicted.size(); ++z) {
        const auto now = m_project->prediction().storedSlice(int(z));
        if (std::exchange(m_predicted[z], now) != now)
            onLabelsChanged(int(z));
    }
}

void PlaceFinder::lookAtOne()
{
    if (!m_project || m_stale.empty() || m_project->hasOpenStroke())
        return;
    const int z = *m_stale.begin();
    m_stale.erase(m_stale.begin());
    m_isLooking = true;
    m_thread.start([this, z, generation = m_generation, prediction = m_project->prediction(),
                    labels = m_project->labels()] {
        PlacesToCorrect looked;
        try {
            looked.look(prediction, labels, z);
        } catch (const Error&) {
            // Damaged or too large for the memory: whoever shows the slice says so.
        }
        QMetaObject::invokeMethod(
            this,
            [this, z, generation, looked] {
                if (generation == m_generation)
                    take(looked, z);
            },
            Qt::QueuedConnection);
    });
}

void PlaceFinder::take(const PlacesToCorrect& looked, int z)
{
    m_isLooking = false;
    m_places.take(looked, z);
    Q_EMIT found();
    lookIn(0);
}

} // namespace emend
