// SPDX-License-Identifier: Apache-2.0
#include "models/cuda/KernelLaunches.h"

namespace emend::kernels {

namespace {

constexpr int threads = 256;

/// One thread for each index below count.
dim3 blocksFor(int64_t count)
{
    return dim3(unsigned((count + threads - 1) / threads));
}

__device__ int64_t ownIndex()
{
    return int64_t(blockIdx.x) * threads + threadIdx.x;
}

template <int classes, class Feature>
__global__ void __launch_bounds__(threads) head(HeadArguments<Feature> a)
{
    if (const int64_t index = ownIndex(); index < a.indices())
        headAt<classes>(a, index);
}

template <class Grey, class Feature>
__global__ void __launch_bounds__(threads) firstLayer(FirstLayerArguments<Grey, Feature> a)
{
    if (const int64_t index = ownIndex(); index < a.indices())
        firstLayerAt(a, index);
}

enum class Step { statisticsOfStrip, statistics, apply, sumsOfStrip, sums, gradient };

template <Step step, class Value>
__host__ __device__ int64_t indicesOf(const NormReluArguments<Value>& a)
{
    if (step == Step::statisticsOfStrip || step == Step::sumsOfStrip)
        return a.stripIndices();
    return step == Step::statistics || step == Step::sums ? a.channels : a.mapIndices();
}

template <Step step, class Value>
__global__ void __launch_bounds__(threads) normRelu(NormReluArguments<Value> a)
{
    const int64_t index = ownIndex();
    if (index >= indicesOf<step>(a))
        return;
    if constexpr (step == Step::statisticsOfStrip)
        statisticsOfStripAt(a, index);
    else if constexpr (step == Step::statistics)
        statisticsAt(a, index);
    else if constexpr (step == Step::apply)
        applyAt(a, index);
    else if constexpr (step == Step::sumsOfStrip)
        sumsOfStripAt(a, index);
    else if constexpr (step == Step::sums)
        sumsAt(a, index);
    else
        gradientAt(a, index);
}

template <Step step, class Value>
void launch(const NormReluArguments<Value>& a, cudaStream_t stream)
{
    normRelu<step><<<blocksFor(indicesOf<step>(a)), threads, 0, stream>>>(a);
}

template <int classes, class Feature>
void launchHeadOf(const HeadArguments<Feature>& a, cudaStream_t stream)
{
    head<classes><<<blocksFor(a.indices()), threads, 0, stream>>>(a);
}

} // namespace

template <class Feature>
bool launchHead(const HeadArguments<Feature>& a, int classes, cudaStream_t stream)
{
    switch (classes) {
    case 2:
        launchHeadOf<2>(a, stream);
        return true;
    case 3:
        launchHeadOf<3>(a, stream);
        return true;
    case 4:
        launchHeadOf<4>(a, stream);
        return true;
    case 5:
        launchHeadOf<5>(a, stream);
        return true;
    case 6:
        launchHeadOf<6>(a, stream);
        return true;
    case 7:
        launchHeadOf<7>(a, stream);
        return true;
    case 8:
        launchHeadOf<8>(a, stream);
        return true;
    default:
        return false;
    }
}

template <class Grey, class Feature>
void launchFirstLayer(const FirstLayerArguments<Grey, Feature>& a, cudaStream_t stream)
{
    firstLayer<<<blocksFor(a.indices()), threads, 0, stream>>>(a);
}

template <class Value>
void launchNormRelu(const NormReluArguments<Value>& a, cudaStream_t stream)
{
    launch<Step::statisticsOfStrip>(a, stream);
    launch<Step::statistics>(a, stream);
    launch<Step::apply>(a, stream);
}

template <class Value>
void launchNormReluBackward(const NormReluArguments<Value>& a, cudaStream_t stream)
{
    launch<Step::sumsOfStrip>(a, stream);
    launch<Step::sums>(a, stream);
    launch<Step::gradient>(a, stream);
}

template bool launchHead(const HeadArguments<float>&, int, cudaStream_t);
template bool launchHead(const HeadArguments<Bf16>&, int, cudaStream_t);
template void launchFirstLayer(const FirstLayerArguments<uint8_t, float>&, cudaStream_t);
template void launchFirstLayer(const FirstLayerArguments<uint8_t, Bf16>&, cudaStream_t);
template void launchFirstLayer(const FirstLayerArguments<float, float>&, cudaStream_t);
template void launchFirstLayer(const FirstLayerArguments<float, Bf16>&, cudaStream_t);
template void launchNormRelu(const NormReluArguments<float>&, cudaStream_t);
template void launchNormRelu(const NormReluArguments<Bf16>&, cudaStream_t);
template void launchNormReluBackward(const NormReluArguments<float>&, cudaStream_t);
template void launchNormReluBackward(const NormReluArguments<Bf16>&, cudaStream_t);

} // namespace emend::kernels
