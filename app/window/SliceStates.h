// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/SliceState.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <set>
#include <vector>

namespace emend {

class Project;

/// How far each slice has come, kept up to date while labels change.
///
/// Counting a large slice takes milliseconds, so it is done between events, a few slices at a
/// time: painting never waits for it. GUI thread.
class SliceStates : public QObject
{
    Q_OBJECT

public:
    explicit SliceStates(QObject* parent = nullptr);

    /// Null for none. A new project's slices are untouched until they have been counted.
    void setProject(Project* project);

    SliceState state(int z) const;

    /// Something on the slice can be confirmed.
    bool hasPredicted(int z) const;
    int count(SliceState state) const;

Q_SIGNALS:
    void stateChanged(int z, emend::SliceState state);

    /// After some slices were counted.
    void counted();

private:
    struct Counted
    {
        SliceState state = SliceState::untouched;
        bool hasPredicted = false;
    };

    void onLabelsChanged(int z);
    void countSome();

    QPointer<Project> m_project;
    std::vector<Counted> m_slices;
    std::set<int> m_stale;
    QTimer m_timer;
};

} // namespace emend
