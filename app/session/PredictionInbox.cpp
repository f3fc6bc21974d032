// SPDX-License-Identifier: Apache-2.0
#include "app/session/PredictionInbox.h"

#include "app/session/ClassMapping.h"
#include "core/project/EditHistory.h"
#include "core/project/Project.h"
#include "core/store/ProjectStore.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace emend {

PredictionInbox::PredictionInbox(Project& project, EditHistory& history, ProjectStore& store,
                                 QObject* parent)
    : QObject(parent)
    , m_project(project)
    , m_history(history)
    , m_store(store)
{
    // Queued: the stroke's own edit gets into the history first.
    connect(&project, &Project::strokesClosed, this, &PredictionInbox::drain, Qt::QueuedConnection);
}

Predictor::Sink PredictionInbox::begin(const QStringList& modelClasses)
{
    ClassTable classes = m_project.classes();
    const std::vector<int> mapping = mapModelClasses(modelClasses, classes);
    m_history.performClasses(classes, tr("classes of the model"));

    const quint64 group = ++m_group;
    const VolumeSize size = m_project.size();
    const int classCount = classes.count();
    return [this, mapping, group, size, classCount](int z, const ProbabilityMap& map) {
        // Compressing and averaging is no work for the GUI thread.
        Prediction slice(size, classCount);
        slice.setSlice(z, mapPlanes(map, mapping, classCount));
        const std::vector<quint8> unsure = slice.uncertainty(z);
        const double mean = std::accumulate(unsure.begin(), unsure.end(), 0.0) /
                            double(std::max<size_t>(1, unsure.size()));
        QMetaObject::invokeMethod(
            this, [this, slice, mean, group] { deliver(slice, mean, group); },
            Qt::QueuedConnection);
    };
}

double PredictionInbox::meanUncertainty(int z) const
{
    const auto found = m_uncertainty.find(z);
    return found == m_uncertainty.end() ? -1 : found->second;
}

void PredictionInbox::deliver(const Prediction& slice, double uncertainty, quint64 group)
{
    m_waiting.push_back({slice, uncertainty, group});
    drain();
}

void PredictionInbox::drain()
{
    if (m_project.hasOpenStroke())
        return;
    for (const Parcel& parcel : std::exchange(m_waiting, {})) {
        const int z = parcel.slice.slices()[0];
        m_project.mergePrediction(parcel.slice);
        m_uncertainty[z] = parcel.uncertainty;
        m_store.putPrediction(z, parcel.slice, parcel.uncertainty);
        m_history.performInGroup(parcel.slice.toEdit(m_project.labels(), SliceRange::single(z)),
                                 tr("prediction"), parcel.group);
        Q_EMIT delivered(z);
    }
}

} // namespace emend
