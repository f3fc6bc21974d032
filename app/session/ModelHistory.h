// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/session/ModelNotes.h"
#include "core/store/ProjectRecords.h"
#include "models/Checkpoint.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace emend {

/// The models at hand, oldest first: shipped, loaded and learned ones, each under a name of its
/// own. No model is ever changed; learning adds one. A value on the GUI thread.
class ModelHistory
{
public:
    static constexpr int longestName = 200;

    /// The shipped models and those of a project, the one with that name in use (else the newest
    /// that is better than the one before it). What cannot be read is left out and said in
    /// problems.
    static ModelHistory of(const std::vector<ModelRecord>& records, const QString& current,
                           QStringList& problems);

    int count() const { return int(m_models.size()); }

    bool isEmpty() const { return m_models.empty(); }

    const std::shared_ptr<const Checkpoint>& at(int index) const { return version(index).model; }

    const QString& name(int index) const { return version(index).name; }

    const ModelNotes& notes(int index) const { return version(index).notes; }

    bool isShipped(int index) const { return version(index).isShipped; }

    /// The model that predicts and that learning starts from; null when there is none.
    std::shared_ptr<const Checkpoint> current() const;

    int currentIndex() const { return m_current; }

    /// The shipped model that the current one descends from, else the first shipped one; -1 where
    /// there is none.
    int baseIndex() const;

    void setCurrent(int index);

    /// Returns its index. Where its name is taken it gets a number.
    int add(std::shared_ptr<const Checkpoint> model, ModelNotes notes = {}, QString name = {});

    /// To a name that is not taken.
    void rename(int index, const QString& name) { m_models[size_t(index)].name = name; }

    void setPinned(int index, bool isPinned) { m_models[size_t(index)].notes.isPinned = isPinned; }

    /// Not the current one.
    void remove(int index);

    QStringList names() const;

    /// "larva-vnc 3": the base and the next free number.
    QString nextName(const QString& base) const;

    /// The last two rounds of learning brought next to nothing on held-out pixels.
    bool gainsNothingMore() const;

private:
    struct Version
    {
        QString name;
        std::shared_ptr<const Checkpoint> model;
        ModelNotes notes;
        bool isShipped = false;
    };

    const Version& version(int index) const { return m_models[size_t(index)]; }

    std::vector<Version> m_models;
    int m_current = -1;
};

} // namespace emend
