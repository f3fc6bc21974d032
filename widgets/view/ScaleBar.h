// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QString>

namespace emend {

/// A length of 1, 2 or 5 times a power of ten that is at most longestNm.
double roundLengthNm(double longestNm);

/// "500 nm", "2 µm", in the user's locale.
QString lengthText(double lengthNm);

/// A bar with its length beneath, on a dark translucent plate; nmPerDevicePx at the zoom in use.
QImage drawScaleBar(double nmPerDevicePx, double devicePixelRatio);

} // namespace emend
