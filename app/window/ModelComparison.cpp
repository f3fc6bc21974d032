// SPDX-License-Identifier: Apache-2.0
#include "app/window/ModelComparison.h"

#include "app/session/Session.h"
#include "app/window/Actions.h"
#include "app/window/SectionPage.h"
#include "app/window/Workspace.h"
#include "widgets/tools/ToolBox.h"
#include "widgets/view/SliceView.h"

#include <QLocale>

#include <utility>

namespace emend {

namespace {

constexpr int pauseMs = 200; ///< who scrolls through the stack is not held up by a job a slice
constexpr double leastOpacity = 0.25;
constexpr double differenceOpacity = 0.75; ///< single pixels must not be overlooked

QString percentText(double share)
{
    if (share > 0 && share < 0.0005)
        return ModelComparison::tr("Less than %1 %").arg(QLocale().toString(0.1, 'f', 1));
    return ModelComparison::tr("%1 %").arg(QLocale().toString(100 * share, 'f', 1));
}

} // namespace

ModelComparison::ModelComparison(Session& session, Workspace& workspace, const Actions& actions,
                                 QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_workspace(workspace)
    , m_other(actions[Do::showOtherModel])
    , m_difference(actions[Do::showModelDifference])
    , m_leave(actions[Do::leaveComparison])
    , m_showLabels(actions[Do::showOverlay])
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connectActions();
    connectJobs();
    enableActions();
}

void ModelComparison::connectActions()
{
    ComparisonBar* bar = m_workspace.section()->comparison();
    connect(m_other, &QAction::triggered, this,
            [this] { choose(m_shown == Shown::first ? Shown::second : Shown::first); });
    connect(m_difference, &QAction::triggered, this, [this] { choose(Shown::difference); });
    connect(m_leave, &QAction::triggered, this, &ModelComparison::leave);
    connect(bar, &ComparisonBar::shownChosen, this, &ModelComparison::choose);
    connect(bar, &ComparisonBar::leaveWanted, this, &ModelComparison::leave);
    connect(view(), &SliceView::sliceChanged, this, &ModelComparison::onSliceChanged);
    connect(view(), &SliceView::refused, this, [this] {
        if (m_isShown)
            Q_EMIT m_session.failed(tr("Two models are compared; your labels are not shown. Leave "
                                       "the comparison to work on them."));
    });
    connect(&m_session, &Session::opened, this, &ModelComparison::leave);
}

void ModelComparison::connectJobs()
{
    JobRunner& jobs = m_session.jobs();
    connect(&jobs, &JobRunner::cancelled, this, [this] {
        const bool wasOurs = std::exchange(m_predicting, -1) >= 0;
        if (wasOurs && !std::exchange(m_isOutrun, false))
            leave();
    });
    connect(&jobs, &JobRunner::failed, this, [this] {
        if (std::exchange(m_predicting, -1) >= 0)
            leave();
    });
    connect(&jobs, &JobRunner::idle, this, [this] {
        m_predicting = -1;
        predictVisible();
    });
    connect(&m_pause, &QTimer::timeout, this, &ModelComparison::predictVisible);
}

void ModelComparison::compare(int firstModel, int secondModel)
{
    leave();
    if (!m_session.isOpen())
        return Q_EMIT m_session.failed(tr("Open a stack first: models are compared on a slice."));
    if (m_session.isBusy())
        return Q_EMIT m_session.failed(
            tr("Something is running. Stop it, or compare the models when it is done."));
    const ModelHistory& models = m_session.models();
    m_models = {models.at(firstModel), models.at(secondModel)};
    for (std::shared_ptr<RecentAnswers>& recent : m_recentAnswers)
        recent = std::make_shared<RecentAnswers>();
    m_names = {models.name(firstModel), models.name(secondModel)};
    m_shown = Shown::first;
    m_isOn = true;
    enableActions();
    predictVisible();
}

void ModelComparison::leave()
{
    if (!std::exchange(m_isOn, false))
        return;
    m_pause.stop();
    if (std::exchange(m_predicting, -1) >= 0)
        m_session.stop();
    m_isOutrun = false;
    if (std::exchange(m_isShown, false)) {
        if (m_watched)
            disconnect(m_watched, nullptr, this, nullptr);
        view()->setStandIn(nullptr);
        m_workspace.section()->setComparing(false);
        m_showLabels->setChecked(m_hadLabelsShown);
    }
    m_slices.clear();
    m_models = {};
    m_recentAnswers = {};
    enableActions();
}

void ModelComparison::onSliceChanged()
{
    if (!m_isShown)
        return;
    display();
    m_pause.start();
}

void ModelComparison::predictVisible()
{
    const int z = view()->slice();
    if (!m_isOn || m_slices.contains(z))
        return;
    if (m_session.isBusy()) {
        // Goes on when that has ended.
        const bool isAnother = m_predicting >= 0 && m_predicting != z;
        if (isAnother && !std::exchange(m_isOutrun, true))
            m_session.stop();
        return;
    }
    const Project& project = *m_session.project();
    CompareJob::Request request{project.stack(),    project.voxelSize(),
                                project.labels(),   project.classes(),
                                m_models,           z,
                                m_session.device(), {}};
    request.recent = m_recentAnswers;
    request.options.views = m_session.isCareful() ? PredictorOptions::mostViews : 1;
    m_predicting = z;
    m_isOutrun = false;
    m_session.jobs().start<CompareJob>(
        std::make_shared<CompareJob>(std::move(request)),
        [this](CompareJob& done) { take(done.slice(), done.takeResult()); });
}

void ModelComparison::take(int z, CompareJob::Result result)
{
    if (!m_isOn)
        return;
    m_slices.insert_or_assign(z, std::move(result));
    if (!m_isShown)
        begin();
    display();
}

void ModelComparison::begin()
{
    m_isShown = true;
    m_hadLabelsShown = m_showLabels->isChecked();
    m_showLabels->setChecked(true);
    SectionPage* section = m_workspace.section();
    section->comparison()->setModels(m_names[0], m_names[1]);
    section->setComparing(true,
                          tr("%1: the other model · %2: where they differ · %3: leave")
                              .arg(m_other->shortcut().toString(QKeySequence::NativeText),
                                   m_difference->shortcut().toString(QKeySequence::NativeText),
                                   m_leave->shortcut().toString(QKeySequence::NativeText)));
    display(); // first: a tool in hand ends its stroke, which is no reason to leave
    Project* project = m_session.project();
    m_watched = project;
    connect(project, &Project::labelsChanged, this, &ModelComparison::leave);
    connect(project, &Project::predictionChanged, this, &ModelComparison::leave);
    connect(project, &Project::classesChanged, this, &ModelComparison::leave);
    enableActions();
}

void ModelComparison::choose(Shown shown)
{
    m_shown = shown;
    if (m_isShown)
        display();
}

void ModelComparison::display()
{
    const auto found = m_slices.find(view()->slice());
    const CompareJob::Result* compared = found == m_slices.end() ? nullptr : &found->second;
    ComparisonBar* bar = m_workspace.section()->comparison();
    bar->setShown(m_shown);
    bar->setSentence(sentenceOf(compared));
    view()->setStandIn(standInFor(compared));
}

std::shared_ptr<const StandInLabels>
ModelComparison::standInFor(const CompareJob::Result* compared) const
{
    StandInLabels standIn;
    if (!compared) {
        // Nothing but grey: the labels of the project would be taken for a model's.
        standIn.labels = LabelVolume(m_session.project()->size());
        return std::make_shared<const StandInLabels>(std::move(standIn));
    }
    const ComparedSlice& slice = compared->slice;
    standIn.labels = m_shown == Shown::first    ? slice.first
                     : m_shown == Shown::second ? slice.second
                                                : slice.difference;
    standIn.classes = compared->classes;
    standIn.leastOpacity = m_shown == Shown::difference ? differenceOpacity : leastOpacity;
    for (int i = 1; m_shown == Shown::difference && i <= standIn.classes.count(); ++i) {
        LabelClass labelClass = standIn.classes.at(i);
        labelClass.isVisible = true;
        standIn.classes.set(i, labelClass);
    }
    return std::make_shared<const StandInLabels>(std::move(standIn));
}

QString ModelComparison::sentenceOf(const CompareJob::Result* compared) const
{
    if (!compared)
        return tr("This slice is being predicted with both models.");
    const double share = compared->slice.differingShare();
    const QString percent = percentText(share);
    QString text = compared->slice.differing == 0 ? tr("The models agree on every pixel.")
                   : m_shown == Shown::difference
                       ? tr("%1 of the pixels differ; their colour is what B says.").arg(percent)
                       : tr("%1 of the pixels differ.").arg(percent);
    if (compared->namesDiffer)
        text += u' ' + tr("The models name their classes differently; the colours are those of "
                          "your classes.");
    return text;
}

void ModelComparison::enableActions()
{
    m_other->setEnabled(m_isShown);
    m_difference->setEnabled(m_isShown);
    m_leave->setEnabled(m_isOn);
}

SliceView* ModelComparison::view() const
{
    return m_workspace.section()->view();
}

} // namespace emend
