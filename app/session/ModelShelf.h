// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/session/ModelHistory.h"

#include <QObject>

namespace emend {

class ProjectStore;

/// The models at hand, kept in the open project's file: choose, load, save, rename, pin, delete.
///
/// Lives on the GUI thread, owned by the Session. Shipped models are everywhere and stay as they
/// are.
class ModelShelf : public QObject
{
    Q_OBJECT

public:
    explicit ModelShelf(QObject* parent = nullptr);

    const ModelHistory& models() const { return m_models; }

    /// Holds the models of this project from now on; the store lives longer. Returns what could not
    /// be read, in sentences.
    QStringList open(ProjectStore& store, const std::vector<ModelRecord>& records,
                     const QString& current);

    /// Returns its index.
    int add(const std::shared_ptr<const Checkpoint>& model, const ModelNotes& notes);

public Q_SLOTS:
    void setCurrent(int index);
    void load(const QString& path);
    void save(int index, const QString& path);
    void rename(int index, const QString& name);
    void setPinned(int index, bool isPinned);

    /// Neither a shipped one nor the one in use.
    void remove(int index);

Q_SIGNALS:
    void changed();
    void failed(const QString& text);
    void told(const QString& text);

private:
    ModelHistory m_models;
    ProjectStore* m_store = nullptr;
};

} // namespace emend
