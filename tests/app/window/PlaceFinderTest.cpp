// SPDX-License-Identifier: Apache-2.0
#include "app/window/PlaceFinder.h"

#include "core/project/LabelPainter.h"
#include "core/project/Project.h"
#include "tests/support/SyntheticStack.h"

#include <QtTest>

using namespace emend;

namespace {

constexpr int side = 300;
constexpr Rect bad{100, 80, 20, 20};
constexpr Rect worse{200, 200, 24, 24};

/// Sure of class 1 but in rect.
Prediction predictionOf(VolumeSize size, int z, Rect rect)
{
    const auto pixels = size_t(size.pixelsPerSlice());
    ProbabilityMap map{size.width, size.height, 2, std::vector<float>(2 * pixels)};
    std::fill_n(map.values.begin(), pixels, 1.0F);
    for (int y = rect.y; y < rect.bottom(); ++y)
        for (int x = rect.x; x < rect.right(); ++x)
            for (const size_t plane : {size_t(0), pixels})
                map.values[plane + size_t(y) * size_t(size.width) + size_t(x)] = 0.5F;
    Prediction prediction(size, 2);
    prediction.setSlice(z, map);
    return prediction;
}

} // namespace

class PlaceFinderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_project = std::make_unique<Project>(SyntheticStack::membranes(side, 3).stack());
        m_finder = std::make_unique<PlaceFinder>();
        m_finder->setProject(m_project.get());
    }

    void cleanup()
    {
        m_finder.reset();
        m_project.reset();
    }

    void nothingPredictedIsNothingToSee()
    {
        QVERIFY(m_finder->isUpToDate());
        QVERIFY(!m_finder->next());
    }

    void leadsFromTheWorstPlaceToTheNextAndAround()
    {
        predict();
        const Place first = *m_finder->next();
        QCOMPARE(first.z, 2);
        QVERIFY(first.rect.contains({212, 212}));
        QCOMPARE(*m_finder->next(), first); // looking is not visiting
        m_finder->visit(first);
        const Place second = *m_finder->next();
        QCOMPARE(second.z, 0);
        QVERIFY(second.rect.contains({110, 90}));
        m_finder->visit(second);
        QCOMPARE(*m_finder->next(), first);
    }

    void whatIsCorrectedIsLeftOut()
    {
        predict();
        m_project->apply(editLabels(m_project->labels(), 2, worse,
                                    [](Pixel, Label) { return Label(1, LabelState::corrected); }));
        QTRY_VERIFY(m_finder->isUpToDate());
        QCOMPARE(m_finder->next()->z, 0);
        m_project->apply(editLabels(m_project->labels(), 0, bad,
                                    [](Pixel, Label) { return Label(2, LabelState::corrected); }));
        QTRY_VERIFY(m_finder->isUpToDate());
        QVERIFY(!m_finder->next());
    }

    void aStrokeIsLookedAtWhenItIsDone()
    {
        predict();
        const QSignalSpy found(m_finder.get(), &PlaceFinder::found);
        LabelPainter painter(*m_project, 2);
        painter.disk({212, 212}, 20, Label(1, LabelState::corrected));
        QTest::qWait(300); // it would have looked by now
        QVERIFY(!m_finder->isUpToDate());
        QVERIFY(found.isEmpty());
        painter.finish();
        QTRY_VERIFY(m_finder->isUpToDate());
        QCOMPARE(m_finder->next()->z, 0);
    }

    void aSettledPlaceIsNotShownAgain()
    {
        predict();
        QVERIFY(!m_finder->current());
        const Place first = *m_finder->next();
        m_finder->visit(first);
        QCOMPARE(*m_finder->current(), first);
        const Place second = *m_finder->next();
        m_finder->visit(second);
        m_finder->settle(second); // every place was visited: the list begins again, without it
        QVERIFY(!m_finder->current());
        QCOMPARE(*m_finder->next(), first);
        m_finder->visit(first);
        m_finder->settle(first);
        QVERIFY(!m_finder->next());
    }

    void aNewPredictionStartsAnew()
    {
        predict();
        m_finder->visit(*m_finder->next());
        m_project->mergePrediction(predictionOf(m_project->size(), 1, worse.grownBy(4)));
        QTRY_VERIFY(m_finder->isUpToDate());
        QCOMPARE(m_finder->next()->z, 1);
        m_finder->visit(*m_finder->next());
        QCOMPARE(m_finder->next()->z, 2);
    }

    void anotherProjectHasItsOwnPlaces()
    {
        predict();
        Project other(SyntheticStack::membranes(side, 3).stack());
        m_finder->setProject(&other);
        QVERIFY(!m_finder->next());
        other.mergePrediction(predictionOf(other.size(), 1, bad));
        QTRY_VERIFY(m_finder->isUpToDate());
        QCOMPARE(m_finder->next()->z, 1);
        m_finder->setProject(nullptr);
        QVERIFY(!m_finder->next());
    }

    void theProjectMayGoWhileASliceIsLeftToLookAt()
    {
        m_project->mergePrediction(predictionOf(m_project->size(), 0, bad));
        m_project->mergePrediction(predictionOf(m_project->size(), 1, bad));
        connect(m_finder.get(), &PlaceFinder::found, this, [this] { m_project.reset(); });
        QTRY_VERIFY(!m_project);
        QVERIFY(!m_finder->isUpToDate());
    }

    void leavingWhileItLooksIsSafe()
    {
        m_project->mergePrediction(predictionOf(m_project->size(), 1, bad));
        QTest::qWait(160); // it begins
        m_finder.reset();
    }

private:
    void predict()
    {
        m_project->mergePrediction(predictionOf(m_project->size(), 0, bad));
        m_project->mergePrediction(predictionOf(m_project->size(), 2, worse));
        QTRY_VERIFY(m_finder->isUpToDate());
    }

    std::unique_ptr<Project> m_project;
    std::unique_ptr<PlaceFinder> m_finder;
};

QTEST_GUILESS_MAIN(PlaceFinderTest)
#include "PlaceFinderTest.moc"
