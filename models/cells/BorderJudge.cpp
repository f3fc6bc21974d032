// SPDX-License-Identifier: Apache-2.0
#include "models/cells/BorderJudge.h"

#include <cmath>

namespace emend {

namespace {

/// The logarithm of the odds, where cells beside are as predicted.
double evidenceByPredicted(const BorderLook& look)
{
    return -5.77 + 1.85 * look.mean + 3.71 * look.weakest + 0.36 * std::log(look.length) +
           0.36 * std::log(look.smaller) - 1.94 * look.sameBeside;
}

/// Where they are as people say.
double evidenceByDecided(const BorderLook& look)
{
    return -3.03 - 0.10 * look.mean + 5.05 * look.weakest + 0.55 * std::log(look.length) +
           0.17 * std::log(look.smaller) - 5.94 * look.sameBeside;
}

} // namespace

double probabilityOfMembrane(const BorderLook& look)
{
    const double evidence =
        std::lerp(evidenceByPredicted(look), evidenceByDecided(look), look.decidedBeside);
    return 1 / (1 + std::exp(-evidence));
}

} // namespace emend
