// SPDX-License-Identifier: Apache-2.0
#include "app/window/PanelLinks.h"

#include "app/session/Session.h"
#include "app/window/Actions.h"
#include "app/window/SectionPage.h"
#include "app/window/SliceStates.h"
#include "app/window/Workspace.h"
#include "widgets/panels/ClassPanel.h"
#include "widgets/panels/CorrectPanel.h"
#include "widgets/panels/ExportPanel.h"
#include "widgets/panels/JobBar.h"
#include "widgets/panels/LearnPanel.h"
#include "widgets/panels/PredictPanel.h"
#include "widgets/panels/SliceStrip.h"
#include "widgets/tools/ToolBox.h"
#include "widgets/view/SliceView.h"

namespace emend {

namespace {

LearnFrom learnFrom(LearnPanel::Start start)
{
    switch (start) {
    case LearnPanel::Start::current:
        return LearnFrom::currentModel;
    case LearnPanel::Start::base:
        return LearnFrom::baseModel;
    case LearnPanel::Start::nothing:
        break;
    }
    return LearnFrom::nothing;
}

} // namespace

PanelLinks::PanelLinks(Session& session, SliceStates& states, Workspace& workspace,
                       ToolBox& toolBox, const Actions& actions, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_states(states)
    , m_workspace(workspace)
    , m_toolBox(toolBox)
    , m_actions(actions)
{
    connectRequests();
    connectJobs();
    connectLearning();
    connect(&session, &Session::opened, this, &PanelLinks::onOpened);
    connect(&session, &Session::nextStepChanged, this, &PanelLinks::refresh);
    connect(&session, &Session::busyChanged, this, &PanelLinks::refresh);
    connect(&session, &Session::modelsChanged, this, &PanelLinks::showModels);
    SliceStrip* strip = workspace.section()->strip();
    connect(&states, &SliceStates::stateChanged, strip, &SliceStrip::setState);
    connect(&states, &SliceStates::counted, this, &PanelLinks::refresh);
    connect(&m_finder, &PlaceFinder::found, this, &PanelLinks::showCorrections);
    showModels();
}

void PanelLinks::connectRequests()
{
    Workspace& w = m_workspace;
    SliceView* view = w.section()->view();
    connect(w.predict(), &PredictPanel::sliceWanted, this, &PanelLinks::predictSlice);
    connect(w.predict(), &PredictPanel::allWanted, this, &PanelLinks::predictAll);
    connect(w.predict(), &PredictPanel::modelChosen, &m_session.shelf(), &ModelShelf::setCurrent);
    connect(w.predict(), &PredictPanel::carefulChosen, &m_session, &Session::setCareful);
    connect(w.predict(), &PredictPanel::overlayOpacityChosen, view, &SliceView::setOverlayOpacity);
    connect(w.correct(), &CorrectPanel::confirmWanted, this, &PanelLinks::confirmSlice);
    connect(w.correct(), &CorrectPanel::sliceWanted, this, &PanelLinks::goToNextPlace);
    connect(w.correct(), &CorrectPanel::placeConfirmed, this, &PanelLinks::confirmPlace);
    connect(w.learn(), &LearnPanel::learnWanted, this, &PanelLinks::learn);
    connect(w.exports(), &ExportPanel::exportWanted, this, &PanelLinks::exportWanted);
    connect(w.classes(), &ClassPanel::classChosen, &m_toolBox, &ToolBox::setCurrentClass);
    connect(&m_toolBox, &ToolBox::classChanged, w.classes(), &ClassPanel::setCurrentClass);
    connect(w.classes(), &ClassPanel::classEdited, this, &PanelLinks::editClass);
    connect(w.classes(), &ClassPanel::classWanted, this, &PanelLinks::addClass);
    connect(&m_toolBox, &ToolBox::edited, &m_session, &Session::recordEdit);
    connect(view, &SliceView::sliceChanged, &m_session, &Session::setVisibleSlice);
    connect(view, &SliceView::refused, this, [this, view] {
        if (!view->hasStandIn())
            m_session.refuseChange();
    });
    connect(view, &SliceView::sliceChanged, this, &PanelLinks::refresh);
    connect(view, &SliceView::transformChanged, this, [this] {
        m_workspace.correct()->setCanConfirmPlace(!m_session.isReadOnly() && shownPlace());
    });
}

void PanelLinks::connectJobs()
{
    JobBar* bar = m_workspace.section()->jobBar();
    JobRunner& jobs = m_session.jobs();
    connect(&jobs, &JobRunner::started, bar, &JobBar::start);
    connect(&jobs, &JobRunner::progressed, bar, &JobBar::setProgress);
    connect(&jobs, &JobRunner::idle, bar, &JobBar::finish);
    connect(bar, &JobBar::stopWanted, &m_session, &Session::stop);
}

void PanelLinks::connectLearning()
{
    LearnPanel* panel = m_workspace.learn();
    connect(panel, &LearnPanel::startChosen, this, &PanelLinks::showAutomatic);
    connect(&m_session, &Session::deviceChanged, this, &PanelLinks::showAutomatic);
    connect(&m_session, &Session::learningStarted, panel, &LearnPanel::start);
    connect(&m_session, &Session::learningPoint, panel, [panel](const TrainingPoint& point) {
        panel->addPoint(point.steps, {point.step, point.loss, point.heldOutScore});
    });
    connect(&m_session, &Session::learned, panel,
            [this, panel](const TrainingResult& result, bool isKept) {
                const CorrectedErrors errors = m_session.correctedErrors();
                panel->finish({result.scoreBefore, result.scoreAfter, isKept, errors.corrected,
                               errors.wrong, m_session.models().gainsNothingMore()});
                m_workspace.section()->strip()->setHeldOut(m_session.heldOutSlices());
            });
    connect(&m_session.jobs(), &JobRunner::idle, panel, &LearnPanel::abandon);
}

void PanelLinks::onOpened()
{
    Project* project = m_session.project();
    SectionPage* section = m_workspace.section();
    section->strip()->setSliceCount(project->size().slices);
    section->view()->setProject(project);
    section->view()->setEditable(!m_session.isReadOnly());
    m_states.setProject(project);
    m_finder.setProject(project);
    m_workspace.predict()->setSliceCount(project->size().slices);
    connect(project, &Project::classesChanged, this, &PanelLinks::showClasses);
    connect(project, &Project::predictionChanged, this, &PanelLinks::refresh);
    m_toolBox.setCurrentClass(1);
    showClasses();
    refresh();
}

int PanelLinks::visibleSlice() const
{
    return m_workspace.section()->view()->slice();
}

int PanelLinks::nextSlice() const
{
    if (const std::optional<Place> place = m_finder.next())
        return place->z;
    return m_session.nextSliceToCorrect(
        [this](int z) { return m_states.state(z) == SliceState::confirmed; });
}

void PanelLinks::predictSlice()
{
    m_session.predict(SliceRange::single(visibleSlice()));
}

void PanelLinks::predictAll()
{
    if (m_session.isOpen())
        m_session.predict(SliceRange::all(m_session.project()->size().slices));
}

void PanelLinks::confirmSlice()
{
    m_session.confirmSlice(visibleSlice());
}

void PanelLinks::goToNextPlace()
{
    if (const std::optional<Place> place = m_finder.next()) {
        m_finder.visit(*place);
        show(*place);
    } else if (const int z = nextSlice(); z >= 0) {
        m_workspace.section()->view()->setSlice(z);
    }
    showCorrections();
}

void PanelLinks::confirmPlace()
{
    const std::optional<Place> place = shownPlace();
    if (!place)
        return Q_EMIT m_session.failed(
            tr("No place is shown. Go to the next place to correct (%1) first.")
                .arg(m_actions[Do::nextToCorrect]->shortcut().toString(QKeySequence::NativeText)));
    if (m_session.isReadOnly())
        return m_session.refuseChange();
    if (m_session.project()->hasOpenStroke())
        return;
    m_session.confirmPlace(*place);
    m_finder.settle(*place);
    goToNextPlace();
}

/// Where the user was led last, while it is in sight.
std::optional<Place> PanelLinks::shownPlace() const
{
    const SliceView* view = m_workspace.section()->view();
    const std::optional<Place> place = m_finder.current();
    if (!place || place->z != view->slice())
        return {};
    const QPoint middle = view->widgetFromPixel(place->centre()).toPoint();
    return view->rect().contains(middle) ? place : std::nullopt;
}

void PanelLinks::framePlace()
{
    const std::optional<Place> place = m_finder.current();
    SliceView* view = m_workspace.section()->view();
    const bool isHere = place && place->z == view->slice();
    if (isHere)
        view->setFrame(place->rect, place->crux);
    else
        view->setFrame({});
}

void PanelLinks::show(const Place& place)
{
    constexpr int placesAcross = 5; // enough around it to judge
    SliceView* view = m_workspace.section()->view();
    view->setSlice(place.z);
    // Who has chosen a zoom keeps it.
    if (view->fitsWindow()) {
        const QSize shown = view->transform().viewport();
        const double whole = double(std::min(shown.width(), shown.height()));
        view->setZoom(std::max(view->zoom(), whole / (placesAcross * PlacesToCorrect::sidePx)));
    }
    view->centreOn(place.centre());
}

void PanelLinks::learn()
{
    const LearnPanel::Options chosen = m_workspace.learn()->options();
    TrainingOptions options;
    options.steps = chosen.steps;
    options.batch = chosen.batch;
    options.learningRate = chosen.learningRate;
    options.seed = quint64(chosen.seed);
    m_session.learn(options, learnFrom(chosen.start));
}

// With what the user chose himself left open: it is shown beside what he may choose.
void PanelLinks::showAutomatic()
{
    if (!m_session.isDeviceKnown())
        return; // deviceChanged() is to come
    LearnPanel* panel = m_workspace.learn();
    const auto parent = m_session.teachable(learnFrom(panel->options().start));
    const TrainingOptions all = resolved({}, m_session.device(), parent.get());
    panel->setAutomatic({all.steps, all.batch, all.patchPx, all.learningRate});
}

void PanelLinks::addClass()
{
    if (!m_session.isOpen())
        return;
    ClassTable classes = m_session.project()->classes();
    const int next = classes.count() + 1;
    try {
        classes.add({tr("class %1").arg(next), ClassTable::standardColour(next)});
    } catch (const Error& error) {
        Q_EMIT m_session.failed(error.text());
        return;
    }
    m_session.changeClasses(classes, tr("new class"));
    m_toolBox.setCurrentClass(next);
}

void PanelLinks::editClass(int classIndex, const LabelClass& labelClass)
{
    ClassTable classes = m_session.project()->classes();
    classes.set(classIndex, labelClass);
    m_session.changeClasses(classes, tr("change of class %1").arg(labelClass.name));
}

void PanelLinks::showClasses()
{
    const ClassTable& classes = m_session.project()->classes();
    m_workspace.classes()->setClasses(classes);
    m_workspace.classes()->setCurrentClass(m_toolBox.currentClass());
    for (int i = 1; i <= Actions::classCount; ++i) {
        QAction* action = m_actions.chooseClass(i);
        action->setVisible(classes.contains(i));
        action->setEnabled(classes.contains(i));
        if (classes.contains(i))
            action->setText(classes.at(i).name);
    }
}

void PanelLinks::showModels()
{
    const ModelHistory& models = m_session.models();
    m_workspace.predict()->setModels(models.names(), models.currentIndex());
    const auto name = [&models](int index) {
        return index < 0 ? QString() : models.name(index);
    };
    m_workspace.learn()->setModels(name(models.currentIndex()), name(models.baseIndex()));
    m_actions[Do::saveModel]->setEnabled(models.current() != nullptr);
    refresh();
}

void PanelLinks::showCorrections()
{
    const int confirmed = m_states.count(SliceState::confirmed);
    const int partly = m_states.count(SliceState::partly);
    m_workspace.correct()->setCounts(confirmed, partly);
    const int next = nextSlice();
    const bool isElsewhere = next != visibleSlice() || m_finder.next();
    m_workspace.correct()->setNextSlice(isElsewhere ? next : -1);
    m_actions[Do::nextToCorrect]->setEnabled(next >= 0);

    framePlace();
    const bool isOwn = m_session.isOpen() && !m_session.isReadOnly();
    m_workspace.correct()->setCanConfirmPlace(isOwn && shownPlace().has_value());
    m_actions[Do::confirmPlace]->setEnabled(m_session.isOpen());

    const bool isFree = isOwn && !m_session.isBusy();
    m_workspace.learn()->setCanLearn(isFree && confirmed + partly > 0);
    m_actions[Do::learn]->setEnabled(isFree && confirmed + partly > 0);
}

void PanelLinks::refresh()
{
    const bool isOpen = m_session.isOpen();
    const bool isFree = isOpen && !m_session.isBusy();
    const bool isOwn = isOpen && !m_session.isReadOnly();
    const bool canPredict = isFree && isOwn && m_session.models().current();
    const bool canConfirm = isOwn && m_states.hasPredicted(visibleSlice());
    m_workspace.predict()->setCanPredict(isFree && isOwn);
    m_workspace.correct()->setCanConfirm(canConfirm);
    m_workspace.exports()->setCanExport(isFree);
    m_workspace.exports()->setHasPrediction(isOpen && !m_session.project()->prediction().isEmpty());
    showCorrections();
    for (Do id : {Do::predictSlice, Do::predictAll})
        m_actions[id]->setEnabled(canPredict);
    m_actions[Do::confirmSlice]->setEnabled(canConfirm);
    m_actions[Do::exportLabels]->setEnabled(isFree);
    m_actions[Do::stop]->setEnabled(m_session.isBusy());

    const NextStep next = m_session.nextStep();
    m_workspace.predict()->setNextStep(next == NextStep::predict);
    m_workspace.correct()->setNextStep(next == NextStep::confirm);
    m_workspace.learn()->setNextStep(next == NextStep::learn);
}

} // namespace emend
