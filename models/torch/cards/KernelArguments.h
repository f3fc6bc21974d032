// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/cuda/FirstLayerKernel.h"
#include "models/cuda/HeadKernel.h"
#include "models/cuda/NormReluKernel.h"
#include "models/torch/cards/CardKernels.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <c10/util/Exception.h>

#include <algorithm>

namespace emend::kernels {

// CardKernels on top of launches: looks at the tensors, fills in the kernels' arguments. On a card
// the launches are those of KernelLaunches.h, in tests loops on the processor.

template <class Value>
Value* memoryOf(const at::Tensor& tensor)
{
    return static_cast<Value*>(tensor.data_ptr());
}

inline void checkMap(const at::Tensor& map)
{
    TORCH_CHECK(map.dim() == 4 && map.is_contiguous(at::MemoryFormat::ChannelsLast) &&
                    (map.scalar_type() == at::kFloat || map.scalar_type() == at::kBFloat16),
                "not a map in float32 or bfloat16, channels last");
    TORCH_CHECK(map.size(1) % chunkChannels == 0, "channels are not in eights");
    TORCH_CHECK(reinterpret_cast<uintptr_t>(map.data_ptr()) % alignof(Chunk<Bf16>) == 0,
                "a map begins in the middle of a chunk");
}

inline void checkNumbers(const at::Tensor& numbers, int64_t count)
{
    TORCH_CHECK(numbers.scalar_type() == at::kFloat && numbers.is_contiguous() &&
                    numbers.numel() == count,
                "not so many numbers in float32");
}

inline void checkBytes(const at::Tensor& bytes)
{
    TORCH_CHECK(bytes.scalar_type() == at::kByte && bytes.is_contiguous(), "not plain bytes");
}

/// Launches offers head(arguments, classes), firstLayer(arguments), normRelu(arguments) and
/// normReluBackward(arguments) for every kind of them.
template <class Launches>
class KernelsBy : public CardKernels
{
public:
    int mostClasses() const override { return HeadArguments<float>::mostClasses; }

    void head(const at::Tensor& features, const at::Tensor& weight, const at::Tensor& bias,
              int crop, const at::Tensor& probabilities, const at::Tensor& labels) const override
    {
        checkMap(features);
        checkBytes(probabilities);
        checkBytes(labels);
        const int64_t classes = bias.numel();
        checkNumbers(bias, classes);
        checkNumbers(weight, classes * features.size(1));
        const at::IntArrayRef answer = probabilities.sizes();
        TORCH_CHECK(classes >= 2 && classes <= mostClasses() && answer.size() == 4 &&
                        answer[0] == features.size(0) && answer[1] == classes &&
                        labels.numel() == answer[0] * answer[2] * answer[3] && crop >= 0 &&
                        crop + answer[2] <= features.size(2) &&
                        crop + answer[3] <= features.size(3),
                    "the answer is not part of the map");
        const auto launch = [&](auto feature) {
            using Feature = decltype(feature);
            m_launches.head(
                HeadArguments<Feature>{memoryOf<Feature>(features), memoryOf<float>(weight),
                                       memoryOf<float>(bias), memoryOf<uint8_t>(probabilities),
                                       memoryOf<uint8_t>(labels), features.size(0),
                                       int(features.size(2)), int(features.size(3)),
                                       int(features.size(1)), crop, int(answer[2]), int(answer[3])},
                int(classes));
        };
        features.scalar_type() == at::kFloat ? launch(float()) : launch(Bf16());
    }

    void firstLayer(const at::Tensor& grey, const at::Tensor& scale, float limit,
                    const at::Tensor& taps, const at::Tensor& bias, int padding,
                    const at::Tensor& answer) const override
    {
        checkMap(answer);
        checkNumbers(scale, 2);
        checkNumbers(bias, answer.size(1));
        checkNumbers(taps, 9 * answer.size(1));
        const bool isBytes = grey.scalar_type() == at::kByte;
        TORCH_CHECK((isBytes || grey.scalar_type() == at::kFloat) && grey.is_contiguous() &&
                        grey.dim() == 4 && grey.size(1) == 1 && grey.size(0) == answer.size(0) &&
                        grey.size(2) - 2 + 2 * padding == answer.size(2) &&
                        grey.size(3) - 2 + 2 * padding == answer.size(3),
                    "the map does not belong to the grey values");
        const auto launch = [&](auto greyValue, auto feature) {
            using Grey = decltype(greyValue);
            using Feature = decltype(feature);
            m_launches.firstLayer(FirstLayerArguments<Grey, Feature>{
                memoryOf<Grey>(grey), memoryOf<float>(scale), memoryOf<float>(taps),
                memoryOf<float>(bias), memoryOf<Feature>(answer), grey.size(0), int(grey.size(2)),
                int(grey.size(3)), int(answer.size(1)), padding, limit});
        };
        const auto launchTo = [&](auto feature) {
            isBytes ? launch(uint8_t(), feature) : launch(float(), feature);
        };
        answer.scalar_type() == at::kFloat ? launchTo(float()) : launchTo(Bf16());
    }

