// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Checkpoint.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace emend {

/// The models of this session, oldest first: shipped, loaded and learned ones. No model is ever
/// changed; learning adds one. A value on the GUI thread.
class ModelHistory
{
public:
    int count() const { return int(m_models.size()); }

    bool isEmpty() const { return m_models.empty(); }

    const std::shared_ptr<const Checkpoint>& at(int index) const { return m_models[size_t(index)]; }

    /// The model that predicts and that learning starts from; null when there is none.
    std::shared_ptr<const Checkpoint> current() const;

    int currentIndex() const { return m_current; }

    void setCurrent(int index);

    /// Returns its index.
    int add(std::shared_ptr<const Checkpoint> model);

    QStringList names() const;

    /// "larva-vnc 3": the base and the next free number.
    QString nextName(const QString& base) const;

private:
    std::vector<std::shared_ptr<const Checkpoint>> m_models;
    int m_current = -1;
};

} // namespace emend
