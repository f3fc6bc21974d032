// SPDX-License-Identifier: Apache-2.0
#include "models/SectionSynthesizer.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace emend {

namespace {

constexpr double cellNm = 400;    ///< middle distance between the centres of cells
constexpr double membraneNm = 10; ///< half of what is drawn and labelled, roughly
constexpr double cytoplasmGrey = 0.66;
constexpr double membraneGrey = 0.22;

/// Smooth noise with mean 0 and deviation 1, whose hills are about that far apart.
cv::Mat smoothNoise(cv::RNG& random, cv::Size size, double wavelengthPx)
{
    const double gridPx = std::max(1.0, wavelengthPx / 2);
    cv::Mat coarse(int(size.height / gridPx) + 4, int(size.width / gridPx) + 4, CV_32F);
    random.fill(coarse, cv::RNG::NORMAL, 0, 1);
    cv::Mat fine;
    cv::resize(coarse, fine, {}, gridPx, gridPx, cv::INTER_CUBIC);
    const int marginPx = int(gridPx);
    const cv::Rect part = {marginPx, marginPx, size.width, size.height};
    return fine(part).clone();
}

struct Site
{
    cv::Point2d centre;
    double radius;
};

/// Centres of cells of very different sizes, also beyond the edges.
std::vector<Site> drawSites(cv::RNG& random, cv::Size size, double cellPx)
{
    const double area = (size.width + 2 * cellPx) * (size.height + 2 * cellPx);
    const int count = std::max(4, int(area / (cellPx * cellPx)));
    std::vector<Site> sites;
    for (int i = 0; i < count; ++i)
        sites.push_back({{random.uniform(-cellPx, size.width + cellPx),
                          random.uniform(-cellPx, size.height + cellPx)},
                         cellPx * std::exp(random.gaussian(0.5)) / 2});
    return sites;
}

/// Which cell each pixel belongs to: the site that is nearest after its radius is taken off, in a
/// space that is bent so that borders curve.
cv::Mat drawCells(cv::RNG& random, cv::Size size, const std::vector<Site>& sites, double cellPx)
{
    const cv::Mat bendX = smoothNoise(random, size, cellPx) * (0.14 * cellPx);
    const cv::Mat bendY = smoothNoise(random, size, cellPx) * (0.14 * cellPx);
    cv::Mat cells(size, CV_32S);
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const cv::Point2d bent(x + bendX.at<float>(y, x), y + bendY.at<float>(y, x));
            double nearest = 1e30;
            for (size_t i = 0; i < sites.size(); ++i) {
                const double distance =
                    std::hypot(bent.x - sites[i].centre.x, bent.y - sites[i].centre.y) -
                    sites[i].radius;
                if (distance < nearest) {
                    nearest = distance;
                    cells.at<int>(y, x) = int(i);
                }
            }
        }
    }
    return cells;
}

/// Distance of each pixel to the nearest border between two cells, in pixels.
cv::Mat distanceToBorder(const cv::Mat& cells)
{
    cv::Mat isInside(cells.size(), CV_8U, cv::Scalar(1));
    for (int y = 0; y < cells.rows; ++y) {
        for (int x = 0; x < cells.cols; ++x) {
            const int cell = cells.at<int>(y, x);
            const bool isBorder = (x + 1 < cells.cols && cells.at<int>(y, x + 1) != cell) ||
                                  (y + 1 < cells.rows && cells.at<int>(y + 1, x) != cell);
            if (isBorder)
                isInside.at<uchar>(y, x) = 0;
        }
    }
    cv::Mat distance;
    cv::distanceTransform(isInside, distance, cv::DIST_L2, cv::DIST_MASK_PRECISE);
    return distance;
}

/// Ellipses with a dark rim and folded inside, in the larger cells.
void drawMitochondria(cv::RNG& random, cv::Mat& grey, const cv::Mat& distance, double pixelSizeNm)
{
    const int tries = grey.rows * grey.cols / int(1 + std::pow(500 / pixelSizeNm, 2));
    for (int i = 0; i < tries; ++i) {
        const cv::Point centre(random.uniform(0, grey.cols), random.uniform(0, grey.rows));
        const double room = distance.at<float>(centre) - 20 / pixelSizeNm;
        const double radius = random.uniform(60.0, 160.0) / pixelSizeNm;
        if (room < radius * 0.6)
            continue;
        const double shortAxis = std::min(room, radius);
        const cv::Size axes(int(shortAxis * random.uniform(1.0, 1.3)), int(shortAxis));
        const double angle = random.uniform(0.0, 180.0);
        cv::Mat mask(grey.size(), CV_8U, cv::Scalar(0));
        cv::ellipse(mask, centre, axes, angle, 0, 360, cv::Scalar(255), cv::FILLED);
        mask.setTo(0, distance < 14 / pixelSizeNm);
        const cv::Mat folds =
            smoothNoise(random, grey.size(), 35 / pixelSizeNm) * 0.07 + random.uniform(0.38, 0.5);
        folds.copyTo(grey, mask);
        cv::ellipse(grey, centre, axes, angle, 0, 360, cv::Scalar(0.3),
                    std::max(1, int(10 / pixelSizeNm)), cv::LINE_AA);
    }
}

