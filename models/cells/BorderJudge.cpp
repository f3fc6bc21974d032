// SPDX-License-Identifier: Apache-2.0
#include "models/cells/BorderJudge.h"

#include <cmath>

namespace emend {

double probabilityOfMembrane(const BorderLook& look)
{
    const double evidence = -5.77 + 1.85 * look.mean + 3.71 * look.weakest +
                            0.36 * std::log(look.length) + 0.36 * std::log(look.smaller) -
                            1.94 * look.sameBeside;
    return 1 / (1 + std::exp(-evidence));
}

} // namespace emend
