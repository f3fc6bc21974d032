// SPDX-License-Identifier: Apache-2.0
#include "models/slices/GreyPlane.h"

#include "models/slices/Resampling.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace emend {

namespace {

constexpr float farAway = 1e12F;

/// Copies of the lines of a plane that run across it (stride 1) or down it (stride width).
template <typename LineToLine>
void forEachLine(GreyPlane& plane, bool down, LineToLine change)
{
    const int length = down ? plane.height : plane.width;
    const int count = down ? plane.width : plane.height;
    const size_t step = down ? size_t(plane.width) : 1;
    const size_t next = down ? 1 : size_t(plane.width);
    std::vector<float> line(size_t(length), 0.0F);
    for (int i = 0; i < count; ++i) {
        float* first = plane.values.data() + size_t(i) * next;
        for (int k = 0; k < length; ++k)
            line[size_t(k)] = first[size_t(k) * step];
        const std::vector<float> changed = change(line);
        for (int k = 0; k < length; ++k)
            first[size_t(k) * step] = changed[size_t(k)];
    }
}

std::vector<float> gaussian(double sigmaPx)
{
    const int radius = std::max(1, int(std::ceil(3 * sigmaPx)));
    std::vector<float> weights;
    double sum = 0;
    for (int i = -radius; i <= radius; ++i) {
        weights.push_back(float(std::exp(-i * i / (2 * sigmaPx * sigmaPx))));
        sum += double(weights.back());
    }
    for (float& weight : weights)
        weight = float(weight / sum);
    return weights;
}

/// out[i] += factor * in[i]
void addScaled(const float* in, float factor, float* out, int count)
{
    for (int i = 0; i < count; ++i)
        out[i] += factor * in[i];
}

GreyPlane convolvedAcross(const GreyPlane& plane, const std::vector<float>& weights)
{
    const int radius = int(weights.size() / 2);
    GreyPlane out(plane.width, plane.height);
    std::vector<float> line(size_t(plane.width + 2 * radius)); // goes on beyond both ends
    for (int y = 0; y < plane.height; ++y) {
        for (int i = 0; i < int(line.size()); ++i)
            line[size_t(i)] = plane.at(std::clamp(i - radius, 0, plane.width - 1), y);
        for (size_t k = 0; k < weights.size(); ++k)
            addScaled(line.data() + k, weights[k], &out.at(0, y), plane.width);
    }
    return out;
}

GreyPlane convolvedDown(const GreyPlane& plane, const std::vector<float>& weights)
{
    const int radius = int(weights.size() / 2);
    GreyPlane out(plane.width, plane.height);
    for (int y = 0; y < plane.height; ++y) {
        for (int k = -radius; k <= radius; ++k) {
            const int row = std::clamp(y + k, 0, plane.height - 1);
            addScaled(&plane.values[size_t(row) * size_t(plane.width)], weights[size_t(k + radius)],
                      &out.at(0, y), plane.width);
        }
    }
    return out;
}

/// The weights of the four pixels around a place that lies that far behind the second of them.
std::array<float, 4> cubicWeights(double behind)
{
    constexpr double a = -0.75;
    const auto near = [](double x) {
        return ((a + 2) * x - (a + 3)) * x * x + 1;
    };
    const auto far = [](double x) {
        return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
    };
    return {float(far(1 + behind)), float(near(behind)), float(near(1 - behind)),
            float(far(2 - behind))};
}

/// A line of pixels that lie `stride` apart, enlarged to one of another length and stride.
void enlargeLine(const float* in, int inLength, size_t inStride, float* out, int outLength,
                 size_t outStride)
{
    const double step = double(inLength) / outLength;
    for (int i = 0; i < outLength; ++i) {
        const double place = (i + 0.5) * step - 0.5;
        const double second = std::floor(place);
        const std::array<float, 4> weights = cubicWeights(place - second);
        float sum = 0;
        for (int k = 0; k < 4; ++k) {
            const int at = std::clamp(int(second) - 1 + k, 0, inLength - 1);
            sum += weights[size_t(k)] * in[size_t(at) * inStride];
        }
        out[size_t(i) * outStride] = sum;
    }
}

/// Squared distances along a line: the lower envelope of parabolas that stand on its values.
std::vector<float> lowerEnvelope(const std::vector<float>& line)
{
    std::vector<int> feet;
    std::vector<double> starts; ///< from where on each parabola is the lowest
    const auto height = [&line](int foot) {
        return double(line[size_t(foot)]);
    };
    const auto meeting = [&height](int left, int right) {
        return (height(right) + double(right) * right - height(left) - double(left) * left) /
               (2.0 * (right - left));
    };
    for (int foot = 0; foot < int(line.size()); ++foot) {
        while (!feet.empty() && meeting(feet.back(), foot) <= starts.back()) {
            feet.pop_back();
            starts.pop_back();
        }
        starts.push_back(feet.empty() ? -1e30 : meeting(feet.back(), foot));
        feet.push_back(foot);
    }
    std::vector<float> out;
    size_t lowest = 0;
    for (int i = 0; i < int(line.size()); ++i) {
        while (lowest + 1 < feet.size() && starts[lowest + 1] < i)
            ++lowest;
        const double away = i - feet[lowest];
        out.push_back(float(away * away + height(feet[lowest])));
    }
    return out;
}

} // namespace

