// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/window/FileCommands.h"
#include "app/window/MainWindow.h"
#include "app/window/SectionPage.h"
#include "app/window/Workspace.h"
#include "widgets/view/SliceView.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTimer>
#include <QtTest>

#include <vector>

namespace emend {

/// Works in a window as a person does, with the mouse and the keys.
///
/// Where EMEND_PICTURES names a folder, keepPicture() leaves a picture of the window there.
class WindowDriver
{
public:
    explicit WindowDriver(MainWindow& window)
        : m_window(window)
    {
        window.resize(1280, 800);
        window.show();
        QApplication::setActiveWindow(&window);
    }

    SliceView* view() const { return m_window.workspace().section()->view(); }

    Project& project() const { return *m_window.session().project(); }

    bool open(const QString& path) const
    {
        QSignalSpy opened(&m_window.session(), &Session::opened);
        m_window.files().open(path);
        return opened.wait(10000) && waitUntilIdle(10000);
    }

    /// Nothing runs, and nothing that follows from what ran.
    bool waitUntilIdle(int timeoutMs = 120000) const
    {
        const auto isIdle = [this] {
            return !m_window.session().isBusy();
        };
        return QTest::qWaitFor(isIdle, timeoutMs) && (QTest::qWait(50), isIdle());
    }

    void click(const char* button) const
    {
        auto* found = m_window.findChild<QAbstractButton*>(QString::fromLatin1(button));
        QVERIFY2(found && found->isEnabled(), button);
        QTest::mouseClick(found, Qt::LeftButton);
    }

    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        // Without a window manager nobody gives the focus back after a dialog.
        QApplication::setActiveWindow(&m_window);
        QTest::keyClick(view(), key, modifiers);
    }

    /// One stroke with the tool in hand through these pixels.
    void stroke(const std::vector<Pixel>& pixels, Qt::MouseButton button = Qt::LeftButton) const
    {
        QWidget* target = view();
        const auto position = [this](Pixel pixel) {
            return view()->widgetFromPixel(pixel).toPoint();
        };
        QTest::mousePress(target, button, {}, position(pixels.front()));
        for (const Pixel pixel : pixels) {
            QMouseEvent move(QEvent::MouseMove, position(pixel),
                             target->mapToGlobal(position(pixel)), Qt::NoButton, button, {});
            QApplication::sendEvent(target, &move);
        }
        QTest::mouseRelease(target, button, {}, position(pixels.back()));
    }

    /// Chooses that file in the dialog that the next action opens.
    void answerFileDialog(const QString& path) const
    {
        auto* timer = new QTimer(&m_window);
        timer->callOnTimeout(&m_window, [timer, path] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (!dialog)
                return;
            timer->deleteLater();
            dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(path);
            QMetaObject::invokeMethod(dialog, "accept");
        });
        timer->start(50);
    }

    std::vector<Label> labels(int z) const
    {
        const Rect slice = project().size().sliceRect();
        std::vector<Label> labels(size_t(slice.pixelCount()));
        project().labels().read(z, slice, labels.data());
        return labels;
    }

    void keepPicture(const QString& name) const
    {
        const QString folder = qEnvironmentVariable("EMEND_PICTURES");
        if (folder.isEmpty())
            return;
        QTest::qWait(300); // the frame with the last change
        QDir().mkpath(folder);
        m_window.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png"));
    }

private:
    MainWindow& m_window;
};

} // namespace emend
