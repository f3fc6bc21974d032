// SPDX-License-Identifier: Apache-2.0
#include "models/cells/BorderJudge.h"

#include <cmath>

namespace emend {

double probabilityOfMembrane(const BorderLook& look)
{
    const double evidence = -5.37 + 5.19 * look.weakest + 0.42 * std::log(look.length) +
                            0.34 * std::log(look.smaller) - 2.0 * look.sameBeside;
    return 1 / (1 + std::exp(-evidence));
}

} // namespace emend
