// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/ReferenceSection.h"

#include "core/Error.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace emend {

namespace {

constexpr int outputPx = ReferenceSection::outputPx;
constexpr int inputPx = ReferenceSection::inputPx;
constexpr int framePx = ReferenceSection::framePx;

QString tr(const char* text)
{
    return QCoreApplication::translate("ReferenceSection", text);
}

/// Between which pixels of the input one of the output lies.
struct Place
{
    int before = 0;
    int after = 0;
    float share = 0; ///< of the second
};

std::vector<Place> places(int from, int to)
{
    const float scale = float(from) / float(to);
    std::vector<Place> found;
    for (int i = 0; i < to; ++i) {
        const float at = (float(i) + 0.5F) * scale - 0.5F;
        const float floor = std::floor(at);
        found.push_back(
            {std::max(0, int(floor)), std::min(from - 1, int(std::ceil(at))), at - floor});
    }
    return found;
}

GreyPlane framed(const GreyPlane& plane, float frame)
{
    GreyPlane out(inputPx, inputPx, frame);
    for (int y = 0; y < outputPx; ++y)
        std::copy_n(&plane.values[size_t(y) * outputPx], outputPx, &out.at(framePx, framePx + y));
    return out;
}

GreyPlane thresholded(GreyPlane plane)
{
    for (float& value : plane.values)
        value = value < 0.5F ? 0 : 1;
    return plane;
}

/// 1 where a pixel is of class 2, 0 where it is of class 1.
GreyPlane secondClass(const LabelVolume& labels, int z)
{
    const VolumeSize size = labels.size();
    std::vector<Label> slice(size_t(size.pixelsPerSlice()));
    labels.read(z, size.sliceRect(), slice.data());
    GreyPlane plane(size.width, size.height);
    for (size_t i = 0; i < slice.size(); ++i) {
        const int c = slice[i].classIndex();
        if (c != 1 && c != 2)
            throw Error(tr("The reference recipe learns from whole slices of two classes, and not "
                           "all pixels of slice %1 are of one of them. Choose other slices or "
                           "labels.")
                            .arg(z));
        plane.values[i] = float(c - 1);
    }
    return plane;
}

} // namespace

GreyPlane halfPixelResized(const GreyPlane& plane, int width, int height)
{
    const std::vector<Place> columns = places(plane.width, width);
    const std::vector<Place> rows = places(plane.height, height);
    GreyPlane out(width, height);
    for (int y = 0; y < height; ++y) {
        const Place& row = rows[size_t(y)];
        for (int x = 0; x < width; ++x) {
            const Place& column = columns[size_t(x)];
            const auto across = [&](int line) {
                const float left = plane.at(column.before, line);
                return left + (plane.at(column.after, line) - left) * column.share;
            };
            const float above = across(row.before);
            out.at(x, y) = above + (across(row.after) - above) * row.share;
        }
    }
    return out;
}

GreyPlane ReferenceSection::greyOf(const ImageStack& stack, int z)
{
    const GreyImage slice = stack.read(z, stack.size().sliceRect());
    const float middle = float(stack.maximumGrey()) / 2;
    GreyPlane plane(slice.width, slice.height);
    std::transform(slice.pixels.begin(), slice.pixels.end(), plane.values.begin(),
                   [middle](quint16 grey) { return float(grey) / middle - 1; });
    return framed(halfPixelResized(plane, outputPx, outputPx), 0);
}

ReferenceSection ReferenceSection::of(const ImageStack& stack, const LabelVolume& labels, int z)
{
    ReferenceSection section;
    section.grey = greyOf(stack, z);
    const GreyPlane small = halfPixelResized(secondClass(labels, z), outputPx, outputPx);
    section.classes[1] = thresholded(framed(small, 0));
    section.classes[0] = GreyPlane(inputPx, inputPx, 1);
    section.classes[0].add(section.classes[1], -1);
    return section;
}

std::array<GreyPlane, 2> ReferenceSection::targets() const
{
    std::array<GreyPlane, 2> targets;
    for (size_t c = 0; c < targets.size(); ++c) {
        GreyPlane middle(outputPx, outputPx);
        for (int y = 0; y < outputPx; ++y)
            std::copy_n(&classes[c].values[size_t(framePx + y) * inputPx + framePx], outputPx,
                        &middle.at(0, y));
        targets[c] = thresholded(std::move(middle));
    }
    return targets;
}

} // namespace emend
