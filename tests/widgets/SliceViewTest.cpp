// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/SliceView.h"

#include "widgets/tools/ToolBox.h"
#include "widgets/view/VtkSurface.h"

#include <QApplication>
#include <QOpenGLWidget>
#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest>

using namespace emend;

namespace {

std::shared_ptr<const ImageStack> patternStack()
{
    StackInfo info;
    info.size = {400, 300, 5};
    info.voxelSize = {4, 4, 50};
    std::vector<std::vector<quint16>> slices;
    for (int z = 0; z < 5; ++z) {
        std::vector<quint16>& slice = slices.emplace_back();
        for (int y = 0; y < 300; ++y)
            for (int x = 0; x < 400; ++x)
                slice.push_back(quint16(40 + z * 20 + (x / 10 + y / 10) % 2 * 60));
    }
    return makeMemoryStack(info, std::move(slices));
}

void wheel(QWidget& widget, QPointF position, int angle, Qt::KeyboardModifiers modifiers = {})
{
    QWheelEvent event(position, widget.mapToGlobal(position), {}, {0, angle}, Qt::NoButton,
                      modifiers, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

} // namespace

class SliceViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void aSliceIsFittedToTheWindow();
    void theFramebufferShowsTheSlice();
    void aDragPaintsTheRightPixels();
    void paintShowsInTheFramebuffer();
    void theRightButtonErases();
    void theWheelMovesOneSliceANotch();
    void smallWheelStepsAddUp();
    void controlWheelKeepsThePixelUnderThePointer();
    void shiftWheelChangesTheBrush();
    void middleDragPans();
    void spaceDragPansAndDoesNotPaint();
    void holdingHHidesTheLabels();
    void escapeCancelsAStroke();
    void aStrokeEndsWhenTheSliceChanges();
    void shiftClickPicksTheClass();
    void thePointerIsAnnounced();
    void keysMoveThroughTheStack();
    void aProjectMayGoFirst();
    void aPlaceIsFramedAndItsCruxCircled();
    void theViewSurvivesBeingFloatedAndDocked();

private:
    QPoint at(int x, int y) const { return m_view->widgetFromPixel({x, y}).toPoint(); }

    void drag(std::vector<Pixel> pixels, Qt::MouseButton button = Qt::LeftButton);
    QImage grabbed();
    QRgb grabbedAt(Pixel pixel);

    Label labelAt(int x, int y) const { return m_project->labels().at({x, y}, m_view->slice()); }

    std::unique_ptr<Project> m_project;
    std::unique_ptr<ToolBox> m_tools;
    std::unique_ptr<SliceView> m_view;
};

void SliceViewTest::initTestCase()
{
    QVERIFY2(VtkSurface::isSupported(), "this display has no OpenGL 3.2");
}

void SliceViewTest::init()
{
    m_project = std::make_unique<Project>(patternStack());
    m_tools = std::make_unique<ToolBox>();
    m_tools->setRadiusPx(4);
    m_view = std::make_unique<SliceView>();
    m_view->resize(1000, 600);
    m_view->setToolBox(m_tools.get());
    m_view->setProject(m_project.get());
    m_view->setContrast({0, 255, false});
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    // Nobody activates windows where there is no window manager.
    QApplication::setActiveWindow(m_view.get());
    m_view->setFocus();
}

void SliceViewTest::cleanup()
{
    m_view.reset();
    m_tools.reset();
    m_project.reset();
}

void SliceViewTest::drag(std::vector<Pixel> pixels, Qt::MouseButton button)
{
    QTest::mousePress(m_view.get(), button, {}, at(pixels.front().x, pixels.front().y));
    for (const Pixel pixel : pixels) {
        QMouseEvent move(QEvent::MouseMove, at(pixel.x, pixel.y),
                         m_view->mapToGlobal(QPointF(at(pixel.x, pixel.y))), Qt::NoButton, button,
                         Qt::NoModifier);
        QApplication::sendEvent(m_view.get(), &move);
    }
    QTest::mouseRelease(m_view.get(), button, {}, at(pixels.back().x, pixels.back().y));
}

QImage SliceViewTest::grabbed()
{
    auto* surface = m_view->findChild<QOpenGLWidget*>();
    return surface ? surface->grabFramebuffer() : QImage();
}

QRgb SliceViewTest::grabbedAt(Pixel pixel)
{
    const QPointF position = m_view->deviceFromWidget(m_view->widgetFromPixel(pixel));
    return grabbed().pixel(position.toPoint());
}

void SliceViewTest::aSliceIsFittedToTheWindow()
{
    QCOMPARE(m_view->zoom(), 2.0 * m_view->devicePixelRatioF());
    QCOMPARE(m_view->pixelAt(at(0, 0)), (Pixel{0, 0}));
    QCOMPARE(m_view->pixelAt(at(399, 299)), (Pixel{399, 299}));
}

void SliceViewTest::theFramebufferShowsTheSlice()
{
    QTRY_COMPARE(grabbedAt({5, 5}), qRgb(40, 40, 40));
    QCOMPARE(grabbedAt({15, 5}), qRgb(100, 100, 100));
    QCOMPARE(grabbedAt({395, 295}), qRgb(40, 40, 40));
    m_view->setSlice(3);
    QTRY_COMPARE(grabbedAt({5, 5}), qRgb(100, 100, 100));
    m_view->setSurround(QColor(1, 2, 3));
    QCOMPARE(grabbed().pixel(10, 10), qRgb(1, 2, 3));
}

void SliceViewTest::aDragPaintsTheRightPixels()
{
    QSignalSpy edited(m_tools.get(), &ToolBox::edited);
    m_tools->setCurrentClass(2);
    drag({{100, 100}, {130, 100}, {160, 120}, {160, 200}});
    QCOMPARE(edited.count(), 1);
    const Label painted(2, LabelState::corrected);
    for (const Pixel pixel : {Pixel{100, 100}, {97, 100}, {115, 103}, {160, 160}, {163, 200}})
        QCOMPARE(labelAt(pixel.x, pixel.y), painted);
    for (const Pixel pixel : {Pixel{95, 100}, {115, 105}, {165, 160}, {160, 205}})
        QCOMPARE(labelAt(pixel.x, pixel.y), Label());
}

void SliceViewTest::paintShowsInTheFramebuffer()
{
    m_tools->setCurrentClass(1);
    m_tools->setRadiusPx(20);
    QTRY_COMPARE(grabbedAt({205, 105}), qRgb(40, 40, 40));
    drag({{200, 100}, {210, 100}});
    const QRgb painted = grabbedAt({205, 105});
    QVERIFY2(qRed(painted) > qBlue(painted) + 40, "the colour of membrane is warm");
    const QRgb beside = grabbedAt({205, 135});
    QCOMPARE(qRed(beside), qBlue(beside));
}

void SliceViewTest::theRightButtonErases()
{
    drag({{100, 100}, {150, 100}});
    QVERIFY(labelAt(120, 100).isCorrected());
    drag({{120, 100}, {122, 100}}, Qt::RightButton);
    QCOMPARE(labelAt(120, 100), Label());
    QVERIFY(labelAt(140, 100).isCorrected());
}

void SliceViewTest::theWheelMovesOneSliceANotch()
{
    QSignalSpy changed(m_view.get(), &SliceView::sliceChanged);
    wheel(*m_view, {100, 100}, -120);
    QCOMPARE(m_view->slice(), 1);
    wheel(*m_view, {100, 100}, -120);
    wheel(*m_view, {100, 100}, -120);
    QCOMPARE(m_view->slice(), 3);
    wheel(*m_view, {100, 100}, 120);
    QCOMPARE(m_view->slice(), 2);
    QCOMPARE(changed.count(), 4);
    wheel(*m_view, {100, 100}, 120 * 50);
    QCOMPARE(m_view->slice(), 0);
}

void SliceViewTest::smallWheelStepsAddUp()
{
    for (int i = 0; i < 8; ++i)
        wheel(*m_view, {100, 100}, -30);
    QCOMPARE(m_view->slice(), 2);
}

void SliceViewTest::controlWheelKeepsThePixelUnderThePointer()
{
    const QPointF pointer = at(333, 77);
    const double before = m_view->zoom();
    for (int i = 0; i < 7; ++i) {
        wheel(*m_view, pointer, 120, Qt::ControlModifier);
        QCOMPARE(m_view->pixelAt(pointer), (Pixel{333, 77}));
    }
    QVERIFY(m_view->zoom() > 4 * before);
    QCOMPARE(m_view->slice(), 0);
    QTest::keyClick(m_view.get(), Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(m_view->zoom(), before);
}

void SliceViewTest::shiftWheelChangesTheBrush()
{
    m_tools->setRadiusPx(50);
    wheel(*m_view, {100, 100}, 120, Qt::ShiftModifier);
    QCOMPARE(m_tools->radiusPx(), 60);
    QTest::keyClick(m_view.get(), Qt::Key_BracketLeft);
    QCOMPARE(m_tools->radiusPx(), 50);
    QCOMPARE(m_view->slice(), 0);
}

void SliceViewTest::middleDragPans()
{
    m_view->setZoom(8);
    const Pixel grabbedPixel = m_view->pixelAt({300, 300});
    QTest::mousePress(m_view.get(), Qt::MiddleButton, {}, {300, 300});
    QTest::mouseMove(m_view.get(), {340, 280});
    QTest::mouseRelease(m_view.get(), Qt::MiddleButton, {}, {340, 280});
    QCOMPARE(m_view->pixelAt({340, 280}), grabbedPixel);
}

void SliceViewTest::spaceDragPansAndDoesNotPaint()
{
    m_view->setZoom(8);
    const Pixel grabbedPixel = m_view->pixelAt({300, 300});
    QTest::keyPress(m_view.get(), Qt::Key_Space);
    QTest::mousePress(m_view.get(), Qt::LeftButton, {}, {300, 300});
    QTest::mouseMove(m_view.get(), {260, 310});
    QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, {260, 310});
    QTest::keyRelease(m_view.get(), Qt::Key_Space);
    QCOMPARE(m_view->pixelAt({260, 310}), grabbedPixel);
    QVERIFY(m_project->labels().touchedTiles(0).empty());
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, {260, 310});
    QVERIFY(!m_project->labels().touchedTiles(0).empty());
}

