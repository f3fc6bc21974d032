// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/recipes/RecipeOptions.h"

#include <QCommandLineParser>

namespace emend {

/// `train --preset`: the published recipes, and the options that only they take.
namespace PresetOptions {

enum class Preset {
    none,      ///< Emend's own way of learning
    reference, ///< NVIDIA's "UNet Medical"
    paper      ///< the U-Net paper
};

void describe(QCommandLineParser& parser);

/// Throws UsageError where there is no such preset, or an option is there that does not go with
/// this way of learning.
Preset chosen(const QCommandLineParser& parser);

/// What both recipes take.
RecipeOptions recipe(const QCommandLineParser& parser, const ComputeDevice& device);

} // namespace PresetOptions

} // namespace emend
