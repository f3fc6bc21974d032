// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/jobs/CompareJob.h"
#include "widgets/panels/ComparisonBar.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <array>
#include <map>
#include <memory>

namespace emend {

class Actions;
class Session;
class SliceView;
class Workspace;
struct StandInLabels;

/// Shows the slice on screen as two models see it, and where they differ.
///
/// Labels, prediction and history never learn of it; whatever changes them ends the comparison, so
/// that nobody works on what is not shown. A slice is predicted when the user comes to it. GUI
/// thread; owned by the main window, everything it is given lives as long.
class ModelComparison : public QObject
{
    Q_OBJECT

public:
    ModelComparison(Session& session, Workspace& workspace, const Actions& actions,
                    QObject* parent);

    /// Begins with the slice that is shown; the view changes when its prediction is there.
    void compare(int firstModel, int secondModel);

    /// Brings back the view as it was, and stops what still runs for the comparison.
    void leave();

    /// From compare() to leave().
    bool isOn() const { return m_isOn; }

    /// The view shows what the models say.
    bool isShown() const { return m_isShown; }

private:
    using Shown = ComparisonBar::Shown;

    void connectActions();
    void connectJobs();
    void onSliceChanged();
    void predictVisible();
    void take(int z, CompareJob::Result result);
    void begin();
    void choose(Shown shown);
    void display();
    std::shared_ptr<const StandInLabels> standInFor(const CompareJob::Result* compared) const;
    QString sentenceOf(const CompareJob::Result* compared) const;
    void enableActions();
    SliceView* view() const;

    Session& m_session;
    Workspace& m_workspace;
    QAction* m_other;
    QAction* m_difference;
    QAction* m_leave;
    QAction* m_showLabels;
    QPointer<QObject> m_watched; ///< the project while it is compared on
    std::array<std::shared_ptr<const Checkpoint>, 2> m_models;
    std::array<std::shared_ptr<RecentAnswers>, 2> m_recentAnswers;
    std::array<QString, 2> m_names;
    std::map<int, CompareJob::Result> m_slices;
    Shown m_shown = Shown::first;
    bool m_isOn = false;
    bool m_isShown = false;
    int m_predicting = -1;   ///< the slice of the running job, if that is of this comparison
    bool m_isOutrun = false; ///< it was stopped because the user is at another slice already
    bool m_hadLabelsShown = true;
    QTimer m_pause;
};

} // namespace emend
