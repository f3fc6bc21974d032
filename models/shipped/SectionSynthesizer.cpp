// SPDX-License-Identifier: Apache-2.0
#include "models/shipped/SectionSynthesizer.h"

#include "models/slices/GreyPlane.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace emend {

namespace {

constexpr double cellNm = 400;    ///< middle distance between the centres of cells
constexpr double membraneNm = 10; ///< half of what is drawn dark, roughly
constexpr double labelledNm = 15; ///< half of what people would label
constexpr double cytoplasmGrey = 0.66;
constexpr double membraneGrey = 0.22;

double normal(Random& random, double deviation)
{
    return std::normal_distribution<double>(0, deviation)(random);
}

struct Site
{
    double x;
    double y;
    double radius;
};

/// Draws one section, piece by piece, onto its grey plane.
class SectionDrawing
{
public:
    SectionDrawing(Random& random, int width, int height, double pixelSizeNm)
        : m_random(random)
        , m_pixelSizeNm(pixelSizeNm)
        , m_grey(width, height)
        , m_cells(m_grey.values.size())
        , m_isMitochondrion(m_grey.values.size())
    {
        const double cellPx = px(cellNm) * std::exp(normal(random, 0.3));
        drawSites(cellPx);
        drawCells(cellPx);
        measureDistances();
    }

    SyntheticSection finished()
    {
        shadeCells();
        drawMitochondria();
        drawVesicles();
        drawMembranes();
        addGrain();
        SyntheticSection section{m_grey.width, m_grey.height, m_grey.values, {}, m_isMitochondrion};
        for (float& value : section.grey)
            value = std::clamp(value, 0.0F, 1.0F);
        for (const float distance : m_distance.values)
            section.truth.push_back(double(distance) <= px(labelledNm) ? 1 : 2);
        return section;
    }

private:
    double px(double nanometres) const { return nanometres / m_pixelSizeNm; }

    GreyPlane hills(double wavelengthNm)
    {
        return smoothNoise(m_random, m_grey.width, m_grey.height, px(wavelengthNm));
    }

    void drawSites(double cellPx);
    void drawCells(double cellPx);
    void measureDistances();
    void shadeCells();
    void drawMitochondria();
    void drawMitochondrion(double x, double y, double longPx, double shortPx);
    void drawVesicles();
    void drawRing(double centreX, double centreY, double radiusPx, double grey);
    void drawMembranes();
    void addGrain();

