// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/store/ProjectRecords.h"

#include <QObject>

#include <vector>

namespace emend {

class Project;
class ProjectStore;

/// Says where the labels of a project are damaged, as soon as a damaged tile was to be shown or
/// used.
///
/// Lives on the GUI thread, owned by the Session; project and store live longer.
class DamageWatch : public QObject
{
    Q_OBJECT

public:
    DamageWatch(const Project& project, const ProjectStore& store, QObject* parent = nullptr);

    /// Found until now.
    const std::vector<DamagedTile>& tiles() const { return m_tiles; }

Q_SIGNALS:
    /// One sentence or two for the user, of all that was found.
    void found(const QString& text);

private:
    void note(qint64 tile);
    QString text() const;

    const Project& m_project;
    std::vector<DamagedTile> m_tiles;
};

} // namespace emend