void GreyPlane::add(const GreyPlane& other, double factor)
{
    Q_ASSERT(other.values.size() == values.size());
    for (size_t i = 0; i < values.size(); ++i)
        values[i] += float(factor) * other.values[i];
}

GreyPlane blurred(const GreyPlane& plane, double sigmaPx)
{
    const std::vector<float> weights = gaussian(sigmaPx);
    return convolvedDown(convolvedAcross(plane, weights), weights);
}

GreyPlane whiteNoise(Random& random, int width, int height, double deviation)
{
    std::normal_distribution<float> normal(0, 1);
    GreyPlane noise(width, height);
    for (float& value : noise.values)
        value = float(deviation) * normal(random);
    return noise;
}

GreyPlane smoothNoise(Random& random, int width, int height, double wavelengthPx)
{
    // Two linear stretches, each of half the way, round the hills off.
    const double gridPx = std::max(1.0, wavelengthPx / 2);
    const int columns = int(width / gridPx) + 3;
    const int rows = int(height / gridPx) + 3;
    const GreyPlane coarse = whiteNoise(random, columns, rows, 1.5);
    const GreyPlane finer = blurred(resized(coarse, 2 * columns, 2 * rows), 1);
    const int fullWidth = std::max(width, int(columns * gridPx));
    const int fullHeight = std::max(height, int(rows * gridPx));
    const GreyPlane full = resized(finer, fullWidth, fullHeight);
    GreyPlane noise(width, height);
    for (int y = 0; y < height; ++y)
        std::copy_n(&full.values[size_t(y) * size_t(fullWidth)], width, &noise.at(0, y));
    return noise;
}

GreyPlane distanceToZero(const GreyPlane& plane)
{
    GreyPlane distance(plane.width, plane.height);
    std::transform(plane.values.begin(), plane.values.end(), distance.values.begin(),
                   [](float value) { return value == 0 ? 0 : farAway; });
    for (const bool down : {false, true})
        forEachLine(distance, down, lowerEnvelope);
    for (float& value : distance.values)
        value = std::sqrt(value);
    return distance;
}

GreyPlane resized(const GreyPlane& plane, int width, int height)
{
    GreyPlane out(width, height);
    out.values =
        resampled(plane.values, {0, 0, plane.width, plane.height}, {0, 0, width, height},
                  AxisResampling(plane.width, width), AxisResampling(plane.height, height));
    return out;
}

GreyPlane enlarged(const GreyPlane& plane, int width, int height)
{
    GreyPlane wide(width, plane.height);
    for (int y = 0; y < plane.height; ++y)
        enlargeLine(&plane.values[size_t(y) * size_t(plane.width)], plane.width, 1, &wide.at(0, y),
                    width, 1);
    GreyPlane out(width, height);
    for (int x = 0; x < width; ++x)
        enlargeLine(&wide.values[size_t(x)], plane.height, size_t(width), &out.at(x, 0), height,
                    size_t(width));
    return out;
}

} // namespace emend
