// SPDX-License-Identifier: Apache-2.0
#include "models/torch/layers/TrainedNorm.h"

#include "models/torch/SharedWork.h"
#include "models/torch/layers/NormReluLoops.h"
#include "models/torch/layers/PlainOperators.h"

#include <ATen/autocast_mode.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <functional>

namespace emend {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Float32 sums are of so many pixels at most, and added up in float64: always the same ones,
/// whatever the number of threads.
constexpr int64_t pixelsOfChunk = 1024;

/// The pixels of a batch, one after the other with their channels side by side.
struct Pixels
{
    explicit Pixels(const at::Tensor& images)
        : channels(int(images.size(1)))
        , count(images.numel() / images.size(1))
    {
    }

    int64_t chunks() const { return (count + pixelsOfChunk - 1) / pixelsOfChunk; }

    /// Calls work with the chunk, its first number and how many pixels it has. On all threads.
    void inChunks(const std::function<void(int64_t, int64_t, int64_t)>& work) const
    {
        shareWork(chunks(), [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; ++i) {
                const int64_t first = i * pixelsOfChunk;
                work(i, first * channels, std::min(pixelsOfChunk, count - first));
            }
        });
    }

    int channels;
    int64_t count;
};

at::Tensor inOrder(const at::Tensor& images)
{
    return images.contiguous(at::MemoryFormat::ChannelsLast);
}

float* row(const at::Tensor& table, int64_t index)
{
    return table.data_ptr<float>() + index * table.stride(0);
}

/// Two sums for each channel, float64: [2, channels]. add: of the chunk that begins there.
at::Tensor summed(const Pixels& pixels,
                  const std::function<void(int64_t, int64_t, float*, float*)>& add)
{
    const at::Tensor sums = at::zeros({pixels.chunks(), 2, pixels.channels}, at::kFloat);
    pixels.inChunks([&](int64_t chunk, int64_t first, int64_t count) {
        float* const both = row(sums, chunk);
        add(first, count, both, both + pixels.channels);
    });
    return sums.sum(0, false, at::kDouble);
}

/// What is known of each channel, rows of float32.
enum Row { mean, deviationInverse, factor, offset };

normrelu::Scale scaleOf(const at::Tensor& known)
{
    return {row(known, factor), row(known, offset)};
}

struct Moments
{
    at::Tensor mean;     ///< float64
    at::Tensor variance; ///< likewise, of these pixels
};

Moments momentsOf(const at::Tensor& x, const Pixels& pixels)
{
    const float* first = x.data_ptr<float>();
    // Distances from some pixel: sums of squares of large numbers would drown what they differ by.
    const at::Tensor shift = at::empty({pixels.channels}, at::kFloat);
    std::copy_n(first, pixels.channels, shift.data_ptr<float>());
    const at::Tensor sums =
        summed(pixels, [&](int64_t place, int64_t count, float* sum, float* squares) {
            normrelu::addMoments(first + place, count, pixels.channels, shift.data_ptr<float>(),
                                 sum, squares);
        });
    const at::Tensor means = sums / double(pixels.count);
    return {means[0] + shift, (means[1] - means[0].square()).clamp_min(0)};
}

void follow(const at::Tensor& running, const at::Tensor& now, double share)
{
    if (running.defined())
        running.mul_(1 - share).add_(now, share);
}

class NormReluFunction : public torch::autograd::Function<NormReluFunction>
{
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& images,
                              const at::Tensor& weight, const at::Tensor& bias,
                              const torch::nn::BatchNorm2d& norm, double share)
    {
        const at::Tensor x = inOrder(images);
        const Pixels pixels(x);
        const Moments moments = momentsOf(x, pixels);
        const double correction =
            double(pixels.count) / double(std::max<int64_t>(1, pixels.count - 1));
        follow(norm->running_mean, moments.mean, share);
        follow(norm->running_var, moments.variance * correction, share);

        const at::Tensor inverse = (moments.variance + norm->options.eps()).rsqrt();
        const at::Tensor factors = weight * inverse;
        const at::Tensor known =
            at::stack({moments.mean, inverse, factors, bias - moments.mean * factors})
                .to(at::kFloat);
        context->save_for_backward({x, known});
        const at::Tensor y = at::empty_like(x);
        pixels.inChunks([&](int64_t, int64_t first, int64_t count) {
            normrelu::apply(x.data_ptr<float>() + first, count, pixels.channels, scaleOf(known),
                            y.data_ptr<float>() + first);
        });
        return y;
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor& x = saved[0];
        const at::Tensor& known = saved[1];
        const at::Tensor ofY = inOrder(gradients.front());
        const Pixels pixels(x);
        const float* const values = x.data_ptr<float>();
        const float* const given = ofY.data_ptr<float>();
        const at::Tensor sums =
            summed(pixels, [&](int64_t first, int64_t count, float* sum, float* products) {
                normrelu::addGradients(values + first, given + first, count, pixels.channels,
                                       scaleOf(known), row(known, mean), sum, products);
            });
        const at::Tensor ofBias = sums[0];
        const at::Tensor ofWeight = sums[1] * known[deviationInverse];
        const at::Tensor slope =
            known[factor] * known[deviationInverse] * ofWeight / -double(pixels.count);
        const at::Tensor constant =
            known[factor] * ofBias / -double(pixels.count) - slope * known[mean];
        const at::Tensor back = at::stack({slope, constant}).to(at::kFloat);
        const at::Tensor ofX = at::empty_like(x);
        pixels.inChunks([&](int64_t, int64_t first, int64_t count) {
            normrelu::applyBack(values + first, given + first, count, pixels.channels,
                                scaleOf(known), {row(back, 0), row(back, 1)},
                                ofX.data_ptr<float>() + first);
        });
        return {ofX, ofWeight.to(at::kFloat), ofBias.to(at::kFloat), at::Tensor(), at::Tensor()};
    }
};

bool suits(const torch::nn::BatchNorm2d& norm, const at::Tensor& x)
{
    return norm->is_training() && norm->weight.defined() && x.device().is_cpu() &&
           x.scalar_type() == at::kFloat && norm->weight.scalar_type() == at::kFloat &&
           !at::autocast::is_autocast_enabled(at::kCPU) && !PlainOperators::areWanted() &&
           x.size(1) % normrelu::channelStep == 0 && normrelu::isSupported();
}

/// The share of this batch in the running statistics: without a momentum they are plain means.
double shareOfBatch(torch::nn::BatchNorm2d& norm)
{
    if (!norm->num_batches_tracked.defined())
        return 0;
    norm->num_batches_tracked.add_(1);
    const std::optional<double> momentum = norm->options.momentum();
    return momentum ? *momentum : 1 / double(norm->num_batches_tracked.item<int64_t>());
}

} // namespace

at::Tensor normAndRelu(torch::nn::BatchNorm2d& norm, const at::Tensor& x)
{
    if (!suits(norm, x))
        return norm(x).relu_();
    return NormReluFunction::apply(x, norm->weight, norm->bias, norm, shareOfBatch(norm));
}

} // namespace emend
