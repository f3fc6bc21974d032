// SPDX-License-Identifier: Apache-2.0
#include "models/torch/layers/OneDnnConvolution.h"

#include <ATen/core/List.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/Scalar.h>

#include <algorithm>

namespace emend {

namespace {

/// A slice has at most four sizes of tiles: inside, at two borders and in their corner.
constexpr size_t mostSizes = 4;

constexpr const char* convolve = "mkldnn::_convolution_pointwise";
constexpr const char* transposedConvolve = "mkldnn::_convolution_transpose_pointwise";
constexpr const char* reorder = "mkldnn::_reorder_convolution_weight";
constexpr const char* transposedReorder = "mkldnn::_reorder_convolution_transpose_weight";

using Scalars = c10::List<std::optional<at::Scalar>>;
using Text = std::optional<std::string_view>;
using Convolve = at::Tensor(const at::Tensor&, const at::Tensor&, const std::optional<at::Tensor>&,
                            at::IntArrayRef padding, at::IntArrayRef stride,
                            at::IntArrayRef dilation, int64_t groups, std::string_view attribute,
                            Scalars, Text algorithm);
using TransposedConvolve = at::Tensor(const at::Tensor&, const at::Tensor&,
                                      const std::optional<at::Tensor>&, at::IntArrayRef padding,
                                      at::IntArrayRef outputPadding, at::IntArrayRef stride,
                                      at::IntArrayRef dilation, int64_t groups,
                                      std::string_view attribute, Scalars, Text algorithm);
using Reorder = at::Tensor(const at::Tensor&, at::IntArrayRef padding, at::IntArrayRef stride,
                           at::IntArrayRef dilation, int64_t groups, at::OptionalIntArrayRef size);
using TransposedReorder = at::Tensor(const at::Tensor&, at::IntArrayRef padding,
                                     at::IntArrayRef outputPadding, at::IntArrayRef stride,
                                     at::IntArrayRef dilation, int64_t groups,
                                     at::OptionalIntArrayRef size);

bool isThere(const char* name)
{
    return c10::Dispatcher::singleton().findSchema({name, ""}).has_value();
}

/// Looked up once for each Function.
template <class Function>
c10::TypedOperatorHandle<Function> operatorNamed(const char* name)
{
    return c10::Dispatcher::singleton().findSchemaOrThrow(name, "").typed<Function>();
}

/// What oneDNN asks of a processor before it takes bf16.
bool takesBf16()
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512dq");
#else
    return false;
#endif
}

constexpr std::array<int64_t, 2> ones = {1, 1};
constexpr std::array<int64_t, 2> zeros = {0, 0};

} // namespace

bool OneDnnConvolution::canRun(const at::Tensor& weight)
{
    static const bool hasOperators = isThere(convolve) && isThere(transposedConvolve) &&
                                     isThere(reorder) && isThere(transposedReorder);
    return hasOperators && weight.device().is_cpu() &&
           (weight.scalar_type() == at::kFloat ||
            (weight.scalar_type() == at::kBFloat16 && takesBf16()));
}

OneDnnConvolution::OneDnnConvolution(const Layer& layer)
    : m_layer(layer)
{
}

at::Tensor OneDnnConvolution::packed(at::IntArrayRef inputSize) const
{
    const std::array<int64_t, 2> stride = {m_layer.stride, m_layer.stride};
    if (m_layer.kind == Kind::convolution) {
        static const auto apply = operatorNamed<Reorder>(reorder);
        return apply.call(m_layer.weight, m_layer.padding, stride, ones, 1, inputSize);
    }
    static const auto apply = operatorNamed<TransposedReorder>(transposedReorder);
    return apply.call(m_layer.weight, m_layer.padding, zeros, stride, ones, 1, inputSize);
}

const at::Tensor& OneDnnConvolution::weightFor(const at::Tensor& x) const
{
    const auto known = std::find_if(m_packed.begin(), m_packed.end(), [&x](const Packed& packed) {
        return x.sizes() == at::IntArrayRef(packed.inputSize);
    });
    if (known != m_packed.end())
        return known->weight;
    if (m_packed.size() == mostSizes)
        m_packed.erase(m_packed.begin());
    m_packed.push_back({x.sizes().vec(), packed(x.sizes())});
    return m_packed.back().weight;
}

at::Tensor OneDnnConvolution::run(const at::Tensor& x) const
{
    const std::array<int64_t, 2> stride = {m_layer.stride, m_layer.stride};
    const char* attribute = m_layer.isRelu ? "relu" : "none";
    if (m_layer.kind == Kind::convolution) {
        static const auto apply = operatorNamed<Convolve>(convolve);
        return apply.call(x, weightFor(x), m_layer.bias, m_layer.padding, stride, ones, 1,
                          attribute, Scalars(), "");
    }
    static const auto apply = operatorNamed<TransposedConvolve>(transposedConvolve);
    return apply.call(x, weightFor(x), m_layer.bias, m_layer.padding, zeros, stride, ones, 1,
                      attribute, Scalars(), "");
}

} // namespace emend
