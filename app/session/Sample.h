// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace emend {

/// The stack that comes with the program: forty sections of the fly's medulla with their truth.
namespace Sample {

/// Beside the program, in its installation, or in the source tree it was built from. Throws Error
/// where the sample was not installed.
QString stackPath();
QString truthPath();

/// How the truth's pixel values are to be read.
QString truthClasses();

} // namespace Sample

} // namespace emend
