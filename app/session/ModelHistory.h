// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/session/ModelNotes.h"
#include "core/store/ProjectRecords.h"
#include "models/Checkpoint.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace emend {

/// The models at hand, oldest first: shipped, loaded and learned ones. No model is ever changed;
/// learning adds one. A value on the GUI thread.
class ModelHistory
{
public:
    /// The shipped models and those of a project, the one with that name in use (else the newest
    /// that is better than the one before it). What cannot be read is left out and said in
    /// problems.
    static ModelHistory of(const std::vector<ModelRecord>& records, const QString& current,
                           QStringList& problems);

    int count() const { return int(m_models.size()); }

    bool isEmpty() const { return m_models.empty(); }

    const std::shared_ptr<const Checkpoint>& at(int index) const
    {
        return m_models[size_t(index)].model;
    }

    const ModelNotes& notes(int index) const { return m_models[size_t(index)].notes; }

    /// The model that predicts and that learning starts from; null when there is none.
    std::shared_ptr<const Checkpoint> current() const;

    int currentIndex() const { return m_current; }

    void setCurrent(int index);

    /// Returns its index.
    int add(std::shared_ptr<const Checkpoint> model, ModelNotes notes = {});

    QStringList names() const;

    /// "larva-vnc 3": the base and the next free number.
    QString nextName(const QString& base) const;

private:
    struct Version
    {
        std::shared_ptr<const Checkpoint> model;
        ModelNotes notes;
    };

    std::vector<Version> m_models;
    int m_current = -1;
};

} // namespace emend
