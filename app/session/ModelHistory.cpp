// SPDX-License-Identifier: Apache-2.0
#include "app/session/ModelHistory.h"

namespace emend {

std::shared_ptr<const Checkpoint> ModelHistory::current() const
{
    return m_current < 0 ? nullptr : m_models[size_t(m_current)];
}

void ModelHistory::setCurrent(int index)
{
    Q_ASSERT(index >= 0 && index < count());
    m_current = index;
}

int ModelHistory::add(std::shared_ptr<const Checkpoint> model)
{
    m_models.push_back(std::move(model));
    return count() - 1;
}

QStringList ModelHistory::names() const
{
    QStringList names;
    for (const auto& model : m_models)
        names << model->lineage.name;
    return names;
}

QString ModelHistory::nextName(const QString& base) const
{
    const QStringList taken = names();
    for (int number = 1;; ++number) {
        const QString name = QStringLiteral("%1 %2").arg(base).arg(number);
        if (!taken.contains(name))
            return name;
    }
}

} // namespace emend
