// SPDX-License-Identifier: Apache-2.0
#include "models/BaseModelPatches.h"

#include "core/Error.h"
#include "models/Augmentation.h"

#include <QCoreApplication>

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace emend {

namespace {

constexpr double voxelNm = 10;

QString tr(const char* text)
{
    return QCoreApplication::translate("BaseModelPatches", text);
}

std::vector<quint16> readSlices(const ImageStack& stack, int slices)
{
    std::vector<quint16> voxels;
    for (int z = 0; z < slices; ++z) {
        const GreyImage slice = stack.read(z, stack.size().sliceRect());
        voxels.insert(voxels.end(), slice.pixels.begin(), slice.pixels.end());
    }
    return voxels;
}

double logUniform(Random& random, double from, double to)
{
    return from * std::exp(uniform(random, 0, std::log(to / from)));
}

cv::Mat noise(Random& random, cv::Size size, double deviation)
{
    cv::Mat values(size, CV_32F);
    std::normal_distribution<float> normal(0, float(deviation));
    std::generate(values.begin<float>(), values.end<float>(), [&] { return normal(random); });
    return values;
}

/// Sections differ in focus: some are blurred, some sharpened.
void varySharpness(cv::Mat& grey, Random& random)
{
    const double kind = uniform(random, 0, 1);
    if (kind < 0.3)
        return;
    cv::Mat blurred;
    cv::GaussianBlur(grey, blurred, {}, uniform(random, 0.5, 1.8));
    grey = kind < 0.55 ? blurred : cv::Mat(grey + (grey - blurred) * uniform(random, 0.5, 2));
}

/// To 0..1 between percentiles, then bent: stain and exposure.
void varyContrast(cv::Mat& grey, Random& random)
{
    std::vector<float> sorted(grey.begin<float>(), grey.end<float>());
    const auto percentile = [&sorted](double share) {
        const auto place = sorted.begin() + ptrdiff_t(share * double(sorted.size() - 1));
        std::nth_element(sorted.begin(), place, sorted.end());
        return *place;
    };
    const float low = percentile(uniform(random, 0, 0.02));
    const float high = percentile(uniform(random, 0.98, 1));
    const double gamma = std::exp(uniform(random, -0.5, 0.5));
    for (auto value = grey.begin<float>(); value != grey.end<float>(); ++value) {
        const double relative = (double(*value) - low) / std::max(1e-3, double(high - low));
        *value = float(std::pow(std::clamp(relative, 0.0, 1.0), gamma));
    }
}

/// A slope of brightness across the section, and grain of two sizes.
void addStainAndGrain(cv::Mat& grey, Random& random)
{
    const double slopeX = uniform(random, -0.15, 0.15) / grey.cols;
    const double slopeY = uniform(random, -0.15, 0.15) / grey.rows;
    for (int y = 0; y < grey.rows; ++y) {
        for (int x = 0; x < grey.cols; ++x)
            grey.at<float>(y, x) +=
                float(slopeX * (x - grey.cols / 2) + slopeY * (y - grey.rows / 2));
    }
    grey += noise(random, grey.size(), uniform(random, 0, 0.1));
    cv::Mat coloured;
    const double sigma = uniform(random, 0.7, 2);
    cv::GaussianBlur(noise(random, grey.size(), 1), coloured, {}, sigma);
    grey += coloured * (uniform(random, 0, 0.1) * 2 * sigma); // blur takes most of the deviation
}

std::vector<float> normalised(const cv::Mat& grey)
{
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::meanStdDev(grey, mean, deviation);
    std::vector<float> values;
    for (auto value = grey.begin<float>(); value != grey.end<float>(); ++value)
        values.push_back(
            float(std::clamp((*value - mean[0]) / std::max(1e-3, deviation[0]), -5.0, 5.0)));
    return values;
}

void look(cv::Mat& grey, Random& random)
{
    varySharpness(grey, random);
    varyContrast(grey, random);
    addStainAndGrain(grey, random);
}

} // namespace

struct BaseModelPatches::Plane
{
    cv::Mat grey;
    cv::Mat borderDistance; ///< in voxels, from the middle of a pixel to the edge of the next body
};

BaseModelPatches::BaseModelPatches(const ImageStack& raw, const ImageStack& bodies,
                                   const Options& options)
    : m_options(options)
    , m_size(raw.size())
    , m_synthesizer(options.seed)
{
    constexpr int smallest = 160; // a patch at the weakest enlargement
    m_size.slices = std::min(m_size.slices, options.slices);
    if (raw.size() != bodies.size())
        throw Error(tr("The volume and its bodies differ in size. Give two files that belong "
                       "together."));
    if (std::min({m_size.width, m_size.height, m_size.slices}) < smallest)
        throw Error(
            tr("The volume is too small to learn from. Each side needs %1 voxels.").arg(smallest));
    m_grey = readSlices(raw, m_size.slices);
    m_bodies = readSlices(bodies, m_size.slices);
}

size_t BaseModelPatches::index(int x, int y, int z) const
{
    return (size_t(z) * size_t(m_size.height) + size_t(y)) * size_t(m_size.width) + size_t(x);
}

/// columns x rows voxels of a plane across a random axis, at a random place.
BaseModelPatches::Plane BaseModelPatches::cutPlane(Random& random, int columns, int rows) const
{
    const std::array<int, 3> sides = {m_size.width, m_size.height, m_size.slices};
    const int across = uniformInt(random, 0, 2);
    const int columnAxis = across == 0 ? 1 : 0;
    const int rowAxis = across == 2 ? 1 : 2;
    const int thickness = uniformInt(random, 1, 5);
    std::array<int, 3> origin = {};
    origin[size_t(columnAxis)] = uniformInt(random, 0, sides[size_t(columnAxis)] - columns);
    origin[size_t(rowAxis)] = uniformInt(random, 0, sides[size_t(rowAxis)] - rows);
    origin[size_t(across)] = uniformInt(random, 0, sides[size_t(across)] - thickness);
    const auto voxel = [&](int x, int y, int depth) {
        std::array<int, 3> place = origin;
        place[size_t(columnAxis)] += x;
        place[size_t(rowAxis)] += y;
        place[size_t(across)] += depth;
        return index(place[0], place[1], place[2]);
    };

    Plane plane{cv::Mat(rows, columns, CV_32F), {}};
    cv::Mat isInside(rows, columns, CV_8U, cv::Scalar(1));
    const int middle = thickness / 2;
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) {
            double sum = 0;
            for (int depth = 0; depth < thickness; ++depth)
                sum += m_grey[voxel(x, y, depth)];
            plane.grey.at<float>(y, x) = float(sum / thickness);
            const quint16 body = m_bodies[voxel(x, y, middle)];
            const auto differs = [&](int nextX, int nextY) {
                return nextX >= 0 && nextY >= 0 && nextX < columns && nextY < rows &&
                       m_bodies[voxel(nextX, nextY, middle)] != body;
            };
            if (differs(x - 1, y) || differs(x + 1, y) || differs(x, y - 1) || differs(x, y + 1))
                isInside.at<uchar>(y, x) = 0;
        }
    }
    cv::distanceTransform(isInside, plane.borderDistance, cv::DIST_L2, cv::DIST_MASK_PRECISE);
    plane.borderDistance += 0.5; // pixels on both sides of a border lie half a voxel beside it
    return plane;
}

