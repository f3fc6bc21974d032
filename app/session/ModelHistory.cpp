// SPDX-License-Identifier: Apache-2.0
#include "app/session/ModelHistory.h"

#include "core/Error.h"

#include <algorithm>

namespace emend {

namespace {

constexpr double nextToNothing = 0.002; ///< of Dice: below it chance decides

} // namespace

ModelHistory ModelHistory::of(const std::vector<ModelRecord>& records, const QString& current,
                              QStringList& problems)
{
    ModelHistory models;
    for (const QString& name : Checkpoint::shippedNames()) {
        models.add(Checkpoint::find(name));
        models.m_models.back().isShipped = true;
    }
    int chosen = models.isEmpty() ? -1 : 0;
    for (const ModelRecord& record : records) {
        try {
            const ModelNotes notes = modelNotesFromJson(record.notes);
            const int index = models.add(Checkpoint::fromBytes(record.file, record.name), notes,
                                         record.name.left(longestName));
            if (notes.isBetter)
                chosen = index;
        } catch (const Error& error) {
            problems << error.text();
        }
    }
    if (const qsizetype named = models.names().lastIndexOf(current); named >= 0)
        chosen = int(named);
    models.m_current = chosen;
    return models;
}

std::shared_ptr<const Checkpoint> ModelHistory::current() const
{
    return m_current < 0 ? nullptr : at(m_current);
}

int ModelHistory::baseIndex() const
{
    int index = m_current;
    // No longer a line than there are models: names may go round in a circle.
    for (int i = 0; i < count() && index >= 0 && !isShipped(index); ++i) {
        const QString& parent = at(index)->lineage.parent;
        const auto found = std::find_if(m_models.begin(), m_models.end(), [&](const Version& v) {
            return v.model->lineage.name == parent;
        });
        index = found == m_models.end() ? -1 : int(found - m_models.begin());
    }
    if (index >= 0 && isShipped(index))
        return index;
    const auto first = std::find_if(m_models.begin(), m_models.end(),
                                    [](const Version& v) { return v.isShipped; });
    return first == m_models.end() ? -1 : int(first - m_models.begin());
}

void ModelHistory::setCurrent(int index)
{
    Q_ASSERT(index >= 0 && index < count());
    m_current = index;
}

int ModelHistory::add(std::shared_ptr<const Checkpoint> model, ModelNotes notes, QString name)
{
    if (name.isEmpty())
        name = model->lineage.name;
    if (names().contains(name))
        name = nextName(name);
    m_models.push_back({name, std::move(model), std::move(notes)});
    return count() - 1;
}

void ModelHistory::remove(int index)
{
    Q_ASSERT(index != m_current);
    m_models.erase(m_models.begin() + index);
    if (m_current > index)
        --m_current;
}

QStringList ModelHistory::names() const
{
    QStringList names;
    for (const Version& version : m_models)
        names << version.name;
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

bool ModelHistory::gainsNothingMore() const
{
    constexpr int rounds = 2;
    int without = 0;
    for (int i = count() - 1; i >= 0 && without < rounds; --i) {
        const Lineage& lineage = at(i)->lineage;
        if (notes(i).curve.empty())
            continue; // it was not learned here
        if (!lineage.scoreBefore || !lineage.scoreAfter ||
            *lineage.scoreAfter - *lineage.scoreBefore >= nextToNothing)
            return false;
        ++without;
    }
    return without == rounds;
}

} // namespace emend
