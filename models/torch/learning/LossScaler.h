// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <utility>
#include <vector>

namespace emend {

/// Dynamic loss scaling for FP16, whose smallest numbers are too large for most gradients: the
/// loss is multiplied before backward(), the gradients are divided after it. An overflow halves
/// the scale and the step is left out; 2000 good steps double it (Micikevicius et al. 2018).
/// bf16 and FP32 need none of it. Compute thread only.
class LossScaler
{
public:
    /// What a run that goes on later must remember.
    struct State
    {
        double scale = 65536;
        int goodSteps = 0; ///< since the scale changed
    };

    explicit LossScaler(at::Device device)
        : LossScaler(device, State())
    {
    }

    LossScaler(at::Device device, State state)
        : m_scale(at::full({1}, state.scale, at::TensorOptions(device).dtype(at::kFloat)))
        , m_goodSteps(at::full({1}, state.goodSteps, at::TensorOptions(device).dtype(at::kInt)))
        , m_overflow(at::zeros({1}, at::TensorOptions(device).dtype(at::kFloat)))
    {
    }

    at::Tensor scaled(const at::Tensor& loss) const { return loss * m_scale; }

    /// Divides the gradients by the scale; false when one of them is not finite: leave the step
    /// out. The scale follows.
    bool unscale(std::vector<at::Tensor> gradients)
    {
        return unscaleOnDevice(std::move(gradients)).item<float>() == 0;
    }

    /// The same without waiting for the device: 1 (float32, [1]) where the step is to be left out.
    at::Tensor unscaleOnDevice(std::vector<at::Tensor> gradients)
    {
        const at::NoGradGuard noGrad;
        m_overflow.zero_();
        at::_amp_foreach_non_finite_check_and_unscale_(gradients, m_overflow, m_scale.reciprocal());
        at::_amp_update_scale_(m_scale, m_goodSteps, m_overflow, 2.0, 0.5, 2000);
        return m_overflow;
    }

    double scale() const { return m_scale.item<double>(); }

    State state() const { return {scale(), m_goodSteps.item<int>()}; }

private:
    at::Tensor m_scale;
    at::Tensor m_goodSteps;
    at::Tensor m_overflow;
};

} // namespace emend
