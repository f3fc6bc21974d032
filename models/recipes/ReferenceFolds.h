// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

namespace emend {

/// Which slices a model learns from, and on which it is judged.
struct Fold
{
    std::vector<int> training;
    std::vector<int> validation;

    bool operator==(const Fold&) const = default;
};

/// How the five folds of a cross-validation are cut out of a stack. Both shuffle the slices once,
/// always in the same way, so that models and seeds can be compared.
enum class FoldRule {
    /// NVIDIA's, as their published tables have it: their step from fold to fold is one slice
    /// shorter than their folds, so some slices are judged twice and as many never.
    reference,
    partition ///< every slice is judged exactly once
};

constexpr int foldCount = 5;

/// "reference" or "true". Throws Error on any other word.
FoldRule foldRuleFromText(const QString& text);

/// fold: 0 .. foldCount-1. Throws Error where there are fewer slices than folds.
Fold foldOf(FoldRule rule, int fold, int sliceCount);

} // namespace emend
