// SPDX-License-Identifier: Apache-2.0
#include "app/session/ModelShelf.h"

#include "core/store/ProjectStore.h"

#include <QFileInfo>

namespace emend {

ModelShelf::ModelShelf(QObject* parent)
    : QObject(parent)
{
    QStringList problems;
    m_models = ModelHistory::of({}, {}, problems);
}

QStringList ModelShelf::open(ProjectStore& store, const std::vector<ModelRecord>& records,
                             const QString& current)
{
    QStringList problems;
    m_store = &store;
    m_models = ModelHistory::of(records, current, problems);
    return problems;
}

int ModelShelf::add(const std::shared_ptr<const Checkpoint>& model, const ModelNotes& notes)
{
    const int index = m_models.add(model, notes);
    if (m_store)
        m_store->putModel({0, m_models.name(index), model->toBytes(), toJson(notes)});
    Q_EMIT changed();
    return index;
}

void ModelShelf::setCurrent(int index)
{
    m_models.setCurrent(index);
    if (m_store)
        m_store->putCurrentModel(m_models.name(index));
    Q_EMIT changed();
}

void ModelShelf::load(const QString& path)
{
    try {
        setCurrent(add(Checkpoint::load(path), {}));
    } catch (const Error& error) {
        Q_EMIT failed(error.text());
    }
}

void ModelShelf::save(int index, const QString& path)
{
    try {
        m_models.at(index)->save(path);
        Q_EMIT told(tr("Saved the model as %1").arg(QFileInfo(path).fileName()));
    } catch (const Error& error) {
        Q_EMIT failed(error.text());
    }
}

void ModelShelf::rename(int index, const QString& name)
{
    const QString wanted = name.trimmed().left(ModelHistory::longestName);
    const QString old = m_models.name(index);
    if (wanted.isEmpty() || wanted == old || m_models.isShipped(index))
        return;
    if (m_models.names().contains(wanted))
        return Q_EMIT failed(tr("There is a model “%1” already. Choose another name.").arg(wanted));
    m_models.rename(index, wanted);
    if (m_store) {
        m_store->changeModel(old, wanted, toJson(m_models.notes(index)));
        if (index == m_models.currentIndex())
            m_store->putCurrentModel(wanted);
    }
    Q_EMIT changed();
}

void ModelShelf::setPinned(int index, bool isPinned)
{
    if (m_models.isShipped(index))
        return;
    m_models.setPinned(index, isPinned);
    const QString name = m_models.name(index);
    if (m_store)
        m_store->changeModel(name, name, toJson(m_models.notes(index)));
    Q_EMIT changed();
}

void ModelShelf::remove(int index)
{
    if (m_models.isShipped(index) || index == m_models.currentIndex())
        return;
    const QString name = m_models.name(index);
    m_models.remove(index);
    if (m_store)
        m_store->removeModel(name);
    Q_EMIT changed();
}

} // namespace emend