void SliceViewTest::holdingHHidesTheLabels()
{
    QTest::keyPress(m_view.get(), Qt::Key_H);
    QVERIFY(!m_view->isOverlayVisible());
    QTest::keyRelease(m_view.get(), Qt::Key_H);
    QVERIFY(m_view->isOverlayVisible());
}

void SliceViewTest::escapeCancelsAStroke()
{
    QTest::mousePress(m_view.get(), Qt::LeftButton, {}, at(100, 100));
    QVERIFY(labelAt(100, 100).isCorrected());
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QCOMPARE(labelAt(100, 100), Label());
    QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, at(120, 100));
    QCOMPARE(labelAt(120, 100), Label());
}

void SliceViewTest::aStrokeEndsWhenTheSliceChanges()
{
    QSignalSpy edited(m_tools.get(), &ToolBox::edited);
    QTest::mousePress(m_view.get(), Qt::LeftButton, {}, at(100, 100));
    wheel(*m_view, at(100, 100), -120);
    QCOMPARE(edited.count(), 1);
    QTest::mouseMove(m_view.get(), at(200, 100));
    QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, at(200, 100));
    QVERIFY(m_project->labels().at({100, 100}, 0).isCorrected());
    QVERIFY(m_project->labels().touchedTiles(1).empty());
}

