// SPDX-License-Identifier: Apache-2.0
#include "models/torch/TrainedConvolution.h"

#include "models/torch/WinogradConvolution.h"
#include "models/torch/WinogradGradient.h"

#include <ATen/autocast_mode.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/stack.h>
#include <torch/csrc/autograd/custom_function.h>

#include <optional>

namespace emend {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

class WinogradFunction : public torch::autograd::Function<WinogradFunction>
{
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x,
                              const at::Tensor& weight, const std::optional<at::Tensor>& bias,
                              int64_t padding)
    {
        context->save_for_backward({x, weight});
        context->saved_data["padding"] = padding;
        context->saved_data["hasBias"] = bias.has_value();
        return WinogradConvolution(weight).run(
            x, {.padding = int(padding), .bias = bias.value_or(at::Tensor())});
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients)
    {
        const at::Tensor& gradient = gradients.front();
        const variable_list saved = context->get_saved_variables();
        const int padding = int(context->saved_data["padding"].toInt());
        at::Tensor ofInput;
        at::Tensor ofWeight;
        at::Tensor ofBias;
        if (context->needs_input_grad(0))
            ofInput = WinogradConvolution(saved[1], WinogradConvolution::Direction::backward)
                          .run(gradient, {.padding = 2 - padding});
        if (context->needs_input_grad(1))
            ofWeight = winogradWeightGradient(saved[0], gradient, padding);
        if (context->saved_data["hasBias"].toBool())
            ofBias = gradient.sum({0, 2, 3});
        return {ofInput, ofWeight, ofBias, at::Tensor()};
    }
};

bool isPlain(const at::Tensor& x)
{
    return x.device().is_cpu() && x.scalar_type() == at::kFloat &&
           !at::autocast::is_autocast_enabled(at::kCPU);
}

/// The channels of each pixel side by side, last.
at::Tensor channelsLast(const at::Tensor& images)
{
    return images.permute({0, 2, 3, 1});
}

at::Tensor channelsSecond(const at::Tensor& pixels)
{
    return pixels.permute({0, 3, 1, 2});
}

} // namespace

at::Tensor trainedConvolution(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                              int padding)
{
    if (isPlain(x) && WinogradConvolution::suits(weight))
        return WinogradFunction::apply(
            x, weight, bias.defined() ? std::optional(bias) : std::nullopt, padding);
    if (isPlain(x) && weight.size(2) == 1)
        return channelsSecond(at::linear(channelsLast(x), weight.flatten(1), bias));
    return at::conv2d(x, weight, bias, 1, padding);
}

at::Tensor trainedUpConvolution(const at::Tensor& x, const at::Tensor& weight,
                                const at::Tensor& bias)
{
    if (!isPlain(x) || weight.size(2) != 2)
        return at::conv_transpose2d(x, weight, bias, 2);
    // A row of coarse pixels gives two rows of the answer, each of two pixels for one.
    const auto rowsOf = [&](int64_t kind) {
        const at::Tensor taps = weight.select(2, kind).permute({2, 1, 0}).flatten(0, 1);
        return at::linear(channelsLast(x), taps, bias.repeat(2))
            .view({x.size(0), x.size(2), 2 * x.size(3), weight.size(1)});
    };
    return channelsSecond(at::stack({rowsOf(0), rowsOf(1)}, 2).flatten(1, 2));
}

} // namespace emend
