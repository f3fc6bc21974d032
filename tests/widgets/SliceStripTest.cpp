// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/SliceStrip.h"

#include "widgets/theme/Theme.h"

#include <QAccessible>
#include <QtTest>

using namespace emend;

class SliceStripTest : public QObject
{
    Q_OBJECT

private:
    Theme m_theme;

    static int inkHeight(const QImage& image, double x, const QColor& ground)
    {
        int rows = 0;
        for (int y = 0; y < image.height(); ++y)
            rows += image.pixelColor(int(x), y) != ground ? 1 : 0;
        return rows;
    }

private Q_SLOTS:

    void stripShowsOneBarPerSlice()
    {
        SliceStrip strip;
        strip.resize(824, 40);
        strip.setSliceCount(30);
        QCOMPARE(strip.barCount(), 30);
        for (int z = 0; z < 30; ++z)
            QCOMPARE(strip.sliceAt(strip.barRect(z).center()), z);
    }

    void thousandsOfSlicesShareBars()
    {
        SliceStrip strip;
        strip.resize(424, 40);
        strip.setSliceCount(5000);
        QVERIFY(strip.barCount() < 200);
        for (int z : {0, 1, 2499, 4999}) {
            const QRectF bar = strip.barRect(z);
            QVERIFY(bar.left() >= 0 && bar.right() <= strip.width());
            QVERIFY(std::abs(strip.sliceAt(bar.center()) - z) <= 5000 / strip.barCount() + 1);
        }
        QCOMPARE(strip.sliceAt(QPointF(-10, 0)), 0);
        QCOMPARE(strip.sliceAt(QPointF(9999, 0)), 4999);
    }

    void barsGrowWithTheWork()
    {
        SliceStrip strip;
        strip.resize(400, 40);
        strip.setSliceCount(5);
        strip.setSlice(4);
        strip.setState(1, SliceState::predicted);
        strip.setState(2, SliceState::partly);
        strip.setState(3, SliceState::confirmed);
        const QImage image = strip.grab().toImage();
        const QColor ground = image.pixelColor(2, 2);
        int last = 0;
        for (int z = 0; z < 4; ++z) {
            const int height = inkHeight(image, strip.barRect(z).center().x() - 4, ground);
            QVERIFY2(height > last, qPrintable(QString::number(z)));
            last = height;
        }
    }

    void aHeldOutSliceCarriesADot()
    {
        SliceStrip strip;
        strip.resize(400, 40);
        strip.setSliceCount(5);
        const double x = strip.barRect(3).center().x() - 1;
        const QColor ground = strip.grab().toImage().pixelColor(2, 2);
        const int before = inkHeight(strip.grab().toImage(), x, ground);
        strip.setHeldOut(SliceRange({3}));
        QVERIFY(inkHeight(strip.grab().toImage(), x, ground) > before);
        QVERIFY(strip.describe(3) != strip.describe(2));
    }

    void clickAndDragGoToSlices()
    {
        SliceStrip strip;
        strip.resize(400, 40);
        strip.setSliceCount(10);
        strip.show();
        QSignalSpy chosen(&strip, &SliceStrip::sliceChosen);
        QTest::mousePress(&strip, Qt::LeftButton, {}, strip.barRect(3).center().toPoint());
        QCOMPARE(chosen.takeFirst().first().toInt(), 3);
        QMouseEvent move(QEvent::MouseMove, strip.barRect(7).center(), strip.barRect(7).center(),
                         Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&strip, &move);
        QCOMPARE(chosen.takeFirst().first().toInt(), 7);
        QCOMPARE(strip.slice(), 7);
    }

    void keysMoveSliceBySlice()
    {
        SliceStrip strip;
        strip.setSliceCount(10);
        QSignalSpy chosen(&strip, &SliceStrip::sliceChosen);
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.slice(), 1);
        QTest::keyClick(&strip, Qt::Key_End);
        QCOMPARE(strip.slice(), 9);
        QCOMPARE(chosen.count(), 2);
    }

    void beingToldTheSliceIsNoChoice()
    {
        SliceStrip strip;
        strip.setSliceCount(10);
        QSignalSpy chosen(&strip, &SliceStrip::sliceChosen);
        strip.setSlice(6);
        QCOMPARE(strip.slice(), 6);
        QVERIFY(chosen.isEmpty());
    }

    void screenReadersHearTheSliceAsPeopleCount()
    {
        SliceStrip strip;
        strip.setSliceCount(10);
        strip.setSlice(6);
        QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(&strip);
        QVERIFY(interface && interface->valueInterface());
        QCOMPARE(interface->valueInterface()->currentValue().toInt(), 7);
        QVERIFY(!interface->text(QAccessible::Name).isEmpty());
    }
};

QTEST_MAIN(SliceStripTest)
#include "SliceStripTest.moc"
