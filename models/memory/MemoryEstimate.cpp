// SPDX-License-Identifier: Apache-2.0
#include "models/memory/MemoryEstimate.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace emend {

namespace {

constexpr qint64 fp32Bytes = 4;
constexpr qint64 indexBytes = 8; ///< of pooling's indices and of targets

bool isFp32(Precision precision)
{
    return precision == Precision::fp32 || precision == Precision::mixed;
}

qint64 bytesOf(Precision precision)
{
    return isFp32(precision) ? fp32Bytes : 2;
}

qint64 largestWeight(const UNetSpec& spec)
{
    qint64 largest = 0;
    for (const auto& [name, shape] : spec.weightShapes()) {
        qint64 count = 1;
        for (const qint64 length : shape)
            count *= length;
        largest = std::max(largest, count);
    }
    return largest;
}

/// Tensors that come and go; remembers how much was there at the worst moment.
class LiveTensors
{
public:
    qint64 make(qint64 elements, qint64 bytesEach)
    {
        m_largestElements = std::max(m_largestElements, elements);
        m_bytes += elements * bytesEach;
        m_peakBytes = std::max(m_peakBytes, m_bytes);
        return elements * bytesEach;
    }

    void drop(qint64 bytes) { m_bytes -= bytes; }

    qint64 peakBytes() const { return m_peakBytes; }

    qint64 largestElements() const { return m_largestElements; }

private:
    qint64 m_bytes = 0;
    qint64 m_peakBytes = 0;
    qint64 m_largestElements = 0;
};

/// Follows a batch through the network; learning keeps what inference drops.
class Walk
{
public:
    Walk(const NetworkInput& input, bool learns)
        : m_spec(input.spec)
        , m_learns(learns)
        , m_width(input.widthPx)
        , m_height(input.heightPx)
        , m_batch(input.batch)
        , m_bytes(bytesOf(input.precision))
    {
    }

    MemoryEstimate follow()
    {
        qint64 x = m_tensors.make(elements(m_spec.inputChannels), fp32Bytes);
        if (m_bytes != fp32Bytes)
            x = m_tensors.make(elements(m_spec.inputChannels), m_bytes); // both live on
        std::vector<qint64> skips;
        for (int level = 0; level <= m_spec.depth; ++level) {
            x = twoConvolutions(x, channels(level));
            if (level == m_spec.depth)
                break;
            skips.push_back(x);
            x = pooled(channels(level));
        }
        for (int level = m_spec.depth - 1; level >= 0; --level) {
            x = concatenated(x, skips[size_t(level)], channels(level));
            x = twoConvolutions(x, channels(level));
        }
        if (m_learns)
            lossAndGradient();
        else
            probabilities(x);
        return {0, m_tensors.peakBytes(), m_tensors.largestElements()};
    }

private:
    qint64 channels(int level) const { return qint64(m_spec.baseChannels) << level; }

    qint64 elements(qint64 channelCount) const
    {
        return m_batch * channelCount * m_width * m_height;
    }

    qint64 make(qint64 channelCount) { return m_tensors.make(elements(channelCount), m_bytes); }

    void dropUnlessLearning(qint64 bytes)
    {
        if (!m_learns)
            m_tensors.drop(bytes);
    }

    qint64 convolution(qint64 outputs)
    {
        if (m_spec.padding == UNetSpec::Padding::valid) {
            m_width -= 2;
            m_height -= 2;
        }
        const qint64 answer = make(outputs);
        // ReLU works in place; BatchNorm does not, and needs what it was given.
        return m_learns && m_spec.hasBatchNorm ? make(outputs) : answer;
    }

    qint64 twoConvolutions(qint64 x, qint64 outputs)
    {
        const qint64 first = convolution(outputs);
        // What becomes of a single channel lies in another order, and is copied into the usual.
        const qint64 copy = std::exchange(m_isFirst, false) ? make(outputs) : 0;
        const qint64 second = convolution(outputs);
        m_tensors.drop(copy);
        dropUnlessLearning(x + first);
        return second;
    }

