// SPDX-License-Identifier: Apache-2.0
#include "core/project/EditHistory.h"

#include "core/project/LabelPainter.h"
#include "tests/support/SyntheticStack.h"

#include <QtTest>

#include <random>

using namespace emend;

namespace {

constexpr int side = 300;
constexpr int slices = 2;

using Pixels = std::vector<Label>;

Pixels pixelsOf(const Project& project)
{
    Pixels pixels(size_t(side) * side * slices);
    for (int z = 0; z < slices; ++z)
        project.labels().read(z, {0, 0, side, side}, pixels.data() + size_t(z) * side * side);
    return pixels;
}

/// One random action of the user or of a model.
LabelEdit randomEdit(Project& project, std::mt19937& random)
{
    const auto draw = [&random](int count) {
        return int(random() % unsigned(count));
    };
    const int z = draw(slices);
    const Label label(1 + draw(2), LabelState::corrected);
    const Pixel from{draw(side), draw(side)};
    const Pixel to{draw(side), draw(side)};
    const int action = draw(5);
    if (action == 0)
        return confirmSlice(project.labels(), z);
    if (action == 1)
        return editLabels(project.labels(), z, {0, 0, side, side}, [&](Pixel, Label old) {
            return old.isFixed() ? old : Label(label.classIndex(), LabelState::predicted);
        });
    LabelPainter painter(project, z);
    if (action == 2)
        painter.line(from, to, draw(20), label);
    else if (action == 3)
        painter.polygon({from, to, {draw(side), draw(side)}}, label);
    else
        painter.fill(from, label, 5000);
    return painter.finish();
}

} // namespace

class EditHistoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void undoAndRedoRestoreEveryPixel()
    {
        Project project(SyntheticStack::membranes(side, slices).stack());
        EditHistory history(project);
        std::mt19937 random(1);
        std::vector<Pixels> states{pixelsOf(project)};
        for (int i = 0; i < 100; ++i) {
            const LabelEdit edit = randomEdit(project, random);
            history.perform(edit, QStringLiteral("edit"));
            QVERIFY(edit.isEmpty() == (pixelsOf(project) == states.back()));
            if (!edit.isEmpty())
                states.push_back(pixelsOf(project));
            QCOMPARE(size_t(history.count()), states.size() - 1);
        }
        QVERIFY(states.size() > 20);
        for (size_t i = states.size() - 1; i > 0; --i) {
            history.undo();
            QVERIFY(pixelsOf(project) == states[i - 1]);
        }
        QVERIFY(!history.canUndo());
        for (size_t i = 1; i < states.size(); ++i) {
            history.redo();
            QVERIFY(pixelsOf(project) == states[i]);
        }
        QVERIFY(!history.canRedo());
    }

    void piecesOfAGroupAreUndoneInOneStep()
    {
        Project project(SyntheticStack::membranes(side, slices).stack());
        EditHistory history(project);
        const Pixels before = pixelsOf(project);
        for (int z = 0; z < slices; ++z) {
            const LabelEdit edit =
                editLabels(project.labels(), z, {0, 0, side, side},
                           [](Pixel, Label) { return Label(1, LabelState::predicted); });
            history.performInGroup(edit, QStringLiteral("prediction"), 7);
        }
        QCOMPARE(history.count(), 1);
        history.undo();
        QVERIFY(pixelsOf(project) == before);
        QVERIFY(!history.canUndo());
    }

    void memoryIsBoundedButTheLastEditStays()
    {
        Project project(SyntheticStack::membranes(side, slices).stack());
        EditHistory history(project, 1 << 20);
        for (int i = 0; i < 40; ++i) {
            LabelPainter painter(project, 0);
            painter.disk({150, 150}, 20 + i, Label(1 + i % 2, LabelState::corrected));
            history.record(painter.finish(), QStringLiteral("stroke"));
        }
        QVERIFY(history.count() >= 1 && history.count() < 40);
        const Pixels last = pixelsOf(project);
        QVERIFY(history.canUndo());
        history.undo();
        QVERIFY(pixelsOf(project) != last);
        history.redo();
        QVERIFY(pixelsOf(project) == last);
    }
};

QTEST_GUILESS_MAIN(EditHistoryTest)
#include "EditHistoryTest.moc"
