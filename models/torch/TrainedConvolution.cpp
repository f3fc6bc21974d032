// SPDX-License-Identifier: Apache-2.0
#include "models/torch/TrainedConvolution.h"

#include "models/torch/WinogradConvolution.h"
#include "models/torch/WinogradGradient.h"

#include <ATen/autocast_mode.h>
#include <ATen/ops/conv2d.h>
#include <torch/csrc/autograd/custom_function.h>

namespace emend {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

class WinogradFunction : public torch::autograd::Function<WinogradFunction>
{
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x,
                              const at::Tensor& weight, int64_t padding)
    {
        context->save_for_backward({x, weight});
        context->saved_data["padding"] = padding;
        return WinogradConvolution(weight).run(x, {.padding = int(padding)});
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients)
    {
        const at::Tensor& gradient = gradients.front();
        const variable_list saved = context->get_saved_variables();
        const int padding = int(context->saved_data["padding"].toInt());
        at::Tensor ofInput;
        at::Tensor ofWeight;
        if (context->needs_input_grad(0))
            ofInput = WinogradConvolution(saved[1], WinogradConvolution::Direction::backward)
                          .run(gradient, {.padding = 2 - padding});
        if (context->needs_input_grad(1))
            ofWeight = winogradWeightGradient(saved[0], gradient, padding);
        return {ofInput, ofWeight, at::Tensor()};
    }
};

} // namespace

at::Tensor trainedConvolution(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                              int padding)
{
    const bool isPlain = x.scalar_type() == at::kFloat &&
                         !at::autocast::is_autocast_enabled(x.device().type());
    if (isPlain && WinogradConvolution::suits(weight)) {
        const at::Tensor answer = WinogradFunction::apply(x, weight, padding);
        return bias.defined() ? answer + bias.view({1, -1, 1, 1}) : answer;
    }
    return at::conv2d(x, weight, bias, 1, padding);
}

} // namespace emend
