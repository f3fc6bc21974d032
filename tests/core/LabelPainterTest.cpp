// SPDX-License-Identifier: Apache-2.0
#include "core/project/LabelPainter.h"

#include "tests/support/SyntheticStack.h"

#include <QtTest>
#include <queue>

#include <functional>
#include <random>

using namespace emend;

namespace {

constexpr int side = 300; // more than a tile, and no multiple of one
constexpr Label membrane(1, LabelState::corrected);
constexpr Label inside(2, LabelState::corrected);

/// What should be painted, pixel by pixel, by the plainest of definitions.
using Inside = std::function<bool(int x, int y)>;

std::vector<Label> labelsOf(const Project& project)
{
    std::vector<Label> labels(size_t(side) * side);
    project.labels().read(0, {0, 0, side, side}, labels.data());
    return labels;
}

void paintPlainly(std::vector<Label>& labels, const Inside& isInside, Label label)
{
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            if (isInside(x, y))
                labels[size_t(y) * side + size_t(x)] = label;
        }
    }
}

Inside disk(Pixel centre, int radius)
{
    return [=](int x, int y) {
        const int dx = x - centre.x;
        const int dy = y - centre.y;
        return dx * dx + dy * dy <= radius * radius;
    };
}

/// Flood fill by a queue of pixels.
std::vector<Label> filledPlainly(std::vector<Label> labels, Pixel seed, Label label)
{
    const auto at = [&labels](Pixel p) -> Label& {
        return labels[size_t(p.y) * side + size_t(p.x)];
    };
    const int wanted = at(seed).classIndex();
    std::vector<bool> seen(labels.size());
    std::queue<Pixel> next;
    next.push(seed);
    while (!next.empty()) {
        const Pixel p = next.front();
        next.pop();
        if (p.x < 0 || p.y < 0 || p.x >= side || p.y >= side)
            continue;
        const size_t i = size_t(p.y) * side + size_t(p.x);
        if (seen[i] || labels[i].classIndex() != wanted)
            continue;
        seen[i] = true;
        for (const Pixel step : {Pixel{1, 0}, Pixel{-1, 0}, Pixel{0, 1}, Pixel{0, -1}})
            next.push({p.x + step.x, p.y + step.y});
    }
    for (size_t i = 0; i < labels.size(); ++i) {
        if (seen[i])
            labels[i] = label;
    }
    return labels;
}

} // namespace

class LabelPainterTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<Project> m_project;

