// SPDX-License-Identifier: Apache-2.0
#include "models/torch/layers/UpConvolution.h"

#include "models/torch/SharedWork.h"
#include "models/torch/winograd/WinogradTiles.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>

#include <algorithm>
#include <functional>

namespace emend {

namespace {

using winograd::Addend;
using winograd::Bf16Pair;
using winograd::channelStep;
using winograd::firstOf;

constexpr int rowsOfKernel = 2;
constexpr int pair = winograd::rowsInNumber<Bf16Pair>;

/// What is multiplied: as it is, or in bf16, of which two that are side by side are a pair.
at::Tensor asNumbers(const at::Tensor& values, bool isBf16)
{
    return isBf16 ? values.to(at::kBFloat16) : values;
}

/// Some pixels of what asNumbers gave by weights that inBlocks gave. first: their first number.
void multiply(const at::Tensor& numbers, int64_t first, int pixels, int inputs,
              const at::Tensor& weights, int outputs, float* to, const Addend& addend)
{
    if (numbers.scalar_type() == at::kFloat)
        winograd::loops<float>().multiply(firstOf<float>(numbers) + first, pixels, inputs,
                                          firstOf<float>(weights), outputs, to, addend);
    else
        winograd::loops<Bf16Pair>().multiply(firstOf<Bf16Pair>(numbers) + first / pair, pixels,
                                             inputs / pair, firstOf<Bf16Pair>(weights), outputs, to,
                                             addend);
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

/// Matrices [rows][columns], one after the other, as multiply wants its weights: blocks of columns,
/// and of bf16 pairs of rows.
at::Tensor inBlocks(const at::Tensor& matrices, bool isBf16)
{
    const at::Tensor blocks = matrices.unflatten(2, {-1, channelStep})
                                  .unflatten(1, {-1, isBf16 ? pair : 1})
                                  .permute({0, 3, 1, 4, 2});
    return asNumbers(blocks, isBf16).contiguous();
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
    {
    }

    /// Its first number.
    int64_t coarse(int64_t row) const { return row * pixels * coarseChannels; }

    /// Likewise of the upper (0) or lower (1) of the two fine rows.
    int64_t fine(int64_t row, int kind) const
    {
        return (rowsOfKernel * row + kind) * pixels * fineChannels;
    }

    void forEach(const std::function<void(int64_t)>& work) const
    {
        shareWork(count, [&work](int64_t begin, int64_t end) {
            for (int64_t row = begin; row < end; ++row)
                work(row);
        });
    }

    int64_t count; ///< of the coarse ones
    int pixels;    ///< of a coarse row
    int coarseChannels;
    int fineChannels; ///< of two pixels side by side, which one coarse pixel answers
};

} // namespace

bool UpConvolution::suits(const at::Tensor& weight)
{
    return winograd::isSupported() && weight.device().is_cpu() &&
           weight.scalar_type() == at::kFloat && weight.size(2) == 2 && weight.size(3) == 2 &&
           weight.size(0) % channelStep == 0 && weight.size(1) % channelStep == 0;
}

UpConvolution::UpConvolution(const at::Tensor& weight, const at::Tensor& bias, bool isBf16)
    : m_weights(inBlocks(matricesOf(weight), isBf16))
    , m_bias(bias.repeat(2))
{
}

at::Tensor UpConvolution::run(const at::Tensor& coarse) const
{
    const at::Tensor x = inOrder(coarse);
    at::Tensor answer = emptyImages(x, m_bias.size(0) / 2, 2 * x.size(2), 2 * x.size(3));
    const Rows rows(x, answer);
    const at::Tensor numbers = asNumbers(x, m_weights.scalar_type() == at::kBFloat16);
    const float* const bias = m_bias.data_ptr<float>();
    rows.forEach([&](int64_t row) {
        for (int kind = 0; kind < rowsOfKernel; ++kind)
            multiply(numbers, rows.coarse(row), rows.pixels, rows.coarseChannels, m_weights[kind],
                     rows.fineChannels, firstOf<float>(answer) + rows.fine(row, kind), {bias});
    });
    return answer;
}

at::Tensor UpConvolution::inputGradient(const at::Tensor& gradient, const at::Tensor& weight,
                                        bool isBf16)
{
    const at::Tensor given = inOrder(gradient);
    const at::Tensor weights = inBlocks(matricesOf(weight).transpose(1, 2), isBf16);
    at::Tensor answer = emptyImages(given, weight.size(0), given.size(2) / 2, given.size(3) / 2);
    const Rows rows(answer, given);
    const at::Tensor numbers = asNumbers(given, isBf16);
    rows.forEach([&](int64_t row) {
        float* const to = firstOf<float>(answer) + rows.coarse(row);
        for (int kind = 0; kind < rowsOfKernel; ++kind)
            multiply(numbers, rows.fine(row, kind), rows.pixels, rows.fineChannels, weights[kind],
                     rows.coarseChannels, to,
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
    shareWork(rowsOfKernel * cuts, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
            const int kind = int(i % rowsOfKernel);
            const int64_t cut = i / rowsOfKernel;
            const int64_t first = cut * steps / cuts * channelStep;
            const int64_t next = (cut + 1) * steps / cuts * channelStep;
            for (int64_t row = 0; row < rows.count; ++row)
                winograd::loops<float>().addProducts(
                    firstOf<float>(x) + rows.coarse(row) + first, rows.coarseChannels,
                    int(next - first), firstOf<float>(given) + rows.fine(row, kind),
                    rows.fineChannels, rows.fineChannels, rows.pixels, row == 0,
                    sums[kind][first].data_ptr<float>());
        }
    });
    return sums.unflatten(2, {2, given.size(1)}).permute({1, 3, 0, 2});
}

} // namespace emend