/// Clouds of small dark rings.
void drawVesicles(cv::RNG& random, cv::Mat& grey, const cv::Mat& distance, double pixelSizeNm)
{
    const int clouds = 1 + grey.rows * grey.cols / int(1 + std::pow(700 / pixelSizeNm, 2));
    for (int i = 0; i < clouds; ++i) {
        const cv::Point2d cloud(random.uniform(0, grey.cols), random.uniform(0, grey.rows));
        const int count = random.uniform(5, 40);
        for (int k = 0; k < count; ++k) {
            const cv::Point centre(int(cloud.x + random.gaussian(90 / pixelSizeNm)),
                                   int(cloud.y + random.gaussian(90 / pixelSizeNm)));
            const bool isOutside = !cv::Rect({}, grey.size()).contains(centre);
            if (isOutside || distance.at<float>(centre) < 35 / pixelSizeNm)
                continue;
            const int radius = std::max(1, int(random.uniform(14.0, 24.0) / pixelSizeNm));
            cv::circle(grey, centre, radius, cv::Scalar(random.uniform(0.38, 0.5)),
                       std::max(1, int(6 / pixelSizeNm)), cv::LINE_AA);
        }
    }
}

/// Where membranes run obliquely through the section they are wide and pale.
cv::Mat drawMembranes(cv::RNG& random, const cv::Mat& distance, double pixelSizeNm)
{
    const cv::Mat tilt = smoothNoise(random, distance.size(), 250 / pixelSizeNm);
    cv::Mat darkness(distance.size(), CV_32F);
    for (int y = 0; y < distance.rows; ++y) {
        for (int x = 0; x < distance.cols; ++x) {
            const double oblique = std::max(0.0, double(tilt.at<float>(y, x)) - 0.6);
            const double width = (0.7 + 0.8 * oblique) * membraneNm / pixelSizeNm;
            const double away = distance.at<float>(y, x) / width;
            darkness.at<float>(y, x) = float(std::exp(-away * away / 2) / (1 + 0.5 * oblique));
        }
    }
    return darkness;
}

void addGrain(cv::RNG& random, cv::Mat& grey, double pixelSizeNm)
{
    cv::Mat white(grey.size(), CV_32F);
    random.fill(white, cv::RNG::NORMAL, 0, random.uniform(0.02, 0.09));
    grey += white;
    grey += smoothNoise(random, grey.size(), random.uniform(8.0, 20.0) / pixelSizeNm) *
            random.uniform(0.02, 0.07);
}

} // namespace

SyntheticSection SectionSynthesizer::draw(int width, int height, double pixelSizeNm,
                                          int index) const
{
    cv::RNG random(m_seed * 0x9E3779B97F4A7C15 + quint64(index) + 1);
    const cv::Size size(width, height);
    const double cellPx = cellNm * std::exp(random.gaussian(0.3)) / pixelSizeNm;
    const std::vector<Site> sites = drawSites(random, size, cellPx);
    const cv::Mat cells = drawCells(random, size, sites, cellPx);
    const cv::Mat distance = distanceToBorder(cells);

    std::vector<float> shades;
    for (size_t i = 0; i < sites.size(); ++i)
        shades.push_back(float(cytoplasmGrey + random.gaussian(0.06)));
    cv::Mat grey(size, CV_32F);
    std::transform(cells.begin<int>(), cells.end<int>(), grey.begin<float>(),
                   [&shades](int cell) { return shades[size_t(cell)]; });
    grey += smoothNoise(random, size, 60 / pixelSizeNm) * 0.04;
    drawMitochondria(random, grey, distance, pixelSizeNm);
    drawVesicles(random, grey, distance, pixelSizeNm);
    const cv::Mat darkness = drawMembranes(random, distance, pixelSizeNm);
    grey = grey + (membraneGrey - grey).mul(darkness);
    addGrain(random, grey, pixelSizeNm);

    SyntheticSection section{width, height, {}, {}};
    grey = cv::min(cv::max(grey, 0), 1);
    section.grey.assign(grey.begin<float>(), grey.end<float>());
    const double radiusPx = membraneNm / pixelSizeNm;
    for (auto pixel = distance.begin<float>(); pixel != distance.end<float>(); ++pixel)
        section.truth.push_back(*pixel <= radiusPx ? 1 : 2);
    return section;
}

} // namespace emend
