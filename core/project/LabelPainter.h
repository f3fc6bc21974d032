// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/LabelEdit.h"
#include "core/project/Project.h"

#include <QPointer>

#include <map>
#include <vector>

namespace emend {

/// Paints one stroke on one slice.
///
/// Writes into the project while the mouse moves; finish() returns what changed, ready for undo.
/// Pixels of locked classes are left alone. Lives for one stroke, on the GUI thread; a painter
/// that is destroyed without finish() or after cancel() leaves the labels as they were before.
class LabelPainter
{
public:
    LabelPainter(Project& project, int z);
    ~LabelPainter();
    LabelPainter(const LabelPainter&) = delete;
    LabelPainter& operator=(const LabelPainter&) = delete;

    int slice() const { return m_z; }

    /// Pixels whose centre is at most radiusPx from that of centre; radius 0 is one pixel.
    void disk(Pixel centre, int radiusPx, Label label);

    /// The disk dragged from one pixel to the other.
    void line(Pixel from, Pixel to, int radiusPx, Label label);

    /// The inside and the border of a closed polygon (even-odd rule).
    void polygon(const std::vector<Pixel>& corners, Label label);

    /// The 4-connected pixels that have the class of the seed, up to maximumPx of them (0: all).
    void fill(Pixel seed, Label label, qint64 maximumPx = 0);

    /// Empty when nothing changed. The painter is spent afterwards.
    LabelEdit finish();

    /// Puts everything back as it was.
    void cancel();

private:
    struct OpenTile
    {
        TileRef before;
        std::shared_ptr<LabelTile> now;
    };

    void span(int y, int fromX, int toX, Label label);
    void publish(Rect changed);
    OpenTile& open(TileKey key);

    QPointer<Project> m_project;
    int m_z;
    std::map<TileKey, OpenTile> m_tiles;
};

} // namespace emend
