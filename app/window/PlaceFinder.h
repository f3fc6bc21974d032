// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/PlacesToCorrect.h"

#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>

#include <optional>
#include <set>
#include <vector>

namespace emend {

class Project;

/// Keeps the list of places to correct up to date while labels and predictions change, and leads
/// from one place to the next.
///
/// A large slice takes long to look through, so snapshots are, one slice at a time, on a thread of
/// its own and not while a stroke is drawn: neither painting nor learning waits for it. GUI thread.
class PlaceFinder : public QObject
{
    Q_OBJECT

public:
    explicit PlaceFinder(QObject* parent = nullptr);
    ~PlaceFinder() override;

    /// Null for none.
    void setProject(Project* project);

    /// The place worth most that was not visited; all over again when every one was. Empty
    /// where nothing is in doubt, or not known yet.
    std::optional<Place> next() const;

    /// The user was led there: there are others to see first now.
    void visit(const Place& place);

    /// Where the user was led last; empty once it is settled, and after a new prediction.
    const std::optional<Place>& current() const { return m_current; }

    /// The user has dealt with that place: nobody is led there again, though the list has not been
    /// brought up to date yet.
    void settle(const Place& place);

    /// Every change so far has been looked at.
    bool isUpToDate() const { return m_stale.empty() && !m_isLooking; }

Q_SIGNALS:
    /// The list changed.
    void found();

private:
    void onLabelsChanged(int z);
    void onPredictionChanged();
    void lookIn(int ms);
    void lookAtOne();
    void take(const PlacesToCorrect& looked, int z);
    bool wasVisited(const Place& place) const;

    QPointer<Project> m_project;
    PlacesToCorrect m_places;
    std::vector<Place> m_visited;
    std::optional<Place> m_current;
    std::vector<Prediction::StoredSlice> m_predicted; ///< what was last known of each slice
    std::set<int> m_stale;
    bool m_isLooking = false;
    int m_generation = 0; ///< what is looked at of an older one is of another project
    QTimer m_timer;
    QThreadPool m_thread;
};

} // namespace emend