private Q_SLOTS:

    void init()
    {
        m_project = std::make_unique<Project>(SyntheticStack::membranes(side, 1).stack());
    }

    void disksAreRoundAcrossTiles()
    {
        std::vector<Label> expected(size_t(side) * side);
        std::mt19937 random(3);
        LabelPainter painter(*m_project, 0);
        for (int i = 0; i < 40; ++i) {
            const Pixel centre{int(random() % 340) - 20, int(random() % 340) - 20};
            const int radius = int(random() % 60);
            const Label label = i % 3 == 0 ? inside : membrane;
            painter.disk(centre, radius, label);
            paintPlainly(expected, disk(centre, radius), label);
        }
        painter.finish();
        QVERIFY(labelsOf(*m_project) == expected);
    }

    void aLineIsTheDiskDraggedAlong()
    {
        const Pixel from{230, 40};
        const Pixel to{280, 290};
        constexpr int radius = 9;
        LabelPainter painter(*m_project, 0);
        painter.line(from, to, radius, membrane);
        painter.finish();
        const auto labels = labelsOf(*m_project);
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; ++x) {
                // Distance to the segment; half a pixel either way is a matter of taste.
                const double length = std::hypot(to.x - from.x, to.y - from.y);
                const double along =
                    ((x - from.x) * (to.x - from.x) + (y - from.y) * (to.y - from.y)) /
                    (length * length);
                const double t = std::clamp(along, 0.0, 1.0);
                const double away =
                    std::hypot(x - from.x - t * (to.x - from.x), y - from.y - t * (to.y - from.y));
                const bool isPainted = labels[size_t(y) * side + size_t(x)] == membrane;
                if (std::abs(away - radius) > 0.75)
                    QCOMPARE(isPainted, away < radius);
            }
        }
    }

    void aPolygonIsItsInsideByTheEvenOddRule()
    {
        LabelPainter painter(*m_project, 0);
        painter.polygon({{20, 20},
                         {280, 20},
                         {280, 280},
                         {20, 280},
                         {20, 20},
                         {100, 100},
                         {200, 100},
                         {200, 200},
                         {100, 200},
                         {100, 100}},
                        membrane);
        painter.finish();
        const auto at = [labels = labelsOf(*m_project)](int x, int y) {
            return labels[size_t(y) * side + size_t(x)];
        };
        QVERIFY(at(50, 50) == membrane && at(250, 250) == membrane && at(20, 150) == membrane);
        QVERIFY(at(150, 150) == Label()); // the hole
        QVERIFY(at(10, 150) == Label() && at(290, 150) == Label());
    }

    void fillingReachesWhatIsConnected()
    {
        LabelPainter painter(*m_project, 0);
        std::mt19937 random(5);
        for (int i = 0; i < 30; ++i)
            painter.line({int(random() % side), int(random() % side)},
                         {int(random() % side), int(random() % side)}, 2, membrane);
        painter.finish();
        for (const Pixel seed : {Pixel{5, 5}, Pixel{150, 150}, Pixel{299, 299}}) {
            const auto expected = filledPlainly(labelsOf(*m_project), seed, inside);
            LabelPainter bucket(*m_project, 0);
            bucket.fill(seed, inside);
            bucket.finish();
            QVERIFY(labelsOf(*m_project) == expected);
        }
    }

    void aFillWithALimitStopsThere()
    {
        LabelPainter painter(*m_project, 0);
        QVERIFY(painter.fill({150, 150}, inside, 500) <= 500);
    }

    void lockedClassesAreLeftAlone()
    {
        LabelPainter first(*m_project, 0);
        first.disk({100, 100}, 30, membrane);
        first.finish();
        ClassTable classes = m_project->classes();
        LabelClass locked = classes.at(1);
        locked.isLocked = true;
        classes.set(1, locked);
        m_project->setClasses(classes);

        std::vector<Label> expected = labelsOf(*m_project);
        LabelPainter second(*m_project, 0);
        second.disk({120, 100}, 30, inside);
        second.finish();
        paintPlainly(
            expected,
            [wide = disk({120, 100}, 30), kept = disk({100, 100}, 30)](int x, int y) {
                return wide(x, y) && !kept(x, y);
            },
            inside);
        QVERIFY(labelsOf(*m_project) == expected);
    }

    void aStrokeThatIsCancelledLeavesNoTrace()
    {
        const LabelVolume snapshot = m_project->labels();
        {
            LabelPainter painter(*m_project, 0);
            painter.disk({100, 100}, 50, membrane);
            painter.cancel();
        }
        QVERIFY(labelsOf(*m_project) == std::vector<Label>(size_t(side) * side));
        {
            LabelPainter forgotten(*m_project, 0);
            forgotten.disk({100, 100}, 50, membrane);
        }
        QVERIFY(labelsOf(*m_project) == std::vector<Label>(size_t(side) * side));
        QVERIFY(!m_project->hasOpenStroke());
        QVERIFY(snapshot.at({100, 100}, 0) == Label());
    }

    void whatChangesIsAnnounced()
    {
        std::vector<bool> announced(size_t(side) * side);
        connect(m_project.get(), &Project::labelsChanged, m_project.get(), [&](int, Rect rect) {
            const Rect visible = rect.intersected({0, 0, side, side});
            for (int y = visible.y; y < visible.bottom(); ++y) {
                for (int x = visible.x; x < visible.right(); ++x)
                    announced[size_t(y) * side + size_t(x)] = true;
            }
        });
        LabelPainter painter(*m_project, 0);
        painter.line({10, 250}, {290, 200}, 12, membrane);
        const auto labels = labelsOf(*m_project);
        for (size_t i = 0; i < labels.size(); ++i)
            QVERIFY(labels[i] == Label() || announced[i]);
    }
};

QTEST_GUILESS_MAIN(LabelPainterTest)
#include "LabelPainterTest.moc"
