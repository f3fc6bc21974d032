// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/ReferenceFolds.h"

#include "core/Error.h"

#include <QCoreApplication>

#include <algorithm>
#include <bit>
#include <numeric>
#include <random>
#include <utility>

namespace emend {

namespace {

constexpr double trainingShare = 0.8;

QString tr(const char* text)
{
    return QCoreApplication::translate("ReferenceFolds", text);
}

/// A number from 0 to largest, as NumPy's RandomState draws it: bits until they fit.
quint32 drawnUpTo(quint32 largest, std::mt19937& random)
{
    const quint32 mask = std::bit_ceil(largest + 1) - 1;
    for (;;) {
        const quint32 drawn = quint32(random()) & mask;
        if (drawn <= largest)
            return drawn;
    }
}

/// The order that numpy.random.seed(0) and numpy.random.shuffle give.
std::vector<int> shuffledSlices(int sliceCount)
{
    std::vector<int> order(size_t(sliceCount), 0);
    std::iota(order.begin(), order.end(), 0);
    std::mt19937 random(0);
    for (size_t i = order.size() - 1; i > 0; --i)
        std::swap(order[i], order[drawnUpTo(quint32(i), random)]);
    return order;
}

Fold referenceFold(std::vector<int> order, int fold)
{
    const auto count = ptrdiff_t(order.size());
    // 1 - 0.8 is a little less than 0.2: of 30 slices a fold has 6, the step is 5.
    const ptrdiff_t step = ptrdiff_t((1.0 - trainingShare) * double(count));
    const ptrdiff_t trainingCount = ptrdiff_t(trainingShare * double(count));
    std::rotate(order.begin(), order.end() - step * fold, order.end());
    return {{order.begin(), order.begin() + trainingCount},
            {order.begin() + trainingCount, order.end()}};
}

/// From the end, so that fold 0 is that of the reference.
Fold partitionFold(const std::vector<int>& order, int fold)
{
    const auto count = ptrdiff_t(order.size());
    const auto first = order.begin() + count * (foldCount - 1 - fold) / foldCount;
    const auto last = order.begin() + count * (foldCount - fold) / foldCount;
    Fold parts{{order.begin(), first}, {first, last}};
    parts.training.insert(parts.training.end(), last, order.end());
    return parts;
}

} // namespace

FoldRule foldRuleFromText(const QString& text)
{
    if (text == u"reference")
        return FoldRule::reference;
    if (text == u"true")
        return FoldRule::partition;
    throw Error(
        tr("There are no folds \"%1\". Choose \"reference\" or \"true\".").arg(text.left(40)));
}

Fold foldOf(FoldRule rule, int fold, int sliceCount)
{
    Q_ASSERT(fold >= 0 && fold < foldCount);
    if (sliceCount < foldCount)
        throw Error(tr("Five folds need at least five slices, and the stack has %1. Choose another "
                       "stack, or train without folds.")
                        .arg(sliceCount));
    std::vector<int> order = shuffledSlices(sliceCount);
    return rule == FoldRule::reference ? referenceFold(std::move(order), fold)
                                       : partitionFold(order, fold);
}

} // namespace emend
