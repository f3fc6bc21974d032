// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/Prediction.h"
#include "models/Predictor.h"

#include <QObject>

#include <map>
#include <vector>

namespace emend {

class EditHistory;
class Project;
class ProjectStore;

/// Brings predicted slices from the job that predicts into the project, each as soon as it is
/// there.
///
/// Lives on the GUI thread. All slices of one prediction are one step of the history. While a
/// stroke is open slices wait, so that a prediction never gets under the brush.
class PredictionInbox : public QObject
{
    Q_OBJECT

public:
    PredictionInbox(Project& project, EditHistory& history, ProjectStore& store,
                    QObject* parent = nullptr);

    /// Begins a new step of the history; hand the sink to the job. classes: of the model.
    Predictor::Sink begin(const QStringList& modelClasses);

    /// How unsure the model was about a predicted slice, 0..255 on average; -1 where not known.
    double meanUncertainty(int z) const;

    /// What is known of slices that were predicted before.
    void setUncertainty(std::map<int, double> uncertainty)
    {
        m_uncertainty = std::move(uncertainty);
    }

Q_SIGNALS:
    void delivered(int z);

private:
    void deliver(const Prediction& slice, double uncertainty, quint64 group);
    void drain();

    struct Parcel
    {
        Prediction slice;
        double uncertainty;
        quint64 group;
    };

    Project& m_project;
    EditHistory& m_history;
    ProjectStore& m_store;
    std::vector<Parcel> m_waiting;
    std::map<int, double> m_uncertainty;
    quint64 m_group = 0;
};

} // namespace emend
