// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"
#include "core/image/TileLoader.h"
#include "widgets/view/ScreenAxis.h"
#include "widgets/view/SliceTransform.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <set>
#include <utility>
#include <vector>

namespace emend {

/// The grey pixels of a slice at screen resolution.
///
/// Never waits for the disk: what is not in the stack's cache is fetched by a TileLoader while a
/// coarser level, or for a moment the picture that was there before, is shown. Lives on the GUI
/// thread.
class GreyLayer : public QObject
{
    Q_OBJECT

public:
    explicit GreyLayer(QObject* parent = nullptr);
    ~GreyLayer() override;

    void setStack(std::shared_ptr<const ImageStack> stack);
    void setSlice(int z);

    /// Brings the pixels up to date and asks for what is missing.
    void update(const SliceTransform& transform);

    /// Nothing of what update() showed was missing.
    bool isComplete() const { return m_isComplete; }

    const ScreenAxis& columns() const { return m_columns; }

    const ScreenAxis& rows() const { return m_rows; }

    /// The grey values of a screen row, for columns().begin and on.
    const quint16* row(int screenY) const;

    /// What the cache holds of the visible pixels at the scale in use; empty when incomplete.
    GreyImage visibleGrey() const;

    /// The stack's own value; -1 until it has been read, and then it is asked for.
    int greyAt(Pixel pixel);

Q_SIGNALS:
    /// update() would show more than before.
    void arrived();
    void failed(const QString& text);

private:
    void forgetRequests();
    void layOut(const SliceTransform& transform);
    void fill();
    bool fillBlock(Rect block);
    bool fillBlockFromCoarser(Rect block);
    void clearBlock(Rect block);
    void request(Rect block);
    void prefetchNeighbours();
    void resample();
    void onLoaded(int z, Rect rect, int scale);
    void onFailed(const QString& text);
    Rect sliceRectOf(Rect block) const;

    std::shared_ptr<const ImageStack> m_stack;
    std::unique_ptr<TileLoader> m_loader;
    SliceTransform m_transform;
    int m_z = 0;
    int m_direction = 1;
    int m_scale = 1;
    bool m_isComplete = false;
    bool m_keepsLast = false; ///< the last picture stands in for what is missing
    bool m_hasFailed = false;
    std::set<std::pair<int, int>> m_requested;
    QTimer m_patience;

    ScreenAxis m_columns;
    ScreenAxis m_rows;
    Rect m_levelRect;              ///< in pixels of the slice reduced by m_scale
    std::vector<quint16> m_level;  ///< m_levelRect, row after row
    std::vector<quint16> m_screen; ///< columns().length() x rows().length()
};

} // namespace emend
