// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/jobs/TrainingPart.h"

#include <QFile>
#include <QJsonObject>

namespace emend {

/// --log of the published recipes: JSON lines with the keys of NVIDIA's log, one a point. Every
/// line is on the disk at once.
class TrainingLog
{
public:
    /// path: empty for no log. goesOn: after what an earlier run wrote. Throws Error.
    TrainingLog(const QString& path, bool goesOn);

    /// The number of the part's fold, where it has one, joins the line.
    void add(const TrainingPart& part, QJsonObject line);

private:
    QFile m_file;
};

} // namespace emend