TrainingPatch BaseModelPatches::fromVolume(Random& random) const
{
    const double enlargement = logUniform(random, 1.4, 3.2);
    const double aspect = std::exp(uniform(random, -0.15, 0.15) / 2);
    const auto voxels = [&](double factor) {
        const int needed = int(std::lround(m_options.patchPx / factor));
        return std::min({needed, m_size.width, m_size.height, m_size.slices});
    };
    Plane plane = cutPlane(random, voxels(enlargement * aspect), voxels(enlargement / aspect));

    const cv::Size size(m_options.patchPx, m_options.patchPx);
    cv::Mat grey;
    cv::Mat distance;
    cv::resize(plane.grey, grey, size, 0, 0, cv::INTER_CUBIC);
    cv::resize(plane.borderDistance, distance, size, 0, 0, cv::INTER_LINEAR);
    look(grey, random);
    TrainingPatch patch{m_options.patchPx, normalised(grey), {}};
    const double radius = uniform(random, 8, 15) / voxelNm;
    for (auto value = distance.begin<float>(); value != distance.end<float>(); ++value)
        patch.targets.push_back(*value <= radius ? 1 : 2);
    return patch;
}

TrainingPatch BaseModelPatches::drawn(Random& random)
{
    const SyntheticSection section = m_synthesizer.draw(m_options.patchPx, m_options.patchPx,
                                                        logUniform(random, 3, 6.5), m_drawnCount++);
    cv::Mat grey(section.height, section.width, CV_32F);
    std::copy(section.grey.begin(), section.grey.end(), grey.begin<float>());
    look(grey, random);
    return {m_options.patchPx, normalised(grey), section.truth};
}

TrainingPatch BaseModelPatches::draw(Random& random, bool)
{
    TrainingPatch patch =
        chance(random, m_options.syntheticShare) ? drawn(random) : fromVolume(random);
    turnAndMirror(patch, random);
    return patch;
}

} // namespace emend
