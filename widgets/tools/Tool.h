// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/LabelEdit.h"
#include "core/project/Project.h"

#include <QObject>
#include <QPointF>

#include <vector>

namespace emend {

/// What all tools share: the class and the size that are chosen now.
struct ToolSettings
{
    /// From 1; 0 marks pixels as ignored.
    int classIndex = 1;
    int radiusPx = 8;

    Label label() const
    {
        return classIndex == 0 ? Label(0, LabelState::ignored)
                               : Label(classIndex, LabelState::corrected);
    }
};

/// What the pointer does, in pixels of the slice.
struct ToolEvent
{
    Project* project = nullptr;
    int z = 0;
    QPointF position;                      ///< pixel (x, y) covers x .. x+1 and y .. y+1
    Pixel pixel;                           ///< the pixel at position; may lie outside of the slice
    Qt::MouseButton button = Qt::NoButton; ///< the one pressed or released, or held while moving
    Qt::KeyboardModifiers modifiers;
};

/// Something that changes labels with the pointer.
///
/// The view sends press, move and release; a tool writes through a LabelPainter, so that the
/// picture follows at once, and emits edited() when an action is complete. Lives on the GUI
/// thread, owned by the ToolBox, whose settings it reads.
class Tool : public QObject
{
    Q_OBJECT

public:
    explicit Tool(const ToolSettings& settings, QObject* parent = nullptr)
        : QObject(parent)
        , m_settings(settings)
    {
    }

    virtual QString name() const = 0;

    virtual void press(const ToolEvent& event) = 0;
    virtual void move(const ToolEvent& event) = 0;
    virtual void release(const ToolEvent& event) = 0;

    /// Something is half done.
    virtual bool isBusy() const = 0;

    /// Ends what is half done and keeps it, as far as that makes sense.
    virtual void finish() = 0;

    /// Leaves what is half done and puts everything back.
    virtual void cancel() = 0;

    /// Of the circle that is drawn around the pointer; -1 for none.
    virtual int cursorRadiusPx() const { return -1; }

    /// Corners of what is being drawn, in slice positions.
    virtual std::vector<QPointF> outline() const { return {}; }

Q_SIGNALS:
    /// A finished action; the project holds it already. text says what was done.
    void edited(const emend::LabelEdit& edit, const QString& text);
    void outlineChanged();

protected:
    const ToolSettings& settings() const { return m_settings; }

private:
    const ToolSettings& m_settings;
};

} // namespace emend