void SliceViewTest::shiftClickPicksTheClass()
{
    m_tools->setCurrentClass(2);
    drag({{100, 100}, {110, 100}});
    m_tools->setCurrentClass(1);
    QTest::mouseClick(m_view.get(), Qt::LeftButton, Qt::ShiftModifier, at(105, 100));
    QCOMPARE(m_tools->currentClass(), 2);
}

void SliceViewTest::thePointerIsAnnounced()
{
    QTRY_COMPARE(grabbedAt({15, 5}), qRgb(100, 100, 100));
    QSignalSpy moved(m_view.get(), &SliceView::cursorMoved);
    QTest::mouseMove(m_view.get(), at(15, 5));
    QTRY_VERIFY(!moved.isEmpty());
    QCOMPARE(moved.last()[0].value<Pixel>(), (Pixel{15, 5}));
    QCOMPARE(moved.last()[1].toInt(), 100);
}

void SliceViewTest::keysMoveThroughTheStack()
{
    QTest::keyClick(m_view.get(), Qt::Key_PageDown);
    QCOMPARE(m_view->slice(), 1);
    QTest::keyClick(m_view.get(), Qt::Key_End);
    QCOMPARE(m_view->slice(), 4);
    QTest::keyClick(m_view.get(), Qt::Key_PageDown);
    QCOMPARE(m_view->slice(), 4);
    QTest::keyClick(m_view.get(), Qt::Key_PageUp);
    QCOMPARE(m_view->slice(), 3);
    QTest::keyClick(m_view.get(), Qt::Key_Home);
    QCOMPARE(m_view->slice(), 0);
}

