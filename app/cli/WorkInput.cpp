// SPDX-License-Identifier: Apache-2.0
#include "app/cli/WorkInput.h"

#include "app/cli/LabelOptions.h"
#include "core/store/ProjectPlace.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

} // namespace

WorkInput WorkInput::open(const QString& path)
{
    WorkInput input;
    if (!ProjectPlace::isProject(path)) {
        input.stack = LabelOptions::openStack(path);
        input.voxelSize = input.stack->info().voxelSize;
        return input;
    }
    input.project = std::make_unique<ProjectStore>(path, ProjectStore::Mode::look);
    input.contents = input.project->takeContents();
    const SourceRecord& source = input.contents.source;
    const QString stackPath = ProjectPlace::findStack(source, path);
    if (stackPath.isEmpty())
        throw Error(tr("The stack of this project, %1, is not where it was. Open the project in "
                       "the window once and say where it is.")
                        .arg(source.absolutePath));
    input.stack = LabelOptions::openStack(stackPath);
    if (input.stack->size() != source.size)
        throw Error(
            tr("%1 is not the stack that the project was made for; its size is another one.")
                .arg(QFileInfo(stackPath).fileName()));
    const VoxelSize typed = input.contents.voxelSize;
    input.voxelSize = typed.xNm > 0 ? typed : input.stack->info().voxelSize;
    return input;
}

std::shared_ptr<const Checkpoint> WorkInput::model(const QString& pathOrName) const
{
    for (const ModelRecord& record : contents.models)
        if (record.name == pathOrName)
            return Checkpoint::fromBytes(record.file, record.name);
    return Checkpoint::find(pathOrName);
}

} // namespace emend
