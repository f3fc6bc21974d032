// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/benchmark/BenchmarkNetwork.h"
#include "models/torch/learning/GraphedTraining.h"
#include "models/torch/prediction/GraphedInference.h"

namespace emend {

/// As Predictor runs it on a card: bytes from the host to bytes on the host. A batch is submitted
/// as soon as there is room for it; with Images::fromHost its pixels are written anew as well.
/// Compute thread only.
class GraphedInferenceNetwork : public BenchmarkNetwork
{
public:
    GraphedInferenceNetwork(const UNetSpec& spec, Precision precision, at::Device device,
                            quint64 seed, const Images& images,
                            std::unique_ptr<CardRuntime> runtime);

    std::optional<double> runBatch(JobContext& job) override;

    bool hasQueue() const override { return true; }

    void synchronise() override;

private:
    std::unique_ptr<CardRuntime> m_runtime;
    FoldedUNet m_network;
    at::Tensor m_grey; ///< bytes
    std::optional<GraphedInference> m_graph;
    int m_freshSlots; ///< slots that no image was written to so far
};

/// As Trainer runs it on a card: the whole step, with the variation of the patches. Compute
/// thread only.
class GraphedTrainingNetwork : public BenchmarkNetwork
{
public:
    GraphedTrainingNetwork(const UNetSpec& spec, Precision precision, at::Device device,
                           quint64 seed, const Images& images,
                           std::unique_ptr<CardRuntime> runtime);

    std::optional<double> runBatch(JobContext& job) override;

    bool hasQueue() const override { return true; }

    void synchronise() override;

private:
    std::unique_ptr<CardRuntime> m_runtime;
    GraphedTraining::Batch m_batch;
    std::optional<GraphedTraining> m_training;
    int m_freshSlots; ///< likewise
    std::optional<double> m_loss;
};

} // namespace emend
