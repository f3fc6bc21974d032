// SPDX-License-Identifier: Apache-2.0
#include "models/torch/layers/TrainedConvolution.h"

#include "models/torch/layers/Bf16Products.h"
#include "models/torch/layers/PlainOperators.h"
#include "models/torch/layers/UpConvolution.h"
#include "models/torch/winograd/WinogradConvolution.h"
#include "models/torch/winograd/WinogradGradient.h"
#include "models/torch/winograd/WinogradTiles.h"

#include <ATen/autocast_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/conv_transpose2d.h>
#include <ATen/ops/linear.h>
#include <torch/csrc/autograd/custom_function.h>

#include <optional>

namespace emend {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

std::vector<at::Tensor> definedOf(const at::Tensor& first, const at::Tensor& second)
{
    return second.defined() ? std::vector{first, second} : std::vector{first};
}

class WinogradFunction : public torch::autograd::Function<WinogradFunction>
{
    using Direction = WinogradConvolution::Direction;

public:
    /// skip: further inputs, or nothing.
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x,
                              const at::Tensor& weight, const std::optional<at::Tensor>& skip,
                              const std::optional<at::Tensor>& bias, int64_t padding)
    {
        const std::vector<at::Tensor> parts = definedOf(x, skip.value_or(at::Tensor()));
        variable_list saved{weight};
        saved.insert(saved.end(), parts.begin(), parts.end());
        context->save_for_backward(std::move(saved));
        context->saved_data["padding"] = padding;
        context->saved_data["hasBias"] = bias.has_value();
        context->saved_data["isBf16"] = Bf16Products::isOn();
        return WinogradConvolution(weight, Direction::forward, Bf16Products::isOn())
            .run(parts, {.padding = int(padding), .bias = bias.value_or(at::Tensor())});
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients)
    {
        const at::Tensor& gradient = gradients.front();
        const variable_list saved = context->get_saved_variables();
        const at::Tensor& weight = saved.front();
        const at::TensorList parts = at::TensorList(saved).slice(1);
        const int padding = int(context->saved_data["padding"].toInt());
        const bool isBf16 = context->saved_data["isBf16"].toBool();
        variable_list answers(5); // as the way forward has arguments
        if (context->needs_input_grad(0)) {
            std::vector<int64_t> channels;
            for (const at::Tensor& part : parts)
                channels.push_back(part.size(1));
            const std::vector<at::Tensor> ofParts =
                WinogradConvolution(weight, Direction::backward, isBf16)
                    .runInParts(gradient, {.padding = 2 - padding}, channels);
            answers[0] = ofParts.front();
            if (parts.size() > 1)
                answers[2] = ofParts.back();
        }
        if (context->needs_input_grad(1))
            answers[1] = winogradWeightGradient(parts, gradient, padding, isBf16);
        if (context->saved_data["hasBias"].toBool())
            answers[3] = gradient.sum({0, 2, 3});
        return answers;
    }
};

class UpFunction : public torch::autograd::Function<UpFunction>
{
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& coarse,
                              const at::Tensor& weight, const at::Tensor& bias)
    {
        context->save_for_backward({coarse, weight});
        context->saved_data["isBf16"] = Bf16Products::isOn();
        return UpConvolution(weight, bias, Bf16Products::isOn()).run(coarse);
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients)
    {
        const at::Tensor& gradient = gradients.front();
        const variable_list saved = context->get_saved_variables();
        variable_list answers(3); // as the way forward has arguments
        if (context->needs_input_grad(0))
            answers[0] = UpConvolution::inputGradient(gradient, saved[1],
                                                      context->saved_data["isBf16"].toBool());
        if (context->needs_input_grad(1))
            answers[1] = UpConvolution::weightGradient(saved[0], gradient);
        if (context->needs_input_grad(2))
            answers[2] = gradient.sum({0, 2, 3});
        return answers;
    }
};

/// Where there are ways of Emend's own.
bool isPlainFloat(const at::Tensor& x)
{
    return x.device().is_cpu() && x.scalar_type() == at::kFloat &&
           !at::autocast::is_autocast_enabled(at::kCPU) && !PlainOperators::areWanted();
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

/// Whether Winograd's method is the faster one: transforming the weights and their gradient costs
/// as much as the products of some twenty tiles save.
bool suitsWinograd(const at::Tensor& x, const at::Tensor& weight, int padding)
{
    constexpr int64_t fewestTiles = 24;
    if (!isPlainFloat(x) || !WinogradConvolution::suits(weight))
        return false;
    const int64_t growth = 2 * padding - 2;
    return winograd::TileGrid::of(x.size(0), x.size(2) + growth, x.size(3) + growth).count() >=
           fewestTiles;
}

} // namespace

at::Tensor trainedConvolution(const at::Tensor& x, const at::Tensor& skip, const at::Tensor& weight,
                              const at::Tensor& bias, int padding)
{
    const auto asOptional = [](const at::Tensor& tensor) {
        return tensor.defined() ? std::optional(tensor) : std::nullopt;
    };
    if (suitsWinograd(x, weight, padding))
        return WinogradFunction::apply(x, weight, asOptional(skip), asOptional(bias), padding);
    const at::Tensor all = skip.defined() ? at::cat({x, skip}, 1) : x;
    if (isPlainFloat(x) && weight.size(2) == 1)
        return channelsSecond(at::linear(channelsLast(all), weight.flatten(1), bias));
    return at::conv2d(all, weight, bias, 1, padding);
}

at::Tensor trainedUpConvolution(const at::Tensor& x, const at::Tensor& weight,
                                const at::Tensor& bias)
{
    if (isPlainFloat(x) && UpConvolution::suits(weight))
        return UpFunction::apply(x, weight, bias);
    return at::conv_transpose2d(x, weight, bias, 2);
}

} // namespace emend
