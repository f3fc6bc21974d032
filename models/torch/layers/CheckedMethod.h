// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/layers/FusedConvolution.h"

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

#include <utility>

namespace emend {

/// A fast way to compute a layer that is not sure to be there: which layers a library has a fused
/// kernel for depends on the card, the library and the type of numbers. Its first answer is
/// compared with that of a sure way; where it fails, then or later, or the answer is another one,
/// the sure way goes on for good. So the first run is at no time part of a recorded graph.
class CheckedMethod : public FusedConvolution::Method
{
public:
    CheckedMethod(std::unique_ptr<Method> fast, std::unique_ptr<Method> sure)
        : m_fast(std::move(fast))
        , m_sure(std::move(sure))
    {
    }

    at::Tensor run(at::TensorList parts) const override
    {
        if (!m_fast)
            return m_sure->run(parts);
        try {
            at::Tensor answer = m_fast->run(parts);
            if (m_isChecked)
                return answer;
            m_isChecked = true;
            at::Tensor expected = m_sure->run(parts);
            if (isLike(answer, expected))
                return answer;
            m_fast.reset();
            return expected;
        } catch (const c10::Error&) {
            m_fast.reset();
            return m_sure->run(parts);
        }
    }

private:
    static bool isLike(const at::Tensor& answer, const at::Tensor& expected)
    {
        // Rounding in 16 bits is far less; a wrong layout or a forgotten bias far more.
        constexpr float tolerance = 0.02F;
        if (answer.sizes() != expected.sizes())
            return false;
        const auto mean = [](const at::Tensor& x) {
            return x.to(at::kFloat).abs().mean().item<float>();
        };
        return mean(answer.sub(expected)) <= tolerance * mean(expected) + 1e-6F;
    }

    mutable std::unique_ptr<Method> m_fast; ///< null once it was given up
    std::unique_ptr<Method> m_sure;
    mutable bool m_isChecked = false;
};

} // namespace emend