void SliceViewTest::aProjectMayGoFirst()
{
    m_view->setSurround(QColor(9, 8, 7));
    m_view->setProject(nullptr);
    m_project.reset();
    wheel(*m_view, {100, 100}, -120);
    QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, {100, 100});
    QCOMPARE(grabbed().pixel(500, 300), qRgb(9, 8, 7));
}

void SliceViewTest::aPlaceIsFramedAndItsCruxCircled()
{
    const auto changedAt = [before = grabbed(), this](Pixel pixel) {
        const QPoint centre = m_view->deviceFromWidget(m_view->widgetFromPixel(pixel)).toPoint();
        const QImage now = grabbed();
        const QRect around(centre - QPoint(3, 3), centre + QPoint(3, 3));
        return now.copy(around) != before.copy(around);
    };
    constexpr Pixel ofFrame{100, 130};
    constexpr Pixel ofCircle{120, 142}; // a square's side away from the middle of the crux
    constexpr Pixel between{150, 150};
    m_view->setFrame(Rect{100, 100, 64, 64});
    QTRY_VERIFY(changedAt(ofFrame));
    QVERIFY(!changedAt(ofCircle) && !changedAt(between));
    m_view->setFrame(Rect{100, 100, 64, 64}, Rect{112, 118, 16, 16});
    QTRY_VERIFY(changedAt(ofCircle));
    QVERIFY(changedAt(ofFrame) && !changedAt(between));
    m_view->setFrame({});
    QTRY_VERIFY(!changedAt(ofFrame) && !changedAt(ofCircle));
}

void SliceViewTest::theViewSurvivesBeingFloatedAndDocked()
{
    QTRY_COMPARE(grabbedAt({15, 5}), qRgb(100, 100, 100));
    QWidget window;
    window.resize(1000, 600);
    window.show();
    m_view->setParent(&window);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QTRY_COMPARE(grabbedAt({15, 5}), qRgb(100, 100, 100));
    m_view->setParent(nullptr);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    QTRY_COMPARE(grabbedAt({15, 5}), qRgb(100, 100, 100));
}

int main(int argc, char** argv)
{
    VtkSurface::prepareApplication();
    QApplication application(argc, argv);
    SliceViewTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "SliceViewTest.moc"
