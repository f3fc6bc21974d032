// SPDX-License-Identifier: Apache-2.0
#include "models/torch/learning/DeviceAugmentation.h"

#include <ATen/ATen.h>

namespace emend::deviceAugmentation {

namespace {

enum Column { transposes, mirrorsX, mirrorsY, gamma, contrast, brightness, isBlurred, noise };

/// The numbers of a column, one a patch, shaped to go with [n, 1, s, s].
at::Tensor column(const at::Tensor& variations, Column which)
{
    return variations.select(1, which).view({-1, 1, 1, 1});
}

at::Tensor isSet(const at::Tensor& variations, Column which)
{
    return column(variations, which).gt(0.5);
}

/// Squares of any type. As in Augmentation.cpp: transposed first, then mirrored.
at::Tensor turned(const at::Tensor& squares, const at::Tensor& variations)
{
    at::Tensor x = at::where(isSet(variations, transposes), squares.transpose(2, 3), squares);
    x = at::where(isSet(variations, mirrorsX), x.flip({3}), x);
    return at::where(isSet(variations, mirrorsY), x.flip({2}), x);
}

at::Tensor bent(const at::Tensor& grey, const at::Tensor& exponent)
{
    const at::Tensor share = grey.add(gammaSpan).div_(2 * gammaSpan).clamp_(0, 1);
    const at::Tensor bent = share.pow(exponent).mul_(2 * gammaSpan).sub_(gammaSpan);
    // An exponent of 1 leaves the numbers as they are, to the last bit.
    return at::where(grey.abs().lt(gammaSpan).logical_and(exponent.ne(1)), bent, grey);
}

/// The filter 1 2 1 along an axis; border pixels count once more.
at::Tensor smoothed(const at::Tensor& grey, int64_t axis)
{
    const int64_t size = grey.size(axis);
    const at::Tensor before =
        at::cat({grey.narrow(axis, 0, 1), grey.narrow(axis, 0, size - 1)}, axis);
    const at::Tensor after =
        at::cat({grey.narrow(axis, 1, size - 1), grey.narrow(axis, size - 1, 1)}, axis);
    return before.add_(after).add_(grey, 2).div_(4);
}

} // namespace

void write(const PatchVariation& variation, const at::Tensor& row)
{
    float* numbers = row.data_ptr<float>();
    numbers[transposes] = variation.transposes ? 1 : 0;
    numbers[mirrorsX] = variation.mirrorsX ? 1 : 0;
    numbers[mirrorsY] = variation.mirrorsY ? 1 : 0;
    numbers[gamma] = float(variation.gamma);
    numbers[contrast] = variation.contrast;
    numbers[brightness] = variation.brightness;
    numbers[isBlurred] = variation.isBlurred ? 1 : 0;
    numbers[noise] = variation.noise;
}

Batch apply(const Batch& batch, const at::Tensor& variations)
{
    at::Tensor grey = bent(turned(batch.grey, variations), column(variations, gamma));
    grey = grey.mul(column(variations, contrast)).add_(column(variations, brightness));
    grey = at::where(isSet(variations, isBlurred), smoothed(smoothed(grey, 3), 2), grey);
    grey = grey.add(at::randn_like(grey).mul_(column(variations, noise)));
    return {grey, turned(batch.targets.unsqueeze(1), variations).squeeze(1)};
}

} // namespace emend::deviceAugmentation
