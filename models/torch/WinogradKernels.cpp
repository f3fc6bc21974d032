// SPDX-License-Identifier: Apache-2.0
#include "models/torch/WinogradKernels.h"

#include "models/torch/Processor.h"
#include "models/torch/WinogradProcessors.h"

namespace emend::winograd {

namespace {

const Loops& loops()
{
    static const Loops& chosen = hasAvx512() ? avx512::loops : avx2::loops;
    return chosen;
}

} // namespace

bool isSupported()
{
    return hasAvx512() || hasAvx2();
}

void transformWeights(const Weights<const float>& weights, float* to, ptrdiff_t productStride)
{
    loops().transformWeights(weights, to, productStride);
}

void transformPatch(const Pixels<const float>& patch, int channels, float* to,
                    ptrdiff_t productStride)
{
    loops().transformPatch(patch, channels, to, productStride);
}

void multiply(const float* patches, int count, int inputs, const float* weights, int outputs,
              float* to, const Addend& addend)
{
    loops().multiply(patches, count, inputs, weights, outputs, to, addend);
}

void transformBack(const float* from, ptrdiff_t productStride, int channels, const Finish& finish)
{
    loops().transformBack(from, productStride, channels, finish);
}

void transformTile(const Pixels<const float>& tile, int height, int width, int channels, float* to,
                   ptrdiff_t productStride)
{
    loops().transformTile(tile, height, width, channels, to, productStride);
}

void addProducts(const float* patches, ptrdiff_t patchStride, int inputs, const float* tiles,
                 ptrdiff_t tileStride, int outputs, int count, bool isFirst, float* sums)
{
    loops().addProducts(patches, patchStride, inputs, tiles, tileStride, outputs, count, isFirst,
                        sums);
}

void transformWeightsBack(const float* sums, ptrdiff_t productStride,
                          const Weights<float>& gradient)
{
    loops().transformWeightsBack(sums, productStride, gradient);
}

} // namespace emend::winograd
