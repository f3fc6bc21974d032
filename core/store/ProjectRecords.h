// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"
#include "core/labels/ClassTable.h"
#include "core/labels/LabelEdit.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>
#include <vector>

namespace emend {

/// Where the stack of a project is and how to know it again. The stack itself is never stored.
struct SourceRecord
{
    QString absolutePath;
    QString relativePath; ///< from the project's folder
    qint64 bytes = 0;     ///< of the file; 0 for a folder
    QDateTime modified;   ///< UTC
    QByteArray headHash;  ///< SHA-256 of the first 64 kB
    VolumeSize size;

    bool operator==(const SourceRecord&) const = default;
};

/// The class tables before and after a step that changed them.
struct ClassChange
{
    ClassTable before;
    ClassTable after;
};

/// One step of the history: what one action of the user changed.
struct HistoryStep
{
    qint64 id = 0; ///< 1, 2, 3, ... in the order in which they were done
    QString text;  ///< in the user's words ("brush stroke")
    LabelEdit edit;
    std::optional<ClassChange> classes;
};

/// A step as the list of steps has it: without its tiles.
struct StepSummary
{
    qint64 id = 0;
    QString text;
    qint64 tileCount = 0;
    std::optional<ClassChange> classes;
};

/// A model in the project: its file and what the file does not say.
struct ModelRecord
{
    qint64 id = 0;
    QString name;
    QByteArray file;  ///< safetensors, with spec, classes and lineage in its metadata
    QByteArray notes; ///< JSON: the curve and how it was judged
};

/// A label tile that cannot be read.
struct DamagedTile
{
    TileKey key;
    Rect rect; ///< in pixels of its slice
};

} // namespace emend
