// SPDX-License-Identifier: Apache-2.0
#include "widgets/view/SliceScene.h"

#include "core/project/LabelPainter.h"
#include "core/project/Project.h"

#include <QSignalSpy>
#include <QtTest>

using namespace emend;

namespace {

constexpr QRgb surround = 0xff102030;
const Label predictedInside(2, LabelState::predicted);
const Label correctedInside(2, LabelState::corrected);

/// Grey that tells x, y and z apart.
std::shared_ptr<const ImageStack> patternStack(int width, int height, int slices)
{
    StackInfo info;
    info.size = {width, height, slices};
    std::vector<std::vector<quint16>> pixels;
    for (int z = 0; z < slices; ++z) {
        std::vector<quint16>& slice = pixels.emplace_back();
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x)
                slice.push_back(quint16((x * 3 + y * 5 + z * 40) % 256));
    }
    return makeMemoryStack(info, std::move(pixels));
}

/// All of rect gets the label.
void setLabels(Project& project, int z, Rect rect, Label label)
{
    project.apply(editLabels(project.labels(), z, rect, [=](Pixel, Label) { return label; }));
}

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

int greyAt(const Project& project, Pixel pixel, int z)
{
    return project.stack()->read(z, {pixel.x, pixel.y, 1, 1}).pixels.front();
}

} // namespace

class SliceSceneTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void showsGreyPixelsAsTheyAre();
    void showsTheSurroundBesideTheSlice();
    void reducedPixelsAreMeans();
    void contrastStretchesAndInverts();
    void automaticContrastLeavesOutTheExtremes();
    void predictedPixelsCarryTheirColour();
    void correctedPixelsAreStrongerAndOutlined();
    void ignoredPixelsAreHatched();
    void hiddenClassesAndHiddenLabelsDoNotShow();
    void labelsOfOtherSlicesDoNotShow();
    void doubtIsAnAmberTintOverWhatNobodyDecided();
    void doubtFollowsThePredictionAndTheSlice();
    void doubtNeedsAPredictionAndVisibleLabels();
    void aStandInIsShownInThePlaceOfTheLabels();
    void aChangeComposesOnlyItsPart();
    void aDirtyRectEqualsAFullComposition_data();
    void aDirtyRectEqualsAFullComposition();
    void anotherSliceIsFetchedAndShown();
    void zoomingOutFetchesTheReducedSlice();

private:
    void show(const SliceTransform& transform);
    QRgb shown(Pixel pixel) const;

    std::unique_ptr<Project> m_project;
    std::unique_ptr<SliceScene> m_scene;
    SliceTransform m_transform;
};

void SliceSceneTest::init()
{
    m_project = std::make_unique<Project>(patternStack(300, 280, 3));
    m_scene = std::make_unique<SliceScene>();
    m_scene->setProject(m_project.get());
    m_scene->setContrast({0, 255, false});
    m_scene->setSurround(QColor::fromRgb(surround));
    m_transform = {};
    m_transform.setSliceSize(300, 280);
    m_transform.setViewport({640, 560});
    m_transform.fit();
}

void SliceSceneTest::cleanup()
{
    m_scene.reset();
    m_project.reset();
}

/// Composes until nothing is missing.
void SliceSceneTest::show(const SliceTransform& transform)
{
    m_transform = transform;
    m_scene->setTransform(transform);
    QTRY_VERIFY((m_scene->compose(), m_scene->isComplete()));
}

QRgb SliceSceneTest::shown(Pixel pixel) const
{
    const QPointF middle = m_transform.screenFromSlice(QPointF(pixel.x + 0.5, pixel.y + 0.5));
    return m_scene->image().pixel(int(middle.x()), int(middle.y()));
}

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

void SliceSceneTest::predictedPixelsCarryTheirColour()
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

void SliceSceneTest::correctedPixelsAreStrongerAndOutlined()
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

void SliceSceneTest::ignoredPixelsAreHatched()
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

void SliceSceneTest::hiddenClassesAndHiddenLabelsDoNotShow()
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

void SliceSceneTest::labelsOfOtherSlicesDoNotShow()
{
    show(m_transform);
    QSignalSpy changed(m_scene.get(), &SliceScene::changed);
    setLabels(*m_project, 1, {0, 0, 300, 280}, correctedInside);
    QCOMPARE(changed.count(), 0);
    QVERIFY(m_scene->compose().isEmpty());
}

void SliceSceneTest::doubtIsAnAmberTintOverWhatNobodyDecided()
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

void SliceSceneTest::doubtFollowsThePredictionAndTheSlice()
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

void SliceSceneTest::doubtNeedsAPredictionAndVisibleLabels()
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

void SliceSceneTest::aStandInIsShownInThePlaceOfTheLabels()
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
