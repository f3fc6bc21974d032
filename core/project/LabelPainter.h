// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/LabelEdit.h"
#include "core/project/PaintShapes.h"
#include "core/project/Project.h"

#include <QPointer>

#include <map>
#include <memory>
#include <vector>

namespace emend {

/// Paints one stroke on one slice.
///
/// Writes into the project while the mouse moves; finish() returns what changed, ready for undo.
/// Pixels of locked classes and damaged tiles are left alone; painting with Label() makes pixels
/// untouched again. Lives for one stroke, on the GUI thread; a painter that is destroyed without
/// finish() leaves the labels as they were before. A snapshot of the project's labels stays as it
/// is, even one that is taken in the middle of the stroke.
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
    /// Returns how many pixels it reached.
    qint64 fill(Pixel seed, Label label, qint64 maximumPx = 0);

    /// What it has changed until now; it goes on.
    LabelEdit soFar() const;

    /// Empty when nothing changed. The painter is spent afterwards.
    LabelEdit finish();

    /// Puts everything back as it was.
    void cancel();

private:
    using FreshTiles = std::map<TileKey, std::shared_ptr<LabelTile>>;

    Rect clip() const;
    void paint(const PixelRuns& runs, Label label);
    Rect paintInTile(FreshTiles& fresh, PixelRun run, Label label);
    void publish(const FreshTiles& fresh, Rect changed);
    void close();

    QPointer<Project> m_project; ///< null once the painter is spent
    int m_z;
    std::map<TileKey, TileRef> m_before; ///< the tiles that the stroke changed
};

} // namespace emend
