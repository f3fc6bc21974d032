// SPDX-License-Identifier: Apache-2.0
#include "app/session/Session.h"

#include "app/jobs/FineTuneJob.h"
#include "app/jobs/PredictJob.h"
#include "app/jobs/RepairJob.h"
#include "app/jobs/SaveCopyJob.h"
#include "app/session/ClassMapping.h"
#include "app/session/DamageWatch.h"
#include "app/session/PredictionInbox.h"
#include "core/labels/SliceState.h"

#include <QFileInfo>

#include <algorithm>

namespace emend {

namespace {

/// From the click to the new model; predicting the visible slice again comes on top.
constexpr double learningSeconds = 50;

} // namespace

Session::Session(QObject* parent)
    : QObject(parent)
    , m_device([this] {
        QMetaObject::invokeMethod(
            this, [this] { setDevice(device()); }, Qt::QueuedConnection);
    })
{
    connect(&m_jobs, &JobRunner::started, this, [this] { Q_EMIT busyChanged(true); });
    connect(&m_jobs, &JobRunner::idle, this, [this] { Q_EMIT busyChanged(false); });
    connect(&m_jobs, &JobRunner::failed, this, &Session::failed);
    connect(&m_shelf, &ModelShelf::changed, this, &Session::modelsChanged);
    connect(&m_shelf, &ModelShelf::failed, this, &Session::failed);
    connect(&m_shelf, &ModelShelf::told, this, &Session::told);
}

Session::~Session() = default;

void Session::setDevice(ComputeDevice device)
{
    m_device.set(device);
    Q_EMIT deviceChanged();
}

QString Session::deviceText() const
{
    if (!m_device.isKnown())
        return tr("looking for a graphics card");
    return device().describe(device().resolve(Precision::automatic));
}

NextStep Session::nextStep() const
{
    if (!isOpen())
        return NextStep::open;
    if (m_hasNewCorrections)
        return NextStep::learn;
    return m_project->prediction().isEmpty() ? NextStep::predict : NextStep::confirm;
}

int Session::nextSliceToCorrect() const
{
    return nextSliceToCorrect(
        [this](int z) { return sliceState(m_project->labels(), z) == SliceState::confirmed; });
}

int Session::nextSliceToCorrect(const std::function<bool(int)>& isConfirmed) const
{
    if (!isOpen())
        return -1;
    int next = -1;
    double mostUnsure = -1;
    for (int z : m_project->prediction().slices()) {
        if (isConfirmed(z))
            continue;
        const double unsure = m_inbox->meanUncertainty(z);
        if (next < 0 || unsure > mostUnsure) {
            next = z;
            mostUnsure = unsure;
        }
    }
    return next;
}

void Session::open(const OpenRequest& request)
{
    if (isBusy())
        return;
    auto job = std::make_shared<OpenProjectJob>(request);
    m_jobs.start<OpenProjectJob>(job, [this](OpenProjectJob& done) { take(done.takeOpened()); });
}

void Session::take(OpenProjectJob::Opened opened)
{
    if (opened.stack)
        return adopt(std::move(opened));
    const auto ask = opened.store ? &Session::stackWanted : &Session::projectInUse;
    whenIdle([this, ask, path = opened.projectPath, text = opened.notes.join(u' ')] {
        Q_EMIT(this->*ask)(path, text);
    });
}

void Session::adopt(OpenProjectJob::Opened opened)
{
    // The old project stays until opened() has been told: the views still look at it.
    const std::unique_ptr<ProjectStore> oldStore = std::move(m_store);
    const std::unique_ptr<Project> oldProject = std::move(m_project);
    const std::unique_ptr<EditHistory> oldHistory = std::move(m_history);
    const std::unique_ptr<PredictionInbox> oldInbox = std::move(m_inbox);
    const std::unique_ptr<DamageWatch> oldDamage = std::move(m_damage);

    ProjectContents& contents = opened.contents;
    m_store = std::move(opened.store);
    m_project = std::make_unique<Project>(std::move(opened.stack), contents);
    m_history = std::make_unique<EditHistory>(*m_project);
    m_history->keepIn(*m_store, contents.steps, contents.position);
    m_inbox = std::make_unique<PredictionInbox>(*m_project, *m_history, *m_store);
    m_inbox->setUncertainty(std::move(contents.unsure));
    m_recentAnswers = std::make_shared<RecentAnswers>();
    m_damage = std::make_unique<DamageWatch>(*m_project, *m_store);
    connect(m_inbox.get(), &PredictionInbox::delivered, this, &Session::nextStepChanged);
    connect(m_store.get(), &ProjectStore::networkTrouble, this, &Session::failed);
    connect(m_damage.get(), &DamageWatch::found, this, &Session::failed);
    connect(m_store.get(), &ProjectStore::statusChanged, this,
            [this] { Q_EMIT saveStatusChanged(m_store->status()); });
    const QStringList problems = m_shelf.open(*m_store, contents.models, contents.currentModel);
    m_keptView = contents.view;
    m_heldOutSlices = {};
    m_visibleSlice = 0;
    m_hasNewCorrections = contents.models.empty() && hasCorrections(contents.labels);
    Q_EMIT this->opened(opened.notes + problems);
    Q_EMIT modelsChanged();
    Q_EMIT nextStepChanged();
    Q_EMIT saveStatusChanged(m_store->status());
}

// As soon as the job that is just being published has ended.
void Session::openNext(const QString& path)
{
    whenIdle([this, path] { open({path, {}, {}, {}}); });
}

void Session::saveCopy(const QString& path, bool goOn)
{
    if (!isOpen() || isBusy())
        return;
    auto job = std::make_shared<SaveCopyJob>(*m_store, path);
    m_jobs.start<SaveCopyJob>(job, [this, goOn](SaveCopyJob& done) {
        Q_EMIT told(tr("Saved a copy as %1").arg(QFileInfo(done.path()).fileName()));
        if (!goOn)
            return;
        if (!done.isUpToDate())
            throw Error(tr("You went on working while the copy was written, so Emend stays with "
                           "this project. Save again to go on with the copy."));
        openNext(done.path());
    });
}

void Session::repair(const QString& damagedPath, const QString& newPath)
{
    if (isBusy())
        return;
    auto job = std::make_shared<RepairJob>(damagedPath, newPath);
    m_jobs.start<RepairJob>(job, [this](RepairJob& done) {
        Q_EMIT told(
            tr("Brought %Ln tile(s) of labels into %1; lost: %2", nullptr, int(done.report().tiles))
                .arg(QFileInfo(done.newPath()).fileName())
                .arg(done.report().lost.size()));
        openNext(done.newPath());
    });
}

void Session::refuseChange()
{
    const QString why = m_store->whyReadOnly();
    Q_EMIT failed(why.isEmpty() ? tr("This project is open to look at only. Save it under another "
                                     "name to work on it.")
                                : why);
}

bool Session::mayChange()
{
    if (isReadOnly())
        refuseChange();
    return isOpen() && !isReadOnly();
}

bool Session::mayStart()
{
    return !isBusy() && mayChange();
}

void Session::keepView(const QByteArray& view)
{
    if (m_store && view != m_keptView)
        m_store->put(QStringLiteral("view"), view);
    m_keptView = view;
}

void Session::setVoxelSize(VoxelSize size)
{
    if (!mayChange())
        return;
    m_project->setVoxelSize(size);
    m_store->putVoxelSize(size);
}

void Session::changeClasses(const ClassTable& classes, const QString& text)
{
    if (mayChange())
        m_history->performClasses(classes, text);
}

void Session::predict(const SliceRange& slices)
{
    if (!mayStart())
        return;
    if (!models().current()) {
        Q_EMIT failed(tr("There is no model yet. Load one, or label some pixels and learn."));
        return;
    }
    std::vector<int> order(slices.begin(), slices.end());
    std::stable_partition(order.begin(), order.end(),
                          [this](int z) { return z == m_visibleSlice; });
    startPrediction(std::move(order));
}

void Session::startPrediction(std::vector<int> order)
{
    if (order.empty())
        return;
    const auto model = models().current();
    PredictJob::Request request{
        m_project->stack(), m_project->voxelSize(), model, std::move(order), device(), {}};
    request.decided = decidedMembranes(m_project->labels(), m_project->classes(), *model);
    request.options.views = m_isCareful ? PredictorOptions::mostViews : 1;
    request.recent = m_recentAnswers;
    auto job = std::make_shared<PredictJob>(std::move(request), m_inbox->begin(model->classNames));
    m_jobs.start<PredictJob>(job, [](PredictJob&) {});
}

void Session::confirmSlice(int z)
{
    if (mayChange())
        confirm(emend::confirmSlice(m_project->labels(), z),
                tr("confirmation of slice %1").arg(z + 1));
}

void Session::confirmPlace(const Place& place)
{
    if (mayChange())
        confirm(confirmRect(m_project->labels(), place.z, place.rect),
                tr("confirmation of a place in slice %1").arg(place.z + 1));
}

void Session::confirm(const LabelEdit& edit, const QString& text)
{
    if (edit.isEmpty() || m_project->hasOpenStroke())
        return;
    m_history->perform(edit, text);
    noteCorrections();
}

void Session::recordEdit(const LabelEdit& edit, const QString& text)
{
    if (edit.isEmpty())
        return;
    m_history->record(edit, text);
    noteCorrections();
}

void Session::undo()
{
    if (!isOpen() || !m_history->canUndo() || m_project->hasOpenStroke())
        return;
    const QString text = m_history->undoText();
    walkHistory(&EditHistory::undo, tr("Undid: %1").arg(text));
}

void Session::redo()
{
    if (!isOpen() || !m_history->canRedo() || m_project->hasOpenStroke())
        return;
    const QString text = m_history->redoText();
    walkHistory(&EditHistory::redo, tr("Did again: %1").arg(text));
}

void Session::walkHistory(int (EditHistory::*move)(), const QString& text)
{
    if (!mayChange())
        return;
    try {
        const int z = (*m_history.*move)();
        if (z >= 0)
            Q_EMIT sliceWanted(z);
        Q_EMIT told(text);
        noteCorrections();
    } catch (const Error& error) {
        Q_EMIT failed(error.text());
    }
}

void Session::noteCorrections()
{
    m_hasNewCorrections = hasCorrections(m_project->labels());
    Q_EMIT nextStepChanged();
}

std::shared_ptr<const Checkpoint> Session::teachable(LearnFrom from) const
{
    if (from == LearnFrom::currentModel)
        return models().current();
    const int base = from == LearnFrom::baseModel ? models().baseIndex() : -1;
    return base < 0 ? nullptr : models().at(base);
}

void Session::learn(const TrainingOptions& options, LearnFrom from)
{
    if (!mayStart())
        return;
    m_store->flush(); // so that what was corrected last is known as such
    const auto parent = teachable(from);
    const QString base = QFileInfo(m_project->stack()->info().name).completeBaseName();
    TrainingOptions bounded = options;
    if (options.steps == 0 && options.seconds == 0)
        bounded.seconds = learningSeconds;
    FineTuneJob::Request request{m_project->stack(),
                                 m_project->labels(),
                                 m_project->prediction(),
                                 m_project->classes(),
                                 m_project->voxelSize(),
                                 parent,
                                 bounded,
                                 device(),
                                 models().nextName(base)};
    const auto observer = [this](const TrainingPoint& point) {
        QMetaObject::invokeMethod(
            this, [this, point] { Q_EMIT learningPoint(point); }, Qt::QueuedConnection);
    };
    m_hasNewCorrections = false;
    Q_EMIT learningStarted(options);
    Q_EMIT nextStepChanged();
    auto job = std::make_shared<FineTuneJob>(std::move(request), observer);
    m_jobs.start<FineTuneJob>(job, [this](FineTuneJob& done) {
        m_heldOutSlices = done.heldOutSlices();
        m_correctedErrors = done.correctedErrors();
        finishLearning(done.takeResult());
    });
}

void Session::finishLearning(TrainingResult result)
{
    const int index = m_shelf.add(result.checkpoint, {result.curve, result.isBetter});
    if (result.isBetter)
        m_shelf.setCurrent(index);
    Q_EMIT learned(result, result.isBetter);
    Q_EMIT nextStepChanged();
    if (!result.isBetter)
        return;
    whenIdle([this] { startPrediction(predictedSlicesVisibleFirst()); });
}

// The runner is still busy with the job that is just being published.
void Session::whenIdle(const std::function<void()>& then)
{
    connect(&m_jobs, &JobRunner::idle, this, then, Qt::SingleShotConnection);
}

std::vector<int> Session::predictedSlicesVisibleFirst() const
{
    std::vector<int> order{m_visibleSlice};
    for (int z : m_project->prediction().slices()) {
        if (z != m_visibleSlice)
            order.push_back(z);
    }
    return order;
}

void Session::exportLabels(const ExportRequest& request)
{
    if (!isOpen() || isBusy())
        return;
    ExportJob::Snapshot snapshot{m_project->labels(), m_project->classes(), m_project->prediction(),
                                 m_project->voxelSize()};
    auto job = std::make_shared<ExportJob>(std::move(snapshot), request);
    m_jobs.start<ExportJob>(job, [this](ExportJob& done) { Q_EMIT exported(done.paths()); });
}

void Session::stop()
{
    m_jobs.cancel();
}

} // namespace emend