    Random& m_random;
    double m_pixelSizeNm;
    GreyPlane m_grey;
    std::vector<int> m_cells; ///< which site each pixel belongs to
    std::vector<quint8> m_isMitochondrion;
    GreyPlane m_distance; ///< to the nearest border between two cells
    std::vector<Site> m_sites;
};

/// Centres of cells of very different sizes, also beyond the edges.
void SectionDrawing::drawSites(double cellPx)
{
    const double area = (m_grey.width + 2 * cellPx) * (m_grey.height + 2 * cellPx);
    const int count = std::max(4, int(area / (cellPx * cellPx)));
    for (int i = 0; i < count; ++i)
        m_sites.push_back({uniform(m_random, -cellPx, m_grey.width + cellPx),
                           uniform(m_random, -cellPx, m_grey.height + cellPx),
                           cellPx * std::exp(normal(m_random, 0.5)) / 2});
}

/// A pixel belongs to the site that is nearest after its radius is taken off, in a space that is
/// bent so that borders curve.
void SectionDrawing::drawCells(double cellPx)
{
    const GreyPlane bendX = hills(cellPx * m_pixelSizeNm);
    const GreyPlane bendY = hills(cellPx * m_pixelSizeNm);
    for (int y = 0; y < m_grey.height; ++y) {
        for (int x = 0; x < m_grey.width; ++x) {
            const double bentX = x + 0.14 * cellPx * double(bendX.at(x, y));
            const double bentY = y + 0.14 * cellPx * double(bendY.at(x, y));
            double nearest = std::numeric_limits<double>::max();
            for (size_t i = 0; i < m_sites.size(); ++i) {
                const Site& site = m_sites[i];
                const double distance = std::hypot(bentX - site.x, bentY - site.y) - site.radius;
                if (distance < nearest) {
                    nearest = distance;
                    m_cells[size_t(y) * size_t(m_grey.width) + size_t(x)] = int(i);
                }
            }
        }
    }
}

void SectionDrawing::measureDistances()
{
    const int width = m_grey.width;
    GreyPlane isInside(width, m_grey.height, 1);
    for (int y = 0; y < m_grey.height; ++y) {
        for (int x = 0; x < width; ++x) {
            const int* cell = &m_cells[size_t(y) * size_t(width) + size_t(x)];
            if ((x + 1 < width && cell[1] != *cell) ||
                (y + 1 < m_grey.height && cell[width] != *cell))
                isInside.at(x, y) = 0;
        }
    }
    m_distance = distanceToZero(isInside);
}

void SectionDrawing::shadeCells()
{
    std::vector<float> shades;
    for (size_t i = 0; i < m_sites.size(); ++i)
        shades.push_back(float(cytoplasmGrey + normal(m_random, 0.06)));
    std::transform(m_cells.begin(), m_cells.end(), m_grey.values.begin(),
                   [&shades](int cell) { return shades[size_t(cell)]; });
    m_grey.add(hills(60), 0.04);
}

/// In the larger cells.
void SectionDrawing::drawMitochondria()
{
    const int tries = int(double(m_grey.values.size()) / (1 + px(500) * px(500)));
    for (int i = 0; i < tries; ++i) {
        const int x = uniformInt(m_random, 0, m_grey.width - 1);
        const int y = uniformInt(m_random, 0, m_grey.height - 1);
        const double room = double(m_distance.at(x, y)) - px(20);
        const double radius = px(uniform(m_random, 60, 160));
        if (room < 0.6 * radius)
            continue;
        const double shortPx = std::min(room, radius);
        drawMitochondrion(x, y, shortPx * uniform(m_random, 1, 1.3), shortPx);
    }
}

/// An ellipse with a dark rim and folds inside.
void SectionDrawing::drawMitochondrion(double x, double y, double longPx, double shortPx)
{
    const double angle = uniform(m_random, 0, std::numbers::pi);
    const double matrixGrey = uniform(m_random, 0.38, 0.5);
    const GreyPlane folds = hills(35);
    const double rim = px(10) / shortPx;
    const int reach = int(longPx) + 1;
    for (int dy = -reach; dy <= reach; ++dy) {
        for (int dx = -reach; dx <= reach; ++dx) {
            const int toX = int(x) + dx;
            const int toY = int(y) + dy;
            const double along = (dx * std::cos(angle) + dy * std::sin(angle)) / longPx;
            const double across = (dy * std::cos(angle) - dx * std::sin(angle)) / shortPx;
            const double radius = std::hypot(along, across);
            const bool isInCell =
                m_grey.contains(toX, toY) && double(m_distance.at(toX, toY)) >= px(14);
            if (!isInCell || radius > 1)
                continue;
            if (double(m_distance.at(toX, toY)) > px(labelledNm))
                m_isMitochondrion[size_t(toY) * size_t(m_grey.width) + size_t(toX)] = 1;
            const bool isRim = radius > 1 - rim;
            m_grey.at(toX, toY) = isRim ? 0.3F : float(matrixGrey) + 0.07F * folds.at(toX, toY);
        }
    }
}

/// Clouds of small dark rings.
void SectionDrawing::drawVesicles()
{
    const int clouds = 1 + int(double(m_grey.values.size()) / (1 + px(700) * px(700)));
    for (int i = 0; i < clouds; ++i) {
        const double cloudX = uniform(m_random, 0, m_grey.width);
        const double cloudY = uniform(m_random, 0, m_grey.height);
        const int count = uniformInt(m_random, 5, 40);
        for (int k = 0; k < count; ++k) {
            const double x = cloudX + normal(m_random, px(90));
            const double y = cloudY + normal(m_random, px(90));
            if (m_grey.contains(int(x), int(y)) && double(m_distance.at(int(x), int(y))) > px(35))
                drawRing(x, y, px(uniform(m_random, 14, 24)), uniform(m_random, 0.38, 0.5));
        }
    }
}

void SectionDrawing::drawRing(double centreX, double centreY, double radiusPx, double grey)
{
    const double wallPx = std::max(0.6, px(4));
    const int reach = int(radiusPx + 3 * wallPx) + 1;
    for (int y = int(centreY) - reach; y <= int(centreY) + reach; ++y) {
        for (int x = int(centreX) - reach; x <= int(centreX) + reach; ++x) {
            if (!m_grey.contains(x, y))
                continue;
            const double away = (std::hypot(x - centreX, y - centreY) - radiusPx) / wallPx;
            float& value = m_grey.at(x, y);
            value += float((grey - double(value)) * std::exp(-away * away / 2));
        }
    }
}

/// Where membranes run obliquely through the section they are wide and pale.
void SectionDrawing::drawMembranes()
{
    const GreyPlane tilt = hills(250);
    for (size_t i = 0; i < m_grey.values.size(); ++i) {
        const double oblique = std::max(0.0, double(tilt.values[i]) - 0.6);
        const double away = double(m_distance.values[i]) / ((0.7 + 0.8 * oblique) * px(membraneNm));
        const double darkness = std::exp(-away * away / 2) / (1 + 0.5 * oblique);
        m_grey.values[i] += float((membraneGrey - double(m_grey.values[i])) * darkness);
    }
}

void SectionDrawing::addGrain()
{
    m_grey.add(whiteNoise(m_random, m_grey.width, m_grey.height, uniform(m_random, 0.02, 0.09)));
    m_grey.add(hills(uniform(m_random, 8, 20)), uniform(m_random, 0.02, 0.07));
}

} // namespace

SyntheticSection SectionSynthesizer::draw(int width, int height, double pixelSizeNm,
                                          int index) const
{
    std::seed_seq seeds{quint32(m_seed), quint32(m_seed >> 32), quint32(index)};
    Random random(seeds);
    return SectionDrawing(random, width, height, pixelSizeNm).finished();
}

} // namespace emend
