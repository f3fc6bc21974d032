// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/SegmentationScore.h"

#include <QtGlobal>

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace emend {

namespace {

/// The 4-neighbours of a pixel by its place in the row-after-row vector.
class Neighbours
{
public:
    Neighbours(int width, int height)
        : m_width(width)
        , m_pixels(width * height)
    {
    }

    template <typename Visit>
    void visit(int pixel, Visit visitNeighbour) const
    {
        const int x = pixel % m_width;
        if (pixel >= m_width)
            visitNeighbour(pixel - m_width);
        if (x > 0)
            visitNeighbour(pixel - 1);
        if (x + 1 < m_width)
            visitNeighbour(pixel + 1);
        if (pixel + m_width < m_pixels)
            visitNeighbour(pixel + m_width);
    }

private:
    int m_width;
    int m_pixels;
};

/// Gives one number to every pixel that is connected with seed; waiting is scratch memory.
void labelComponent(int seed, int number, std::span<const unsigned char> foreground,
                    const Neighbours& neighbours, std::vector<int>& objects,
                    std::vector<int>& waiting)
{
    objects[size_t(seed)] = number;
    waiting.assign(1, seed);
    while (!waiting.empty()) {
        const int pixel = waiting.back();
        waiting.pop_back();
        neighbours.visit(pixel, [&](int next) {
            if (foreground[size_t(next)] == 0 || objects[size_t(next)] != 0)
                return;
            objects[size_t(next)] = number;
            waiting.push_back(next);
        });
    }
}

/// The one object beside a pixel; 0 where several meet (or there is none).
int onlyObjectBeside(int pixel, const std::vector<int>& objects, const Neighbours& neighbours)
{
    int found = 0;
    bool isMeeting = false;
    neighbours.visit(pixel, [&](int next) {
        const int object = objects[size_t(next)];
        isMeeting = isMeeting || (object > 0 && found > 0 && object != found);
        found = object > 0 ? object : found;
    });
    return isMeeting ? 0 : found;
}

double xLogX(double x)
{
    return x > 0 ? x * std::log(x) : 0.0;
}

/// How many pixels each pair of objects shares, and each object has.
struct Overlaps
{
    std::unordered_map<quint64, qint64> pairs;
    std::unordered_map<int, qint64> truth;
    std::unordered_map<int, qint64> proposal; ///< without dams
    qint64 dams = 0;
    qint64 pixels = 0;
};

Overlaps countOverlaps(std::span<const int> truth, std::span<const int> proposal)
{
    Overlaps overlaps;
    // Neighbours mostly lie in the same pair of objects: count runs, look up once a run.
    for (size_t i = 0; i < truth.size();) {
        size_t end = i + 1;
        while (end < truth.size() && truth[end] == truth[i] && proposal[end] == proposal[i])
            ++end;
        const qint64 run = qint64(end - i);
        if (truth[i] != 0) {
            overlaps.pixels += run;
            overlaps.truth[truth[i]] += run;
            if (proposal[i] == 0) {
                overlaps.dams += run;
            } else {
                overlaps.proposal[proposal[i]] += run;
                overlaps.pairs[quint64(quint32(truth[i])) << 32 | quint32(proposal[i])] += run;
            }
        }
        i = end;
    }
    return overlaps;
}

/// Sums of f(share) over the objects of a table.
template <typename Table, typename Function>
double sumOver(const Table& table, double pixels, Function f)
{
    double sum = 0;
    for (const auto& [object, count] : table)
        sum += f(double(count) / pixels);
    return sum;
}

// Every dam pixel counts as an object of its own.
void scoreRand(const Overlaps& overlaps, OverlapScore& score)
{
    const double n = double(overlaps.pixels);
    const auto square = [](double share) {
        return share * share;
    };
    const double singletons = double(overlaps.dams) / n / n;
    const double both = sumOver(overlaps.pairs, n, square) + singletons;
    const double truth = sumOver(overlaps.truth, n, square);
    const double proposal = sumOver(overlaps.proposal, n, square) + singletons;
    score.randMerge = both / proposal;
    score.randSplit = both / truth;
    score.vRand = 2 * both / (truth + proposal);
}

void scoreInformation(const Overlaps& overlaps, OverlapScore& score)
{
    const double n = double(overlaps.pixels);
    const double singletons = double(overlaps.dams) / n * std::log(n);
    const double both = sumOver(overlaps.pairs, n, xLogX) - singletons;
    const double truth = sumOver(overlaps.truth, n, xLogX);
    const double proposal = sumOver(overlaps.proposal, n, xLogX) - singletons;
    const double shared = both - truth - proposal;
    // One object all over carries no information; the challenge defines the shares so.
    const bool isTruthOne = overlaps.truth.size() == 1;
    const bool isProposalOne = overlaps.proposal.size() == 1 && overlaps.dams == 0;
    score.infoMerge = isTruthOne ? 0 : isProposalOne ? 1 : shared / -truth;
    score.infoSplit = isTruthOne ? 1 : isProposalOne ? 0 : shared / -proposal;
    score.vInfo = isTruthOne || isProposalOne ? 0 : 2 * shared / -(truth + proposal);
}

void add(OverlapScore& sum, const OverlapScore& score, double weight = 1)
{
    sum.vRand += weight * score.vRand;
    sum.randMerge += weight * score.randMerge;
    sum.randSplit += weight * score.randSplit;
    sum.vInfo += weight * score.vInfo;
    sum.infoMerge += weight * score.infoMerge;
    sum.infoSplit += weight * score.infoSplit;
}

} // namespace

double softDice(std::span<const std::span<const float>> planes,
                std::span<const unsigned char> truth)
{
    constexpr double smooth = 1e-6;
    double sum = 0;
    for (size_t plane = 0; plane < planes.size(); ++plane) {
        double overlap = 0;
        double squares = 0;
        for (size_t i = 0; i < truth.size(); ++i) {
            if (truth[i] == 0)
                continue;
            const double p = double(planes[plane][i]);
            const double t = truth[i] == plane + 1 ? 1 : 0;
            overlap += p * t;
            squares += p * p + t;
        }
        sum += (2 * overlap + smooth) / (squares + smooth);
    }
    return planes.empty() ? 0 : sum / double(planes.size());
}

double pixelError(std::span<const unsigned char> classes, std::span<const unsigned char> truth)
{
    qint64 counted = 0;
    qint64 wrong = 0;
    for (size_t i = 0; i < truth.size(); ++i) {
        counted += truth[i] != 0;
        wrong += truth[i] != 0 && truth[i] != classes[i];
    }
    return counted == 0 ? 0 : double(wrong) / double(counted);
}

std::vector<int> labelComponents(std::span<const unsigned char> foreground, int width, int height)
{
    Q_ASSERT(foreground.size() == size_t(width) * size_t(height));
    const Neighbours neighbours(width, height);
    std::vector<int> objects(foreground.size());
    std::vector<int> waiting;
    int number = 0;
    for (size_t i = 0; i < foreground.size(); ++i)
        if (foreground[i] != 0 && objects[i] == 0)
            labelComponent(int(i), ++number, foreground, neighbours, objects, waiting);
    return objects;
}

std::vector<int> thinnedObjects(std::span<const unsigned char> inside, int width, int height)
{
    std::vector<int> objects = labelComponents(inside, width, height);
    if (std::all_of(inside.begin(), inside.end(), [](unsigned char pixel) { return pixel == 0; }))
        return std::vector<int>(inside.size(), 1); // nothing to grow from: one basin

    // Breadth first: every pixel enters the queue once, when the flood first touches it.
    const Neighbours neighbours(width, height);
    std::vector<unsigned char> isReached(inside.begin(), inside.end());
    std::vector<int> queue;
    queue.reserve(inside.size());
    const auto reachNeighbours = [&](int pixel) {
        neighbours.visit(pixel, [&](int next) {
            if (isReached[size_t(next)])
                return;
            isReached[size_t(next)] = 1;
            queue.push_back(next);
        });
    };
    for (size_t i = 0; i < inside.size(); ++i)
        if (inside[i] != 0)
            reachNeighbours(int(i));
    for (size_t next = 0; next < queue.size(); ++next) {
        const int object = onlyObjectBeside(queue[next], objects, neighbours);
        objects[size_t(queue[next])] = object;
        if (object != 0)
            reachNeighbours(queue[next]);
    }
    return objects;
}

OverlapScore overlapScore(std::span<const int> truthObjects, std::span<const int> proposalObjects)
{
    Q_ASSERT(truthObjects.size() == proposalObjects.size());
    const Overlaps overlaps = countOverlaps(truthObjects, proposalObjects);
    OverlapScore score;
    if (overlaps.pixels == 0)
        return score;
    scoreRand(overlaps, score);
    scoreInformation(overlaps, score);
    return score;
}

StackScorer::StackScorer(std::vector<double> thresholds)
    : m_thresholds(std::move(thresholds))
    , m_sums(m_thresholds.size())
{
}

std::vector<double> StackScorer::tenths()
{
    std::vector<double> thresholds;
    for (int i = 0; i <= 10; ++i)
        thresholds.push_back(i / 10.0);
    return thresholds;
}

void StackScorer::addSlice(std::span<const float> inside,
                           std::span<const unsigned char> truthInside, int width, int height)
{
    const std::vector<int> truth = labelComponents(truthInside, width, height);
    if (std::all_of(truth.begin(), truth.end(), [](int object) { return object == 0; }))
        return;
    std::vector<unsigned char> proposal(inside.size());
    for (size_t i = 0; i < m_thresholds.size(); ++i) {
        // As a float: a probability of just 0.3f is not above the threshold 0.3.
        const auto threshold = float(m_thresholds[i]);
        std::transform(inside.begin(), inside.end(), proposal.begin(),
                       [threshold](float p) { return p > threshold ? 1 : 0; });
        add(m_sums[i], overlapScore(truth, thinnedObjects(proposal, width, height)));
    }
    ++m_slices;
}

void StackScorer::addPixelScores(double dice, double pixelError)
{
    m_dice += dice;
    m_pixelError += pixelError;
    ++m_pixelSlices;
}

SegmentationScore StackScorer::score() const
{
    SegmentationScore best;
    if (m_pixelSlices > 0) {
        best.dice = m_dice / m_pixelSlices;
        best.pixelError = m_pixelError / m_pixelSlices;
    }
    for (size_t i = 0; i < m_thresholds.size() && m_slices > 0; ++i) {
        const OverlapScore mean = scoreAt(i);
        if (mean.vRand > best.vRand) {
            best.vRand = mean.vRand;
            best.threshold = m_thresholds[i];
        }
        best.vInfo = std::max(best.vInfo, mean.vInfo);
    }
    return best;
}

OverlapScore StackScorer::scoreAt(size_t thresholdIndex) const
{
    Q_ASSERT(thresholdIndex < m_sums.size());
    OverlapScore mean;
    if (m_slices > 0)
        add(mean, m_sums[thresholdIndex], 1.0 / m_slices);
    return mean;
}

} // namespace emend
