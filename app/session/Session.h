// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/jobs/ExportJob.h"
#include "app/jobs/OpenProjectJob.h"
#include "app/session/DeviceChoice.h"
#include "app/session/ModelShelf.h"
#include "core/image/SliceRange.h"
#include "core/jobs/JobRunner.h"
#include "core/project/CorrectedErrors.h"
#include "core/project/EditHistory.h"
#include "core/project/PlacesToCorrect.h"
#include "core/project/Project.h"
#include "models/Trainer.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace emend {

class DamageWatch;
class PredictionInbox;
class RecentAnswers;

/// What the user would do next; the window fills that one button.
enum class NextStep { open, predict, confirm, learn };

/// What learning starts from.
enum class LearnFrom { currentModel, baseModel, nothing };

/// The open project with its file, its history, the models and the job runner: the verbs of the
/// program.
///
/// Lives on the GUI thread and owns all of them. Verbs that take long start a job and return at
/// once; only one job runs at a time (isBusy), and painting goes on meanwhile.
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(QObject* parent = nullptr);
    ~Session() override;

    bool isOpen() const { return m_project != nullptr; }

    Project* project() const { return m_project.get(); } ///< null before the first open

    EditHistory* history() const { return m_history.get(); }

    const ModelHistory& models() const { return m_shelf.models(); }

    ModelShelf& shelf() { return m_shelf; }

    JobRunner& jobs() { return m_jobs; }

    bool isBusy() const { return m_jobs.isBusy(); }

    /// In the first seconds of the program it may wait until the devices are known.
    const ComputeDevice& device() const { return m_device.get(); }

    bool isDeviceKnown() const { return m_device.isKnown(); }

    void setDevice(ComputeDevice device);

    /// What setCareful() said.
    bool isCareful() const { return m_isCareful; }

    QString deviceText() const; ///< "CPU, 2 cores, fp32"

    NextStep nextStep() const;

    /// The model that learn() teaches on; null for random weights.
    std::shared_ptr<const Checkpoint> teachable(LearnFrom from) const;

    /// The predicted slice that most needs a look: not confirmed, and the model least sure of
    /// it. -1 when there is none.
    int nextSliceToCorrect() const;

    /// The same, where the caller knows already which slices are confirmed.
    int nextSliceToCorrect(const std::function<bool(int)>& isConfirmed) const;

    /// Slices with corrections that the last learning kept for its score.
    const SliceRange& heldOutSlices() const { return m_heldOutSlices; }

    /// What the prediction had wrong that the last learning learned from.
    CorrectedErrors correctedErrors() const { return m_correctedErrors; }

    /// The project's file; null before the first open.
    ProjectStore* store() const { return m_store.get(); }

    /// Nothing can be changed: every verb that would says so instead.
    bool isReadOnly() const { return m_store && m_store->isReadOnly(); }

    /// What the view was when the project was left, as keepView() had it.
    const QByteArray& keptView() const { return m_keptView; }

public Q_SLOTS:
    /// A stack, whose project is made where there is none, or a project. What was open is left
    /// when the new one is there.
    void open(const emend::OpenRequest& request);

    /// A copy of the project, with what the disk refuses, too; goOn: the copy is the open one then.
    void saveCopy(const QString& path, bool goOn);

    /// Makes a new project of what is intact of a damaged one, and opens it.
    void repair(const QString& damagedPath, const QString& newPath);

    /// Tells the user why nothing can be changed.
    void refuseChange();

    /// JSON of whoever shows the project; kept in its file.
    void keepView(const QByteArray& view);

    void setVoxelSize(emend::VoxelSize size);

    /// Names, colours, what is shown and locked. text says what was done.
    void changeClasses(const emend::ClassTable& classes, const QString& text);

    /// The slice on screen: it is predicted first after learning.
    void setVisibleSlice(int z) { m_visibleSlice = z; }

    void predict(const emend::SliceRange& slices);

    /// Predictions look at each place from all sides from now on: slower, mostly better.
    void setCareful(bool isCareful) { m_isCareful = isCareful; }

    /// What is predicted on this slice is right: it becomes corrected.
    void confirmSlice(int z);

    /// The same for a place of it.
    void confirmPlace(const emend::Place& place);

    /// Keeps an edit that a tool has finished (it is in the labels already).
    void recordEdit(const emend::LabelEdit& edit, const QString& text);
    void undo();
    void redo();

    /// One click: learn from all corrections, then predict again what had been predicted, the
    /// visible slice first.
    void learn(const emend::TrainingOptions& options = {},
               emend::LearnFrom from = emend::LearnFrom::currentModel);

    void exportLabels(const emend::ExportRequest& request);

    /// Stops the running job; what it was working on stays as it was.
    void stop();

Q_SIGNALS:
    /// A new stack is open; project(), history() and store() are new objects. notes: what the user
    /// should know of it.
    void opened(const QStringList& notes);

    /// The stack of this project is not where it was; text says which one is looked for. open()
    /// with its path goes on.
    void stackWanted(const QString& projectPath, const QString& text);

    /// Another Emend has the project; text says which. open() to look at it goes.
    void projectInUse(const QString& projectPath, const QString& text);

    void saveStatusChanged(const emend::SaveStatus& status);

    /// One plain sentence for the user: what went wrong and what to do.
    void failed(const QString& text);

    /// One plain sentence: what was done ("Undid brush stroke").
    void told(const QString& text);

    void busyChanged(bool isBusy);
    void nextStepChanged();
    void modelsChanged();
    void deviceChanged();

    /// Go to this slice: undo changed it, or it should be looked at.
    void sliceWanted(int z);

    /// options: as learn() was given them; what is left open there is chosen.
    void learningStarted(const emend::TrainingOptions& options);
    void learningPoint(const emend::TrainingPoint& point);

    /// isKept: the new model is the current one; otherwise the old one stays.
    void learned(const emend::TrainingResult& result, bool isKept);
    void exported(const QStringList& paths);

private:
    void take(OpenProjectJob::Opened opened);
    void adopt(OpenProjectJob::Opened opened);
    void openNext(const QString& path);
    bool mayStart();
    void confirm(const LabelEdit& edit, const QString& text);
    bool mayChange();
    void whenIdle(const std::function<void()>& then);
    void startPrediction(std::vector<int> order);
    void finishLearning(TrainingResult result);
    std::vector<int> predictedSlicesVisibleFirst() const;
    void walkHistory(int (EditHistory::*move)(), const QString& text);
    void noteCorrections();

    std::unique_ptr<ProjectStore> m_store; ///< what is below looks at it
    std::unique_ptr<Project> m_project;
    std::unique_ptr<EditHistory> m_history;
    std::unique_ptr<PredictionInbox> m_inbox; ///< predictions on their way into the project
    std::unique_ptr<DamageWatch> m_damage;
    ModelShelf m_shelf;
    std::shared_ptr<RecentAnswers> m_recentAnswers; ///< of the open project
    DeviceChoice m_device;
    SliceRange m_heldOutSlices;
    CorrectedErrors m_correctedErrors;
    int m_visibleSlice = 0;
    bool m_isCareful = false;
    bool m_hasNewCorrections = false; ///< that the current model has not seen
    QByteArray m_keptView;
    JobRunner m_jobs; ///< last: it is stopped before what its jobs publish into goes
};

} // namespace emend
