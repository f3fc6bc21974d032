// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Trainer.h"

#include <QByteArray>

#include <vector>

namespace emend {

/// What a project keeps of a model that the model's own file does not say.
struct ModelNotes
{
    std::vector<TrainingPoint> curve; ///< how it was learned; empty for a loaded model
    bool isBetter = true;             ///< than the one it started from, on held-out pixels
    bool isPinned = false;            ///< the user wants to keep it
};

QByteArray toJson(const ModelNotes& notes);

/// Empty notes where the text is not what toJson() writes.
ModelNotes modelNotesFromJson(const QByteArray& json);

} // namespace emend