    NormRelu normRelu(const at::Tensor& x, const at::Tensor& gamma, const at::Tensor& beta,
                      double epsilon) const override
    {
        checkMap(x);
        checkNumbers(gamma, x.size(1));
        checkNumbers(beta, x.size(1));
        const NormRelu answer = {at::empty_like(x), at::empty_like(gamma), at::empty_like(gamma),
                                 at::empty_like(gamma)};
        const at::Tensor partial = partialSums(x, gamma);
        const auto launch = [&](auto value) {
            using Value = decltype(value);
            auto a = argumentsOf<Value>(x, partial);
            a.gamma = memoryOf<float>(gamma);
            a.beta = memoryOf<float>(beta);
            a.mean = memoryOf<float>(answer.mean);
            a.inverse = memoryOf<float>(answer.inverse);
            a.variance = memoryOf<float>(answer.variance);
            a.y = memoryOf<Value>(answer.y);
            a.epsilon = float(epsilon);
            m_launches.normRelu(a);
        };
        x.scalar_type() == at::kFloat ? launch(float()) : launch(Bf16());
        return answer;
    }

    Gradients normReluBackward(const at::Tensor& x, const NormRelu& forward,
                               const at::Tensor& gamma, const at::Tensor& dy) const override
    {
        for (const at::Tensor* map : {&x, &forward.y, &dy}) {
            checkMap(*map);
            TORCH_CHECK(map->sizes() == x.sizes() && map->scalar_type() == x.scalar_type(),
                        "the maps differ");
        }
        checkNumbers(gamma, x.size(1));
        const Gradients answer = {at::empty_like(x), at::empty_like(gamma), at::empty_like(gamma)};
        const at::Tensor partial = partialSums(x, gamma);
        const auto launch = [&](auto value) {
            using Value = decltype(value);
            auto a = argumentsOf<Value>(x, partial);
            a.gamma = memoryOf<float>(gamma);
            a.mean = memoryOf<float>(forward.mean);
            a.inverse = memoryOf<float>(forward.inverse);
            a.y = memoryOf<Value>(forward.y);
            a.dy = memoryOf<Value>(dy);
            a.dx = memoryOf<Value>(answer.x);
            a.dgamma = memoryOf<float>(answer.gamma);
            a.dbeta = memoryOf<float>(answer.beta);
            m_launches.normReluBackward(a);
        };
        x.scalar_type() == at::kFloat ? launch(float()) : launch(Bf16());
        return answer;
    }

private:
    static int64_t rowsOf(const at::Tensor& x) { return x.size(0) * x.size(2) * x.size(3); }

    /// As many strips as keep a card busy, each with enough rows to be worth its own sum.
    static int stripsOf(const at::Tensor& x)
    {
        constexpr int64_t busyThreads = 1 << 18;
        constexpr int64_t worthwhileRows = 32;
        const int64_t chunks = x.size(1) / chunkChannels;
        return int(std::clamp<int64_t>(
            rowsOf(x) / worthwhileRows, 1,
            std::max<int64_t>(1, std::min<int64_t>(1024, busyThreads / chunks))));
    }

    static at::Tensor partialSums(const at::Tensor& x, const at::Tensor& like)
    {
        return at::empty({2, stripsOf(x), x.size(1)}, like.options());
    }

    template <class Value>
    static NormReluArguments<Value> argumentsOf(const at::Tensor& x, const at::Tensor& partial)
    {
        NormReluArguments<Value> a = {};
        a.x = memoryOf<Value>(x);
        a.partial = memoryOf<float>(partial);
        a.rows = rowsOf(x);
        a.channels = int(x.size(1));
        a.strips = int(partial.size(1));
        return a;
    }

    Launches m_launches;
};

} // namespace emend::kernels
