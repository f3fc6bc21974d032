// SPDX-License-Identifier: Apache-2.0
#include "tests/support/SceneFixture.h"
#include "widgets/view/SliceScene.h"

#include <QSignalSpy>
#include <QtTest>

using namespace emend;

namespace {

/// Sure of class 2 but in rect: there all is alike in the left half, half sure in the right.
Prediction doubtful(const Project& project, int z, Rect rect)
{
    const VolumeSize size = project.size();
    const auto pixels = size_t(size.pixelsPerSlice());
    ProbabilityMap map{size.width, size.height, 2, std::vector<float>(2 * pixels)};
    std::fill(map.values.begin() + qptrdiff(pixels), map.values.end(), 1.0F);
    for (int y = rect.y; y < rect.bottom(); ++y) {
        for (int x = rect.x; x < rect.right(); ++x) {
            const size_t i = size_t(y) * size_t(size.width) + size_t(x);
            map.values[i] = x < rect.x + rect.width / 2 ? 0.5F : 0.25F;
            map.values[pixels + i] = 1 - map.values[i];
        }
    }
    Prediction prediction(size, 2);
    prediction.setSlice(z, map);
    return prediction;
}

/// a is nearer to the goal than b.
bool isNearer(QRgb a, QRgb b, QRgb goal)
{
    const auto distance = [goal](QRgb c) {
        return qAbs(qRed(c) - qRed(goal)) + qAbs(qGreen(c) - qGreen(goal)) +
               qAbs(qBlue(c) - qBlue(goal));
    };
    return distance(a) < distance(b);
}

} // namespace

/// How labels, predictions and doubt lie over the grey pixels.
class SceneLabelsTest : public QObject, protected SceneFixture
{
    Q_OBJECT

private Q_SLOTS:

    void init() { open(); }

    void cleanup() { close(); }

    void predictedPixelsCarryTheirColour();
    void correctedPixelsAreStrongerAndOutlined();
    void ignoredPixelsAreHatched();
    void hiddenClassesAndHiddenLabelsDoNotShow();
    void labelsOfOtherSlicesDoNotShow();
    void doubtIsAnAmberTintOverWhatNobodyDecided();
    void doubtFollowsThePredictionAndTheSlice();
    void doubtNeedsAPredictionAndVisibleLabels();
    void aStandInIsShownInThePlaceOfTheLabels();
};

void SceneLabelsTest::predictedPixelsCarryTheirColour()
{
    setLabels(*m_project, 0, {40, 40, 20, 20}, predictedInside);
    m_scene->setOverlayOpacity(0.5);
    show(m_transform);
    const Pixel pixel{45, 45};
    const int grey = greyAt(*m_project, pixel, 0);
    const QColor colour = QColor::fromRgb(m_project->classes().at(2).rgb);
    QVERIFY(qAbs(qRed(shown(pixel)) - (grey + colour.red()) / 2) <= 1);
    QVERIFY(qAbs(qGreen(shown(pixel)) - (grey + colour.green()) / 2) <= 1);
    QVERIFY(qAbs(qBlue(shown(pixel)) - (grey + colour.blue()) / 2) <= 1);
    QCOMPARE(shown({40, 48}), shown({45, 45})); // equal grey, and no outline at the edge
}

void SceneLabelsTest::correctedPixelsAreStrongerAndOutlined()
{
    setLabels(*m_project, 0, {40, 40, 20, 20}, correctedInside);
    setLabels(*m_project, 0, {100, 100, 20, 20}, predictedInside);
    m_scene->setOverlayOpacity(0.5);
    m_scene->setContrast({254, 255, false}); // all black: only colours are left
    show(m_transform);
    QVERIFY(qBlue(shown({50, 50})) > qBlue(shown({110, 110})) + 20);

    const QPointF corner = m_transform.screenFromSlice({40, 40});
    const QRgb outline = m_scene->image().pixel(int(corner.x()), int(corner.y()) + 10);
    const QRgb inside = m_scene->image().pixel(int(corner.x()) + 1, int(corner.y()) + 10);
    QVERIFY(qGray(outline) > qGray(inside) + 20);
}

void SceneLabelsTest::ignoredPixelsAreHatched()
{
    setLabels(*m_project, 0, {0, 0, 300, 280}, Label(0, LabelState::ignored));
    m_scene->setContrast({254, 255, false});
    show(m_transform);
    int lines = 0;
    for (int x = 100; x < 160; ++x)
        lines += qGray(m_scene->image().pixel(x, 100)) > 128;
    QCOMPARE(lines, 10); // one in six
    QCOMPARE(m_scene->image().pixel(120, 100), m_scene->image().pixel(119, 101));
}

void SceneLabelsTest::hiddenClassesAndHiddenLabelsDoNotShow()
{
    show(m_transform);
    const QImage plain = m_scene->image().copy();
    setLabels(*m_project, 0, {40, 40, 20, 20}, correctedInside);
    m_scene->compose();
    QVERIFY(m_scene->image() != plain);

    m_scene->setOverlayVisible(false);
    m_scene->compose();
    QCOMPARE(m_scene->image(), plain);
    m_scene->setOverlayVisible(true);

    ClassTable classes = m_project->classes();
    LabelClass hidden = classes.at(2);
    hidden.isVisible = false;
    classes.set(2, hidden);
    m_project->setClasses(classes);
    m_scene->compose();
    QCOMPARE(m_scene->image(), plain);
}

