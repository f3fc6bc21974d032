// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/session/BrushHabits.h"
#include "core/image/Geometry.h"

#include <vector>

namespace emend {

/// How much a wrong pixel matters to a person.
enum Mending : quint8 {
    leaveIt, ///< right, or not worth a stroke
    mendIt,  ///< part of an error that is large and wide enough
    closeIt  ///< here two things run together that are apart in truth, however narrow it is
};

/// Which wrong pixels of a piece of a slice a person would mend.
///
/// truth, classes: true and present class of each pixel of area, row after row; 0 is not known,
/// or none. isJudged: the pixels to look at; the others are what stands around them.
std::vector<quint8> errorsToMend(Rect area, const std::vector<quint8>& truth,
                                 const std::vector<quint8>& classes,
                                 const std::vector<quint8>& isJudged, const BrushHabits& habits);

/// Pixels of the mask that lie in a square of side x side pixels of it.
std::vector<quint8> openedMask(const std::vector<quint8>& mask, int width, int height, int side);

} // namespace emend
