// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/SliceTransform.h"

#include <QtTest>

using namespace emend;

namespace {

SliceTransform transformOf(QSize viewport, int width, int height)
{
    SliceTransform transform;
    transform.setViewport(viewport);
    transform.setSliceSize(width, height);
    return transform;
}

} // namespace

class SliceTransformTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewSliceFillsTheViewport();
    void screenAndSliceAreInverse();
    void zoomKeepsThePixelUnderThePointer();
    void zoomStaysWithinItsBounds();
    void panMovesTheSliceWithTheHand();
    void panKeepsTheSliceInSight();
    void visibleRectHoldsWhatTheViewportShows();
    void screenRectHoldsThePixels();
    void resizingKeepsTheMiddle();
};

void SliceTransformTest::aNewSliceFillsTheViewport()
{
    const SliceTransform transform = transformOf({800, 600}, 400, 400);
    QCOMPARE(transform.zoom(), 1.5);
    QCOMPARE(transform.screenFromSlice({0, 0}), QPointF(100, 0));
    QCOMPARE(transform.screenFromSlice({400, 400}), QPointF(700, 600));
}

void SliceTransformTest::screenAndSliceAreInverse()
{
    SliceTransform transform = transformOf({801, 599}, 1000, 700);
    transform.zoomAt({13, 77}, 3.7);
    const QPointF back = transform.sliceFromScreen(transform.screenFromSlice({123.25, 456.5}));
    QVERIFY(qAbs(back.x() - 123.25) < 1e-9);
    QVERIFY(qAbs(back.y() - 456.5) < 1e-9);
    QCOMPARE(transform.pixelAt(transform.screenFromSlice({123.25, 456.5})), (Pixel{123, 456}));
}

void SliceTransformTest::zoomKeepsThePixelUnderThePointer()
{
    SliceTransform transform = transformOf({800, 600}, 1024, 1024);
    const QPointF pointer(217, 403);
    const QPointF kept = transform.sliceFromScreen(pointer);
    for (const double zoom : {0.9, 2.0, 17.3, 1.0}) {
        transform.zoomAt(pointer, zoom);
        QCOMPARE(transform.zoom(), zoom);
        const QPointF now = transform.sliceFromScreen(pointer);
        QVERIFY(qAbs(now.x() - kept.x()) < 1e-6 && qAbs(now.y() - kept.y()) < 1e-6);
    }
}

void SliceTransformTest::zoomStaysWithinItsBounds()
{
    SliceTransform transform = transformOf({800, 600}, 20000, 20000);
    transform.zoomAt({0, 0}, 1e9);
    QCOMPARE(transform.zoom(), SliceTransform::maximumZoom);
    transform.zoomAt({0, 0}, 1e-9);
    QCOMPARE(transform.zoom(), 600.0 / 20000 / 2);
}

void SliceTransformTest::panMovesTheSliceWithTheHand()
{
    SliceTransform transform = transformOf({800, 600}, 2000, 2000);
    transform.zoomAtCentre(2);
    const QPointF grabbed = transform.sliceFromScreen({100, 100});
    transform.panBy({50, -30});
    QCOMPARE(transform.screenFromSlice(grabbed), QPointF(150, 70));
}

void SliceTransformTest::panKeepsTheSliceInSight()
{
    SliceTransform transform = transformOf({800, 600}, 2000, 2000);
    transform.panBy({1e7, 1e7});
    QCOMPARE(transform.screenFromSlice({0, 0}), QPointF(400, 300));
}

void SliceTransformTest::visibleRectHoldsWhatTheViewportShows()
{
    SliceTransform transform = transformOf({100, 80}, 1000, 1000);
    transform.zoomAtCentre(8);
    transform.centreOn({500.5, 300.5});
    const Rect visible = transform.visibleRect();
    QVERIFY(visible.contains(transform.pixelAt({0, 0})));
    QVERIFY(visible.contains(transform.pixelAt({99.9, 79.9})));
    QVERIFY(visible.width <= 100 / 8 + 2);
    transform.fit();
    QCOMPARE(transform.visibleRect(), (Rect{0, 0, 1000, 1000}));
}

void SliceTransformTest::screenRectHoldsThePixels()
{
    SliceTransform transform = transformOf({400, 400}, 100, 100);
    QCOMPARE(transform.screenRect({10, 20, 5, 1}), (Rect{40, 80, 20, 4}));
    transform.zoomAt({0, 0}, 64);
    QVERIFY(transform.screenRect({90, 90, 5, 5}).isEmpty());
}

void SliceTransformTest::resizingKeepsTheMiddle()
{
    SliceTransform transform = transformOf({400, 400}, 1000, 1000);
    transform.zoomAtCentre(5);
    transform.centreOn({123, 456});
    transform.setViewport({900, 300});
    QCOMPARE(transform.zoom(), 5.0);
    QCOMPARE(transform.screenFromSlice({123, 456}), QPointF(450, 150));
}

QTEST_GUILESS_MAIN(SliceTransformTest)
#include "SliceTransformTest.moc"