void SceneLabelsTest::labelsOfOtherSlicesDoNotShow()
{
    show(m_transform);
    QSignalSpy changed(m_scene.get(), &SliceScene::changed);
    setLabels(*m_project, 1, {0, 0, 300, 280}, correctedInside);
    QCOMPARE(changed.count(), 0);
    QVERIFY(m_scene->compose().isEmpty());
}

void SceneLabelsTest::doubtIsAnAmberTintOverWhatNobodyDecided()
{
    m_project->mergePrediction(doubtful(*m_project, 0, {100, 60, 80, 80}));
    show(m_transform);
    const QRgb plain = shown({120, 80});
    const QRgb sure = shown({20, 20});
    m_scene->setDoubtVisible(true);
    m_scene->compose();
    QCOMPARE(shown({20, 20}), sure);
    QVERIFY(isNearer(shown({120, 80}), plain, qRgb(0xe6, 0x9f, 0)));
    QVERIFY(isNearer(shown({120, 80}), shown({150, 62}),
                     qRgb(0xe6, 0x9f, 0))); // as grey, half as unsure

    setLabels(*m_project, 0, {110, 70, 20, 20}, correctedInside);
    m_scene->compose();
    const QImage withDoubt = m_scene->image().copy();
    m_scene->setDoubtVisible(false);
    m_scene->compose();
    for (int x = 110; x < 130; ++x) // also the outline
        for (int y = 70; y < 90; ++y) {
            const QPointF at = m_transform.screenFromSlice(QPointF(x + 0.5, y + 0.5));
            QCOMPARE(withDoubt.pixel(at.toPoint()), m_scene->image().pixel(at.toPoint()));
        }
}

void SceneLabelsTest::doubtFollowsThePredictionAndTheSlice()
{
    m_scene->setDoubtVisible(true);
    show(m_transform);
    const QRgb before = shown({120, 80});
    m_project->mergePrediction(doubtful(*m_project, 0, {100, 60, 80, 80}));
    m_scene->compose();
    QVERIFY(shown({120, 80}) != before);
    m_project->mergePrediction(doubtful(*m_project, 0, {0, 0, 20, 20}));
    m_scene->compose();
    QCOMPARE(shown({120, 80}), before);
    QVERIFY(shown({5, 5}) != before);

    SliceTransform reduced = m_transform; // panned and smaller than a pixel of the slice
    reduced.zoomAtCentre(0.4);
    m_project->mergePrediction(doubtful(*m_project, 0, {100, 60, 80, 80}));
    show(reduced);
    const QRgb doubtfulReduced = shown({120, 80});
    m_scene->setSlice(1);
    show(reduced);
    const QRgb other = shown({120, 80});
    m_scene->setDoubtVisible(false);
    m_scene->compose();
    QCOMPARE(shown({120, 80}), other);
    QVERIFY(doubtfulReduced != other);
}

void SceneLabelsTest::doubtNeedsAPredictionAndVisibleLabels()
{
    show(m_transform);
    const QImage plain = m_scene->image().copy();
    m_scene->setDoubtVisible(true);
    m_scene->compose();
    QCOMPARE(m_scene->image(), plain);
    m_project->mergePrediction(doubtful(*m_project, 0, {100, 60, 80, 80}));
    m_scene->setOverlayVisible(false);
    m_scene->compose();
    QCOMPARE(m_scene->image(), plain);
    m_scene->setOverlayVisible(true);
    m_scene->compose();
    QVERIFY(m_scene->image() != plain);
}

void SceneLabelsTest::aStandInIsShownInThePlaceOfTheLabels()
{
    setLabels(*m_project, 0, {0, 0, 100, 280}, predictedInside);
    m_project->mergePrediction(doubtful(*m_project, 0, {100, 60, 80, 80}));
    m_scene->setDoubtVisible(true);
    show(m_transform);
    const QImage own = m_scene->image().copy();

    StandInLabels standIn{LabelVolume(m_project->size()), ClassTable::membraneAndInside()};
    editLabels(standIn.labels, 0, {200, 0, 100, 280}, [](Pixel, Label) {
        return predictedInside;
    }).applyTo(standIn.labels);
    standIn.leastOpacity = 1;
    m_scene->setStandIn(std::make_shared<const StandInLabels>(standIn));
    m_scene->compose();
    const auto grey = [this](Pixel pixel) {
        const int value = greyAt(*m_project, pixel, 0);
        return qRgb(value, value, value);
    };
    QCOMPARE(shown({50, 100}), grey({50, 100}));
    QCOMPARE(shown({110, 70}), grey({110, 70})); // no doubt of another prediction either
    QCOMPARE(shown({250, 100}), QRgb(0xff000000 | standIn.classes.at(2).rgb));
    m_scene->setStandIn(nullptr);
    m_scene->compose();
    QCOMPARE(m_scene->image(), own);
}

QTEST_MAIN(SceneLabelsTest)
#include "SceneLabelsTest.moc"
