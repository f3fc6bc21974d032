// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/jobs/Job.h"
#include "core/store/ProjectStore.h"

#include <QCoreApplication>
#include <QStringList>

#include <memory>

namespace emend {

/// What is to be opened, and how.
struct OpenRequest
{
    QString path;      ///< a stack (file or folder) or a project
    QString stackPath; ///< where the project's stack is now; empty: where the project says
    ProjectStore::Mode mode = ProjectStore::Mode::edit;
    bool isSample = false; ///< its project belongs in the user's data folder
};

/// Opens a stack with the project that belongs to it, made where there is none yet.
class OpenProjectJob : public Job
{
    Q_DECLARE_TR_FUNCTIONS(OpenProjectJob)

public:
    explicit OpenProjectJob(OpenRequest request);
    ~OpenProjectJob() override;

    QString title() const override { return tr("Opening"); }

    void run(JobContext& job) override;

    struct Opened
    {
        QString projectPath;
        std::shared_ptr<const ImageStack> stack; ///< null: not where it was; notes say which
        std::unique_ptr<ProjectStore> store;     ///< of the GUI thread from here on; null: another
                                                 ///< program has the project; notes say which
        ProjectContents contents;
        QStringList notes; ///< what the user should know
    };

    Opened takeOpened();

private:
    void openProject(const QString& projectPath);
    void openStack(const QString& stackPath);
    void noteWhatChanged(const QString& stackPath);

    OpenRequest m_request;
    Opened m_opened;
};

} // namespace emend