    qint64 pooled(qint64 channelCount)
    {
        m_width /= 2;
        m_height /= 2;
        const qint64 answer = make(channelCount);
        if (m_learns)
            m_tensors.make(elements(channelCount), indexBytes);
        return answer;
    }

    /// Upsampled and put together with the skip connection.
    qint64 concatenated(qint64 coarse, qint64 skip, qint64 channelCount)
    {
        m_width *= 2;
        m_height *= 2;
        qint64 up = make(channelCount);
        if (m_spec.upConvolution == UNetSpec::UpConvolution::threeByThree) {
            const qint64 withoutRelu = up; // one row and column more, which ReLU leaves out
            up = make(channelCount);
            m_tensors.drop(withoutRelu);
        }
        dropUnlessLearning(coarse);
        const qint64 both = make(2 * channelCount);
        // With ReLU the gradient needs the answer, else nobody needs it any more.
        if (!m_learns || m_spec.upConvolution == UNetSpec::UpConvolution::twoByTwo)
            m_tensors.drop(up);
        dropUnlessLearning(skip);
        return both;
    }

    void probabilities(qint64 x)
    {
        if (m_bytes != fp32Bytes)
            m_tensors.make(elements(m_spec.baseChannels), fp32Bytes);
        m_tensors.make(elements(m_spec.classCount), fp32Bytes);
        m_tensors.drop(x);
        m_tensors.make(elements(m_spec.classCount), fp32Bytes);
    }

    /// Everything is there that backward() needs: the worst moment is in the loss, or when the
    /// gradient passes the finest level.
    void lossAndGradient()
    {
        // Logarithm, truth, probability, its product and square.
        constexpr qint64 mapsOfLoss = 5;
        const qint64 logits = make(m_spec.classCount);
        const qint64 loss = m_tensors.make(elements(m_spec.classCount), mapsOfLoss * fp32Bytes);
        m_tensors.drop(logits + loss);
        make(m_spec.baseChannels); // the gradient of an answer, of what BatchNorm
        make(m_spec.baseChannels); // was given, and of what the convolution was given
        make(m_spec.baseChannels);
    }

    const UNetSpec& m_spec;
    bool m_learns;
    bool m_isFirst = true;
    qint64 m_width;
    qint64 m_height;
    qint64 m_batch;
    qint64 m_bytes;
    LiveTensors m_tensors;
};

MemoryEstimate withWeights(MemoryEstimate estimate, qint64 weightBytes)
{
    estimate.weightBytes = weightBytes;
    estimate.peakBytes += weightBytes;
    return estimate;
}

} // namespace

MemoryEstimate MemoryEstimate::ofInference(const NetworkInput& input)
{
    // In FP32 a processor may keep transformed weights (WinogradConvolution), four times as large;
    // in 16 bits some keep them in two orders, and all have a layer's twice for a moment.
    const qint64 times = isFp32(input.precision) ? 4 : 2;
    const qint64 count = times * input.spec.parameterCount() + largestWeight(input.spec);
    return withWeights(Walk(input, false).follow(), count * bytesOf(input.precision));
}

MemoryEstimate MemoryEstimate::ofTraining(const NetworkInput& input)
{
    constexpr qint64 masterGradientAndMoments = 4 * fp32Bytes;
    constexpr qint64 transformed = 4; // numbers for one weight, of one layer at a time
    const qint64 castBytes = isFp32(input.precision) ? 0 : bytesOf(input.precision);
    const qint64 targets = qint64(input.batch) * input.widthPx * input.heightPx * indexBytes;
    MemoryEstimate estimate =
        withWeights(Walk(input, true).follow(),
                    input.spec.parameterCount() * (masterGradientAndMoments + castBytes));
    estimate.peakBytes += targets;
    if (isFp32(input.precision))
        estimate.peakBytes += transformed * largestWeight(input.spec) * fp32Bytes;
    return estimate;
}

} // namespace emend
