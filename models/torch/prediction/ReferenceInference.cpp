// SPDX-License-Identifier: Apache-2.0
#include "models/torch/prediction/ReferenceInference.h"

#include "models/recipes/ReferenceSection.h"
#include "models/slices/Resampling.h"
#include "models/torch/TorchDevice.h"
#include "models/torch/TorchErrors.h"

#include <QCoreApplication>
#include <QThread>

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <new>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Predictor", text);
}

[[noreturn]] void refuseForMemory()
{
    throw Error(tr("There is not enough memory to predict with this model. Close other "
                   "programs, or choose a smaller model."));
}

[[noreturn]] void refuse(const c10::Error& error)
{
    if (isOutOfMemory(error))
        refuseForMemory();
    const QString reason = QString::fromUtf8(error.what_without_backtrace());
    throw Error(tr("The prediction could not be computed (%1). Choose another device or model.")
                    .arg(reason.section(QLatin1Char('\n'), 0, 0).left(200)));
}

std::vector<GreyPlane> planesOf(const at::Tensor& answer)
{
    std::vector<GreyPlane> planes;
    for (int64_t c = 0; c < answer.size(0); ++c) {
        planes.emplace_back(int(answer.size(2)), int(answer.size(1)));
        std::copy_n(answer[c].data_ptr<float>(), planes.back().values.size(),
                    planes.back().values.begin());
    }
    return planes;
}

} // namespace

ReferenceInference::ReferenceInference(const Checkpoint& checkpoint, const ComputeDevice& device,
                                       Precision precision, int threads)
    : m_network(checkpoint, torchDevice(device), precision)
    , m_threads(threads > 0 ? threads : QThread::idealThreadCount())
{
}

std::vector<GreyPlane> ReferenceInference::run(const ImageStack& stack, int z,
                                               JobContext& job) const
{
    constexpr int side = ReferenceSection::inputPx;
    const GreyPlane grey = ReferenceSection::greyOf(stack, z);
    try {
        at::set_num_threads(m_threads);
        const c10::InferenceMode inference;
        const at::Tensor input = at::empty({1, 1, side, side}, at::kFloat);
        std::copy(grey.values.begin(), grey.values.end(), input.data_ptr<float>());
        const auto betweenLayers = [&job] {
            job.checkCancelled();
        };
        return planesOf(m_network.probabilities(input, betweenLayers)[0].to(at::kCPU).contiguous());
    } catch (const c10::Error& error) {
        refuse(error);
    } catch (const std::bad_alloc&) {
        refuseForMemory();
    }
}

std::vector<float> ReferenceInference::toStack(const GreyPlane& plane, VolumeSize size, Rect rect)
{
    return resampled(plane.values, {0, 0, plane.width, plane.height}, rect,
                     AxisResampling(plane.width, size.width),
                     AxisResampling(plane.height, size.height));
}

} // namespace emend
