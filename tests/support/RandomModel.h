// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Checkpoint.h"

#include <cmath>
#include <memory>
#include <random>
#include <string>

namespace emend {

/// A model of a spec with weights that are drawn, not learned: large enough that every part of
/// the network has a say in the answer, the same for the same seed.
inline std::shared_ptr<Checkpoint> randomModel(const UNetSpec& spec, unsigned seed = 3)
{
    auto model = std::make_shared<Checkpoint>();
    model->spec = spec;
    for (int i = 1; i <= spec.classCount; ++i)
        model->classNames << QStringLiteral("class %1").arg(i);
    model->lineage.name = QStringLiteral("random");
    model->lineage.seed = seed;

    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    const auto endsWith = [](const std::string& text, const std::string& end) {
        return text.size() >= end.size() &&
               text.compare(text.size() - end.size(), end.size(), end) == 0;
    };
    for (const auto& [name, shape] : spec.weightShapes()) {
        WeightTensor tensor{shape, {}};
        size_t count = 1;
        for (const qint64 side : shape)
            count *= size_t(side);
        const float spread =
            shape.size() == 4 ? std::sqrt(2.0F * float(shape[0]) / float(count)) : 0.1F;
        const bool isAroundOne = endsWith(name, "running_var") || endsWith(name, "Norm.weight");
        for (size_t i = 0; i < count; ++i)
            tensor.values.push_back(spread * normal(random) + (isAroundOne ? 1.0F : 0.0F));
        if (endsWith(name, "running_var")) {
            for (float& value : tensor.values)
                value = std::abs(value) + 0.1F;
        }
        model->weights[name] = std::move(tensor);
    }
    return model;
}

/// The same that tells membrane from inside.
inline std::shared_ptr<Checkpoint> randomMembraneModel()
{
    auto model = randomModel(UNetSpec::standard(2, 4));
    model->classNames = {QStringLiteral("membrane"), QStringLiteral("inside")};
    return model;
}

} // namespace emend
