// SPDX-License-Identifier: Apache-2.0
#include "models/torch/UpConvolution.h"

#include "models/torch/WinogradKernels.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>

#include <algorithm>
#include <functional>

namespace emend {

namespace {

using winograd::Addend;
using winograd::channelStep;

constexpr int rowsOfKernel = 2;

const winograd::Loops<float>& loops()
{
    return winograd::loops<float>();
}

at::Tensor inOrder(const at::Tensor& images)
{
    return images.contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor emptyImages(const at::Tensor& like, int64_t channels, int64_t height, int64_t width)
{
    return at::empty({like.size(0), channels, height, width}, like.options(),
                     at::MemoryFormat::ChannelsLast);
}

/// Matrices [rows][columns], one after the other, as multiply wants its weights.
at::Tensor inBlocks(const at::Tensor& matrices)
{
    return matrices.unflatten(2, {matrices.size(2) / channelStep, channelStep})
        .transpose(1, 2)
        .contiguous();
}

/// For each row of the kernel a matrix [inputs][2 outputs], the left column's outputs first.
at::Tensor matricesOf(const at::Tensor& weight)
{
    return weight.permute({2, 0, 3, 1}).flatten(2, 3);
}

/// Rows of a coarse image and of the one that is twice as high and wide, both channels-last.
struct Rows
{
    Rows(const at::Tensor& coarse, const at::Tensor& fine)
        : count(coarse.size(0) * coarse.size(2))
        , pixels(int(coarse.size(3)))
        , coarseChannels(int(coarse.size(1)))
        , fineChannels(int(2 * fine.size(1)))
        , firstCoarse(coarse.data_ptr<float>())
        , firstFine(fine.data_ptr<float>())
    {
    }

    float* coarse(int64_t row) const { return firstCoarse + row * pixels * coarseChannels; }

    /// The upper (0) or lower (1) of the two fine rows.
    float* fine(int64_t row, int kind) const
    {
        return firstFine + (rowsOfKernel * row + kind) * pixels * fineChannels;
    }

    void forEach(const std::function<void(int64_t)>& work) const
    {
        at::parallel_for(0, count, 4, [&work](int64_t begin, int64_t end) {
            for (int64_t row = begin; row < end; ++row)
                work(row);
        });
    }

    int64_t count; ///< of the coarse ones
    int pixels;    ///< of a coarse row
    int coarseChannels;
    int fineChannels; ///< of two pixels side by side, which one coarse pixel answers
    float* firstCoarse;
    float* firstFine;
};

} // namespace

bool UpConvolution::suits(const at::Tensor& weight)
{
    return winograd::isSupported() && weight.device().is_cpu() &&
           weight.scalar_type() == at::kFloat && weight.size(2) == 2 && weight.size(3) == 2 &&
           weight.size(0) % channelStep == 0 && weight.size(1) % channelStep == 0;
}

UpConvolution::UpConvolution(const at::Tensor& weight, const at::Tensor& bias)
    : m_weights(inBlocks(matricesOf(weight)))
    , m_bias(bias.repeat(2))
{
}

at::Tensor UpConvolution::run(const at::Tensor& coarse) const
{
    const at::Tensor x = inOrder(coarse);
    at::Tensor answer = emptyImages(x, m_bias.size(0) / 2, 2 * x.size(2), 2 * x.size(3));
    const Rows rows(x, answer);
    const float* const bias = m_bias.data_ptr<float>();
    rows.forEach([&](int64_t row) {
        for (int kind = 0; kind < rowsOfKernel; ++kind)
            loops().multiply(rows.coarse(row), rows.pixels, rows.coarseChannels,
                             m_weights[kind].data_ptr<float>(), rows.fineChannels,
                             rows.fine(row, kind), {bias});
    });
    return answer;
}

at::Tensor UpConvolution::inputGradient(const at::Tensor& gradient, const at::Tensor& weight)
{
    const at::Tensor given = inOrder(gradient);
    const at::Tensor weights = inBlocks(matricesOf(weight).transpose(1, 2));
    at::Tensor answer = emptyImages(given, weight.size(0), given.size(2) / 2, given.size(3) / 2);
    const Rows rows(answer, given);
    rows.forEach([&](int64_t row) {
        float* const to = rows.coarse(row);
        for (int kind = 0; kind < rowsOfKernel; ++kind)
            loops().multiply(rows.fine(row, kind), rows.pixels, rows.fineChannels,
                             weights[kind].data_ptr<float>(), rows.coarseChannels, to,
                             kind > 0 ? Addend{to, rows.coarseChannels} : Addend{});
    });
    return answer;
}

at::Tensor UpConvolution::weightGradient(const at::Tensor& coarse, const at::Tensor& gradient)
{
    const at::Tensor x = inOrder(coarse);
    const at::Tensor given = inOrder(gradient);
    const Rows rows(x, given);
    const at::Tensor sums = at::empty({rowsOfKernel, x.size(1), 2 * given.size(1)}, at::kFloat);
    const int64_t threads = at::get_num_threads();
    const int64_t steps = x.size(1) / channelStep;
    const int64_t cuts = std::clamp<int64_t>((threads + 1) / rowsOfKernel, 1, steps);
    at::parallel_for(0, rowsOfKernel * cuts, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
            const int kind = int(i % rowsOfKernel);
            const int64_t cut = i / rowsOfKernel;
            const int64_t first = cut * steps / cuts * channelStep;
            const int64_t next = (cut + 1) * steps / cuts * channelStep;
            for (int64_t row = 0; row < rows.count; ++row)
                loops().addProducts(rows.coarse(row) + first, rows.coarseChannels,
                                    int(next - first), rows.fine(row, kind), rows.fineChannels,
                                    rows.fineChannels, rows.pixels, row == 0,
                                    sums[kind][first].data_ptr<float>());
        }
    });
    return sums.unflatten(2, {2, given.size(1)}).permute({1, 3, 0, 2});
}

} // namespace emend
