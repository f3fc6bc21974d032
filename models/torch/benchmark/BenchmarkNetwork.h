// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/learning/TrainingStep.h"
#include "models/torch/prediction/FoldedUNet.h"

#include <optional>

namespace emend {

/// A network with random weights and the random images that it is shown. Compute thread only.
class BenchmarkNetwork
{
public:
    struct Images
    {
        int count = 1; ///< a batch
        int sizePx = 512;
        bool fromHost = false; ///< brought to the device anew for each batch
    };

    virtual ~BenchmarkNetwork() = default;

    /// The loss of the batch, or of one shortly before, where it learns.
    virtual std::optional<double> runBatch(JobContext& job) = 0;

    /// Whether work goes on after runBatch, so that the next batch need not wait for it.
    virtual bool hasQueue() const { return false; }

    /// Until all work is done.
    virtual void synchronise();

protected:
    BenchmarkNetwork(at::Device device, const Images& images)
        : m_device(device)
        , m_images(images)
    {
    }

    at::Device device() const { return m_device; }

    const Images& images() const { return m_images; }

    static constexpr double benchmarkLearningRate = 1e-3;

    static UNet drawnNetwork(const UNetSpec& spec, quint64 seed);
    static Checkpoint drawnCheckpoint(const UNetSpec& spec, quint64 seed);
    at::Tensor drawnGrey(const UNetSpec& spec, quint64 seed) const;

private:
    at::Device m_device;
    Images m_images;
};

/// As Predictor runs it.
class InferenceNetwork : public BenchmarkNetwork
{
public:
    InferenceNetwork(const UNetSpec& spec, Precision precision, at::Device device, quint64 seed,
                     const Images& images);

    std::optional<double> runBatch(JobContext& job) override;

    bool hasQueue() const override { return device().is_cuda(); }

private:
    FoldedUNet m_network;
    at::Tensor m_grey;
};

/// As a user of LibTorch runs it: BatchNorm beside the convolutions, autocast, PlainOperators.
class PlainInferenceNetwork : public BenchmarkNetwork
{
public:
    PlainInferenceNetwork(const UNetSpec& spec, Precision precision, at::Device device,
                          quint64 seed, const Images& images);

    std::optional<double> runBatch(JobContext& job) override;

    bool hasQueue() const override { return device().is_cuda(); }

private:
    UNet m_network;
    Precision m_precision;
    at::Tensor m_grey;
};

/// As Trainer runs it: one step after the other, on the same images.
class TrainingNetwork : public BenchmarkNetwork
{
public:
    /// isPlain: with PlainOperators.
    TrainingNetwork(const UNetSpec& spec, Precision precision, at::Device device, quint64 seed,
                    const Images& images, bool isPlain = false);

    /// Throws Error where the numbers are no longer finite, for such a step is not a whole one.
    std::optional<double> runBatch(JobContext& job) override;

private:
    TrainingStep::Batch m_batch;
    TrainingStep m_step;
    bool m_isPlain;
};

} // namespace emend
