// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/SliceScene.h"

#include "core/project/LabelPainter.h"
#include "tests/support/SceneFixture.h"

#include <QSignalSpy>
#include <QtTest>

using namespace emend;

class SliceSceneTest : public QObject, protected SceneFixture
{
    Q_OBJECT

private Q_SLOTS:

    void init() { open(); }

    void cleanup() { close(); }

    void showsGreyPixelsAsTheyAre();
    void showsTheSurroundBesideTheSlice();
    void reducedPixelsAreMeans();
    void contrastStretchesAndInverts();
    void automaticContrastLeavesOutTheExtremes();
    void aChangeComposesOnlyItsPart();
    void aDirtyRectEqualsAFullComposition_data();
    void aDirtyRectEqualsAFullComposition();
    void anotherSliceIsFetchedAndShown();
    void zoomingOutFetchesTheReducedSlice();
};

void SliceSceneTest::showsGreyPixelsAsTheyAre()
{
    show(m_transform);
    for (const Pixel pixel : {Pixel{0, 0}, {299, 0}, {0, 279}, {299, 279}, {100, 50}, {7, 211}}) {
        const int grey = greyAt(*m_project, pixel, 0);
        QCOMPARE(shown(pixel), qRgb(grey, grey, grey));
    }
}

void SliceSceneTest::showsTheSurroundBesideTheSlice()
{
    show(m_transform); // twice as large, 20 columns left at each side
    QCOMPARE(m_scene->image().pixel(0, 0), surround);
    QCOMPARE(m_scene->image().pixel(19, 300), surround);
    QVERIFY(m_scene->image().pixel(20, 300) != surround);
    QCOMPARE(m_scene->image().pixel(620, 300), surround);
}

void SliceSceneTest::reducedPixelsAreMeans()
{
    m_transform.setViewport({150, 140});
    m_transform.fit();
    show(m_transform);
    QCOMPARE(m_transform.zoom(), 0.5);
    const GreyImage half = m_project->stack()->read(0, {0, 0, 300, 280}, 2);
    for (const Pixel pixel : {Pixel{0, 0}, {149, 139}, {31, 77}})
        QCOMPARE(qRed(m_scene->image().pixel(pixel.x, pixel.y)), int(half.at(pixel.x, pixel.y)));
}

void SliceSceneTest::contrastStretchesAndInverts()
{
    show(m_transform);
    const Pixel pixel{20, 8}; // grey 100
    QCOMPARE(greyAt(*m_project, pixel, 0), 100);
    m_scene->setContrast({50, 150, false});
    m_scene->compose();
    QCOMPARE(qRed(shown(pixel)), 128);
    m_scene->setContrast({100, 150, true});
    m_scene->compose();
    QCOMPARE(qRed(shown(pixel)), 255);
}

void SliceSceneTest::automaticContrastLeavesOutTheExtremes()
{
    GreyImage image{100, 100, std::vector<quint16>(10000, 0)};
    for (int i = 0; i < 5000; ++i)
        image.pixels[size_t(i)] = quint16(80 + i % 41);
    image.pixels[0] = 250;
    const Contrast contrast = Contrast::automatic(image, 255);
    QCOMPARE(contrast.black, 80);
    QCOMPARE(contrast.white, 120);
}

void SliceSceneTest::aChangeComposesOnlyItsPart()
{
    show(m_transform);
    LabelPainter painter(*m_project, 0);
    painter.disk({100, 100}, 3, correctedInside);
    const Rect composed = m_scene->compose();
    QVERIFY(!composed.isEmpty());
    QVERIFY2(composed.width <= 7 * 2 + 8 && composed.height <= 7 * 2 + 8,
             "far more than the disk was composed");
    painter.finish();
}

void SliceSceneTest::aDirtyRectEqualsAFullComposition_data()
{
    QTest::addColumn<double>("zoom");
    QTest::newRow("reduced") << 0.37;
    QTest::newRow("slightly reduced") << 0.9;
    QTest::newRow("one to one") << 1.0;
    QTest::newRow("uneven") << 2.7;
    QTest::newRow("large") << 16.0;
}

void SliceSceneTest::aDirtyRectEqualsAFullComposition()
{
    QFETCH(double, zoom);
    setLabels(*m_project, 0, {0, 0, 300, 280}, predictedInside);
    m_transform.zoomAtCentre(zoom);
    show(m_transform);

    LabelPainter painter(*m_project, 0);
    Pixel last{140, 130};
    for (const Pixel next : {Pixel{150, 133}, {152, 150}, {130, 141}, {5, 3}}) {
        painter.line(last, next, 4, Label(1, LabelState::corrected));
        painter.disk(next, 6, Label(0, LabelState::ignored));
        m_scene->compose();
        last = next;
    }
    painter.finish();

    SliceScene fresh;
    fresh.setProject(m_project.get());
    fresh.setContrast({0, 255, false});
    fresh.setSurround(QColor::fromRgb(surround));
    fresh.setTransform(m_transform);
    QTRY_VERIFY((fresh.compose(), fresh.isComplete()));
    m_scene->compose();
    QCOMPARE(m_scene->image(), fresh.image());
}

void SliceSceneTest::anotherSliceIsFetchedAndShown()
{
    show(m_transform);
    QSignalSpy changed(m_scene.get(), &SliceScene::changed);
    m_scene->setSlice(2);
    QVERIFY(changed.count() > 0);
    QTRY_VERIFY((m_scene->compose(), m_scene->isComplete()));
    const int grey = greyAt(*m_project, {33, 44}, 2);
    QCOMPARE(shown({33, 44}), qRgb(grey, grey, grey));
}

void SliceSceneTest::zoomingOutFetchesTheReducedSlice()
{
    show(m_transform);
    const double whole = m_transform.zoom();
    for (const double zoom : {0.4, whole, 0.2}) {
        SliceTransform transform = m_transform;
        transform.zoomAtCentre(zoom);
        show(transform); // until nothing is missing
        QVERIFY(m_scene->isComplete());
    }
}

QTEST_MAIN(SliceSceneTest)
#include "SliceSceneTest.moc"
