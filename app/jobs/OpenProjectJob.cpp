// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/OpenProjectJob.h"

#include "core/io/StackReader.h"
#include "core/store/Backups.h"
#include "core/store/ProjectLock.h"
#include "core/store/ProjectPlace.h"

#include <QFileInfo>
#include <QThread>

namespace emend {

namespace {

/// Where the file is damaged beyond opening, the user is told what else there is.
std::unique_ptr<ProjectStore> openStore(const QString& path, ProjectStore::Mode mode)
{
    try {
        return std::make_unique<ProjectStore>(path, mode);
    } catch (const DatabaseError& error) {
        if (!error.isDamage())
            throw;
        const QStringList backups = Backups(path).paths();
        throw Error(error.text() + QLatin1Char(' ') +
                    (backups.isEmpty()
                         ? OpenProjectJob::tr("File, “Repair a project”, brings back what is "
                                              "intact.")
                         : OpenProjectJob::tr("File, “Repair a project”, brings back what is "
                                              "intact; the last backup is %1.")
                               .arg(backups.first())));
    }
}

} // namespace

OpenProjectJob::OpenProjectJob(OpenRequest request)
    : m_request(std::move(request))
{
}

OpenProjectJob::~OpenProjectJob() = default;

void OpenProjectJob::run(JobContext& job)
{
    job.report(0, tr("Reading the header"));
    try {
        if (ProjectPlace::isProject(m_request.path))
            openProject(m_request.path);
        else
            openStack(m_request.path);
    } catch (const ProjectInUse& inUse) {
        m_opened.notes = {inUse.text()};
        return;
    }
    job.checkCancelled();
    m_opened.store->moveToThread(QCoreApplication::instance()->thread());
}

OpenProjectJob::Opened OpenProjectJob::takeOpened()
{
    return std::move(m_opened);
}

void OpenProjectJob::openProject(const QString& projectPath)
{
    m_opened.projectPath = projectPath;
    m_opened.store = openStore(projectPath, m_request.mode);
    m_opened.contents = m_opened.store->takeContents();
    const SourceRecord& source = m_opened.contents.source;
    QString stackPath = m_request.stackPath;
    if (stackPath.isEmpty())
        stackPath = ProjectPlace::findStack(source, projectPath);
    if (stackPath.isEmpty()) {
        m_opened.notes = {tr("The stack of this project, %1, is not where it was. Say where it is "
                             "now.")
                              .arg(QFileInfo(source.absolutePath).fileName())};
        return;
    }
    if (!m_opened.stack)
        m_opened.stack = StackReader::open(stackPath);
    const VolumeSize size = m_opened.stack->size();
    if (size != source.size)
        throw Error(
            tr("%1 has %2 x %3 pixels and %Ln slice(s), the project's stack %4 x %5 and %6. "
               "Choose the stack that the project was made for.",
               nullptr, size.slices)
                .arg(QFileInfo(stackPath).fileName())
                .arg(size.width)
                .arg(size.height)
                .arg(source.size.width)
                .arg(source.size.height)
                .arg(source.size.slices));
    noteWhatChanged(stackPath);
}

void OpenProjectJob::openStack(const QString& stackPath)
{
    m_opened.stack = StackReader::open(stackPath);
    const ProjectPlace::Home home = ProjectPlace::homeFor(stackPath, !m_request.isSample);
    if (!home.exists)
        ProjectFile::create(home.path,
                            ProjectPlace::describe(stackPath, home.path, m_opened.stack->size()),
                            ClassTable::membraneAndInside());
    openProject(home.path);
    if (!home.isBesideTheStack && !m_request.isSample)
        m_opened.notes << tr("Nothing can be written beside the stack, so your work is kept in %1.")
                              .arg(home.path);
}

void OpenProjectJob::noteWhatChanged(const QString& stackPath)
{
    m_opened.notes << m_opened.stack->info().notes;
    if (m_opened.store->isReadOnly())
        m_opened.notes << (m_opened.store->whyReadOnly().isEmpty()
                               ? tr("This is open to look at and to export only.")
                               : m_opened.store->whyReadOnly());
    if (m_opened.store->isOnNetwork())
        m_opened.notes << tr("This project is in a network folder. Your work is saved on this "
                             "computer at once, and there whenever you pause.");
    if (m_opened.store->hadNewerWork())
        m_opened.notes << tr("What you did here the last time had not reached the network folder "
                             "yet; it is in it now.");
    if (m_opened.store->wasRecovered())
        m_opened.notes << tr("Emend was not closed properly the last time. Everything that was "
                             "saved is here, up to step %L1.")
                              .arg(m_opened.contents.position);
    const SourceRecord& source = m_opened.contents.source;
    if (!m_request.stackPath.isEmpty())
        m_opened.store->putSource(
            ProjectPlace::describe(stackPath, m_opened.store->path(), source.size));
    else if (!ProjectPlace::isUnchanged(source, stackPath))
        m_opened.notes << tr("%1 has changed since this project was made. Look whether the labels "
                             "still fit.")
                              .arg(QFileInfo(stackPath).fileName());
}

} // namespace emend
