// SPDX-License-Identifier: Apache-2.0
#include "app/window/ModelCommands.h"

#include "app/session/Session.h"
#include "app/window/Actions.h"
#include "app/window/FileChoices.h"
#include "widgets/panels/ModelsDialog.h"

#include <algorithm>

namespace emend {

namespace {

ModelsDialog::Row rowOf(const ModelHistory& models, int index)
{
    const Lineage& lineage = models.at(index)->lineage;
    ModelsDialog::Row row;
    row.name = models.name(index);
    row.parent = lineage.parent;
    row.classes = models.at(index)->classNames;
    row.data = lineage.data;
    row.made = lineage.created;
    row.before = lineage.scoreBefore;
    row.after = lineage.scoreAfter;
    row.steps = lineage.steps;
    row.seed = lineage.seed;
    for (const TrainingPoint& point : models.notes(index).curve)
        row.curve.push_back({point.step, point.loss, point.heldOutScore});
    row.isInUse = index == models.currentIndex();
    row.isShipped = models.isShipped(index);
    row.isPinned = models.notes(index).isPinned;
    return row;
}

} // namespace

ModelCommands::ModelCommands(Session& session, const Actions& actions, QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_window(window)
{
    connect(actions[Do::models], &QAction::triggered, this, &ModelCommands::showModels);
    connect(actions[Do::loadModel], &QAction::triggered, this, [this] { load(m_window); });
    connect(actions[Do::saveModel], &QAction::triggered, this,
            [this] { save(m_session.models().currentIndex(), m_window); });
}

void ModelCommands::showModels()
{
    ModelsDialog dialog(m_window);
    ModelShelf& shelf = m_session.shelf();
    fill(dialog);
    connect(&shelf, &ModelShelf::changed, &dialog, [this, &dialog] { fill(dialog); });
    connect(&dialog, &ModelsDialog::useWanted, &shelf, &ModelShelf::setCurrent);
    connect(&dialog, &ModelsDialog::renameWanted, &shelf, &ModelShelf::rename);
    connect(&dialog, &ModelsDialog::pinWanted, &shelf, &ModelShelf::setPinned);
    connect(&dialog, &ModelsDialog::removeWanted, &shelf, [&shelf](std::vector<int> indices) {
        std::sort(indices.rbegin(), indices.rend());
        for (const int index : indices)
            shelf.remove(index);
    });
    connect(&dialog, &ModelsDialog::compareWanted, this, [this, &dialog](int first, int second) {
        dialog.accept(); // what comes is shown in the window
        Q_EMIT compareWanted(first, second);
    });
    connect(&dialog, &ModelsDialog::loadWanted, this, [this, &dialog] { load(&dialog); });
    connect(&dialog, &ModelsDialog::saveWanted, this,
            [this, &dialog](int index) { save(index, &dialog); });
    dialog.exec();
}

void ModelCommands::fill(ModelsDialog& dialog) const
{
    std::vector<ModelsDialog::Row> rows;
    for (int i = 0; i < m_session.models().count(); ++i)
        rows.push_back(rowOf(m_session.models(), i));
    dialog.setModels(std::move(rows));
}

void ModelCommands::load(QWidget* parent)
{
    const QString path = FileChoices::modelToLoad(parent);
    if (!path.isEmpty())
        m_session.shelf().load(path);
}

void ModelCommands::save(int index, QWidget* parent)
{
    if (index < 0)
        return;
    const QString suggestion = m_session.models().name(index) + QStringLiteral(".safetensors");
    const QString path = FileChoices::modelToSave(parent, suggestion);
    if (!path.isEmpty())
        m_session.shelf().save(index, path);
}

} // namespace emend
