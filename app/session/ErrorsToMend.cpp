// SPDX-License-Identifier: Apache-2.0
#include "app/session/ErrorsToMend.h"

#include "core/metrics/SegmentationScore.h"

#include <algorithm>
#include <map>
#include <set>

namespace emend {

namespace {

using Mask = std::vector<quint8>;

template <typename Condition>
Mask maskOf(size_t pixels, Condition isIn)
{
    Mask mask(pixels);
    for (size_t i = 0; i < pixels; ++i)
        mask[i] = isIn(i);
    return mask;
}

/// Takes out the connected pieces that are smaller than that.
void dropSmall(Mask& mask, int width, int height, int smallestPx)
{
    const std::vector<int> pieces = labelComponents(mask, width, height);
    std::map<int, int> sizes;
    for (const int piece : pieces)
        ++sizes[piece];
    for (size_t i = 0; i < mask.size(); ++i)
        mask[i] = mask[i] && sizes[pieces[i]] >= smallestPx;
}

/// Finds where things of one class run together through pixels that should be of another class.
class LeakFinder
{
public:
    /// isLeaky: wrong pixels that have the class. isThing: pixels that have the class in truth;
    /// isSeen: those of them that have it now, too.
    LeakFinder(int width, int height, const Mask& isLeaky, const Mask& isThing, const Mask& isSeen)
        : m_width(width)
        , m_height(height)
        , m_passages(labelComponents(isLeaky, width, height))
        , m_things(labelComponents(isThing, width, height))
    {
        for (size_t i = 0; i < m_things.size(); ++i)
            m_things[i] = isSeen[i] ? m_things[i] : 0;
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                if (const int passage = at(m_passages, x, y))
                    m_joined[passage].merge(thingsAround(x, y, 1, true));
    }

    /// Two of the things that the passage joins are near.
    bool isLeak(size_t pixel, int reachPx) const
    {
        const int x = int(pixel % size_t(m_width));
        const int y = int(pixel / size_t(m_width));
        const auto joined = m_joined.find(m_passages[pixel]);
        if (joined == m_joined.end() || joined->second.size() < 2)
            return false;
        int near = 0;
        for (const int thing : thingsAround(x, y, reachPx, false))
            near += int(joined->second.count(thing));
        return near >= 2;
    }

private:
    int at(const std::vector<int>& numbers, int x, int y) const
    {
        const bool isInside = x >= 0 && y >= 0 && x < m_width && y < m_height;
        return isInside ? numbers[size_t(y) * size_t(m_width) + size_t(x)] : 0;
    }

    std::set<int> thingsAround(int x, int y, int reachPx, bool isStraight) const
    {
        std::set<int> things;
        for (int dy = -reachPx; dy <= reachPx; ++dy)
            for (int dx = -reachPx; dx <= reachPx; ++dx)
                if (!isStraight || dx == 0 || dy == 0)
                    things.insert(at(m_things, x + dx, y + dy));
        things.erase(0);
        return things;
    }

    int m_width;
    int m_height;
    std::vector<int> m_passages;
    std::vector<int> m_things;
    std::map<int, std::set<int>> m_joined; ///< the things that a passage touches
};

void markLeaks(Mask& mending, Rect area, const Mask& truth, const Mask& classes,
               const Mask& isJudged, int classIndex, int reachPx)
{
    const size_t pixels = truth.size();
    const auto has = [&](size_t i) {
        return classes[i] == classIndex;
    };
    const auto should = [&](size_t i) {
        return truth[i] == classIndex;
    };
    const Mask isLeaky =
        maskOf(pixels, [&](size_t i) { return has(i) && !should(i) && truth[i] != 0; });
    const LeakFinder finder(area.width, area.height, isLeaky, maskOf(pixels, should),
                            maskOf(pixels, has));
    for (size_t i = 0; i < pixels; ++i)
        if (isLeaky[i] && isJudged[i] && finder.isLeak(i, reachPx))
            mending[i] = closeIt;
}

} // namespace

std::vector<quint8> openedMask(const std::vector<quint8>& mask, int width, int height, int side)
{
    Mask kept(mask.size());
    const auto index = [width](int x, int y) {
        return size_t(y) * size_t(width) + size_t(x);
    };
    for (int y = 0; y + side <= height; ++y) {
        for (int x = 0; x + side <= width; ++x) {
            bool isFull = true;
            for (int i = 0; isFull && i < side * side; ++i)
                isFull = mask[index(x + i % side, y + i / side)] != 0;
            for (int i = 0; isFull && i < side * side; ++i)
                kept[index(x + i % side, y + i / side)] = 1;
        }
    }
    return kept;
}

std::vector<quint8> errorsToMend(Rect area, const std::vector<quint8>& truth,
                                 const std::vector<quint8>& classes,
                                 const std::vector<quint8>& isJudged, const BrushHabits& habits)
{
    Mask mending(truth.size());
    const int classCount = std::max(*std::max_element(truth.begin(), truth.end()),
                                    *std::max_element(classes.begin(), classes.end()));
    for (int c = 1; c <= classCount; ++c) {
        Mask wrong = maskOf(truth.size(), [&](size_t i) {
            return isJudged[i] && truth[i] == c && classes[i] != c;
        });
        wrong = openedMask(wrong, area.width, area.height, habits.thinnestErrorPx);
        dropSmall(wrong, area.width, area.height, habits.smallestErrorPx);
        for (size_t i = 0; i < wrong.size(); ++i)
            mending[i] = wrong[i] ? quint8(mendIt) : mending[i];
    }
    for (int c = 1; c <= classCount; ++c)
        markLeaks(mending, area, truth, classes, isJudged, c, habits.leakReachPx);
    return mending;
}

} // namespace emend
