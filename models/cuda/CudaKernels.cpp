// SPDX-License-Identifier: Apache-2.0
#include "models/cuda/CudaKernels.h"

#include "models/cuda/KernelLaunches.h"
#include "models/torch/cards/KernelArguments.h"

#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAStream.h>

namespace emend {

namespace {

struct CudaLaunches
{
    template <class Arguments>
    void head(const Arguments& arguments, int classes) const
    {
        kernels::launchHead(arguments, classes, c10::cuda::getCurrentCUDAStream());
        C10_CUDA_KERNEL_LAUNCH_CHECK();
    }

    template <class Arguments>
    void firstLayer(const Arguments& arguments) const
    {
        kernels::launchFirstLayer(arguments, c10::cuda::getCurrentCUDAStream());
        C10_CUDA_KERNEL_LAUNCH_CHECK();
    }

    template <class Arguments>
    void normRelu(const Arguments& arguments) const
    {
        kernels::launchNormRelu(arguments, c10::cuda::getCurrentCUDAStream());
        C10_CUDA_KERNEL_LAUNCH_CHECK();
    }

    template <class Arguments>
    void normReluBackward(const Arguments& arguments) const
    {
        kernels::launchNormReluBackward(arguments, c10::cuda::getCurrentCUDAStream());
        C10_CUDA_KERNEL_LAUNCH_CHECK();
    }
};

} // namespace

std::unique_ptr<CardKernels> makeCudaKernels()
{
    return std::make_unique<kernels::KernelsBy<CudaLaunches>>();
}

} // namespace emend
