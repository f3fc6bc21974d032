// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/ImageStack.h"

#include <QObject>

#include <memory>

namespace emend {

/// The asynchronous door to a stack's tile cache for the views.
///
/// Lives on the GUI thread; its own threads only read and decode. A view asks for a rectangle,
/// paints what readCached() gives (a coarser scale meanwhile), and paints again on loaded().
/// The newest request is served first; requests that are no longer wanted are dropped.
class TileLoader : public QObject
{
    Q_OBJECT

public:
    explicit TileLoader(std::shared_ptr<const ImageStack> stack, QObject* parent = nullptr);
    ~TileLoader() override;

    /// Brings rect of slice z at scale into the cache, then emits loaded().
    void request(int z, Rect rect, int scale);

    /// Forgets requests that have not begun.
    void dropPending();

Q_SIGNALS:
    void loaded(int z, emend::Rect rect, int scale);
    void failed(const QString& text);

private:
    struct Queue; // in TileLoader.cpp
    std::unique_ptr<Queue> m_queue;
};

} // namespace emend
