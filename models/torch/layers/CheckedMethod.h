// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/layers/FusedConvolution.h"

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

#include <limits>
#include <new>
#include <utility>
#include <vector>

namespace emend {

/// A fast way to compute a layer that is not sure to be there: which layers a library has a fused
/// kernel for depends on the card, the library and the type of numbers. Its first answer is
/// compared with that of a sure way; where it fails, then or later, or the answer is another one,
/// the sure way goes on for good. So the first run is at no time part of a recorded graph. That
/// memory runs out says nothing of a way, and leaves as it came.
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
            at::Tensor answer = m_isChecked ? m_fast->run(parts) : firstAnswer(parts);
            if (std::exchange(m_isChecked, true) || isLikeTheSureWay(answer, parts))
                return answer;
        } catch (const c10::OutOfMemoryError&) {
            throw;
        } catch (const std::bad_alloc&) {
            throw;
        } catch (const std::exception&) {
            // LibTorch's own errors, and those of cuDNN's front end.
        }
        m_fast.reset();
        return m_sure->run(parts);
    }

private:
    /// cuDNN's fused kernels take the memory of the answer for a map to add nothing of: where they
    /// read it all the same, what lay there before comes through. So there lies the worst.
    at::Tensor firstAnswer(at::TensorList parts) const
    {
        m_fast->run(parts).fill_(std::numeric_limits<double>::quiet_NaN());
        return m_fast->run(parts); // the allocator gives out the same memory again
    }

    /// By the first image.
    bool isLikeTheSureWay(const at::Tensor& answer, at::TensorList parts) const
    {
        // Rounding in 16 bits is far less; a wrong layout or a forgotten bias far more.
        constexpr float tolerance = 0.02F;
        std::vector<at::Tensor> first;
        for (const at::Tensor& part : parts)
            first.push_back(part.narrow(0, 0, 1));
        const at::Tensor expected = m_sure->run(first);
        const at::Tensor compared = answer.narrow(0, 0, 1);
        if (compared.sizes() != expected.sizes())
            return false;
        const auto mean = [](const at::Tensor& x) {
            return x.to(at::kFloat).abs().mean().item<float>();
        };
        return mean(compared.sub(expected)) <= tolerance * mean(expected) + 1e-6F;
    }

    mutable std::unique_ptr<Method> m_fast; ///< null once it was given up
    std::unique_ptr<Method> m_sure;
    mutable bool m_isChecked = false;
};

} // namespace emend
