// SPDX-License-Identifier: Apache-2.0
#include "widgets/tools/ToolBox.h"

#include <QSignalSpy>
#include <QtTest>

using namespace emend;

namespace {

std::unique_ptr<Project> greyProject()
{
    StackInfo info;
    info.size = {64, 64, 1};
    return std::make_unique<Project>(
        makeMemoryStack(info, {std::vector<quint16>(size_t(64) * 64, 100)}));
}

ToolEvent eventAt(Project& project, double x, double y, Qt::MouseButton button = Qt::LeftButton)
{
    return {&project, 0, QPointF(x, y), {int(x), int(y)}, button, Qt::NoModifier};
}

} // namespace

class ToolBoxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRadiusGrowsByAboutAFifth();
    void everyRadiusCanBeReachedFromTheSmallest();
    void theRadiusStaysWithinItsBounds();
    void changesAreAnnouncedOnce();
    void anotherToolCancelsWhatIsHalfDone();
    void theToolInHandPaintsTheCurrentClass();
    void fillChangesTheConnectedPixelsOnly();
    void aPolygonIsClosedByAClickOnItsFirstCorner();
    void theRightButtonTakesTheLastCornerBack();
};

void ToolBoxTest::theRadiusGrowsByAboutAFifth()
{
    ToolBox box;
    box.setRadiusPx(50);
    box.growRadius(1);
    QCOMPARE(box.radiusPx(), 60);
    box.growRadius(-1);
    QCOMPARE(box.radiusPx(), 50);
    box.growRadius(2);
    QCOMPARE(box.radiusPx(), 72);
}

void ToolBoxTest::everyRadiusCanBeReachedFromTheSmallest()
{
    ToolBox box;
    box.setRadiusPx(1);
    for (const int expected : {2, 3, 4, 5, 6, 7, 8, 10, 12}) {
        box.growRadius(1);
        QCOMPARE(box.radiusPx(), expected);
    }
    for (const int expected : {10, 8, 7, 6, 5, 4, 3, 2, 1}) {
        box.growRadius(-1);
        QCOMPARE(box.radiusPx(), expected);
    }
}

void ToolBoxTest::theRadiusStaysWithinItsBounds()
{
    ToolBox box;
    box.growRadius(1000);
    QCOMPARE(box.radiusPx(), ToolBox::maximumRadiusPx);
    box.growRadius(-1000);
    QCOMPARE(box.radiusPx(), ToolBox::minimumRadiusPx);
    box.setRadiusPx(-3);
    QCOMPARE(box.radiusPx(), ToolBox::minimumRadiusPx);
}

void ToolBoxTest::changesAreAnnouncedOnce()
{
    ToolBox box;
    QSignalSpy radius(&box, &ToolBox::radiusChanged);
    QSignalSpy classes(&box, &ToolBox::classChanged);
    QSignalSpy tools(&box, &ToolBox::toolChanged);
    box.setRadiusPx(20);
    box.setRadiusPx(20);
    box.setCurrentClass(2);
    box.setCurrentClass(2);
    box.setCurrentClass(99);
    box.setCurrentKind(ToolKind::fill);
    box.setCurrentKind(ToolKind::fill);
    QCOMPARE(radius.count(), 1);
    QCOMPARE(classes.count(), 1);
    QCOMPARE(tools.count(), 1);
    QCOMPARE(box.currentClass(), 2);
}

void ToolBoxTest::anotherToolCancelsWhatIsHalfDone()
{
    const auto project = greyProject();
    ToolBox box;
    QSignalSpy edited(&box, &ToolBox::edited);
    box.currentTool().press(eventAt(*project, 30, 30));
    QVERIFY(project->labels().at({30, 30}, 0).isCorrected());
    box.setCurrentKind(ToolKind::eraser);
    QCOMPARE(project->labels().at({30, 30}, 0), Label());
    QCOMPARE(edited.count(), 0);
}

void ToolBoxTest::theToolInHandPaintsTheCurrentClass()
{
    const auto project = greyProject();
    ToolBox box;
    QSignalSpy edited(&box, &ToolBox::edited);
    box.setCurrentClass(2);
    box.currentTool().press(eventAt(*project, 30, 30));
    box.currentTool().release(eventAt(*project, 30, 30));
    QCOMPARE(project->labels().at({30, 30}, 0), Label(2, LabelState::corrected));
    QCOMPARE(edited.count(), 1);
}

void ToolBoxTest::fillChangesTheConnectedPixelsOnly()
{
    const auto project = greyProject();
    project->apply(editLabels(project->labels(), 0, {32, 0, 1, 64},
                              [](Pixel, Label) { return Label(1, LabelState::corrected); }));
    ToolBox box;
    box.setCurrentClass(2);
    box.setCurrentKind(ToolKind::fill);
    box.currentTool().press(eventAt(*project, 10, 10));
    QCOMPARE(project->labels().at({31, 63}, 0), Label(2, LabelState::corrected));
    QCOMPARE(project->labels().at({32, 20}, 0), Label(1, LabelState::corrected));
    QCOMPARE(project->labels().at({33, 20}, 0), Label());
}

void ToolBoxTest::aPolygonIsClosedByAClickOnItsFirstCorner()
{
    const auto project = greyProject();
    ToolBox box;
    QSignalSpy edited(&box, &ToolBox::edited);
    box.setCurrentKind(ToolKind::polygon);
    Tool& polygon = box.currentTool();
    for (const QPointF corner : {QPointF(10, 10), {50, 10}, {50, 50}, {10, 50}, {11, 11}}) {
        polygon.press(eventAt(*project, corner.x(), corner.y()));
        polygon.release(eventAt(*project, corner.x(), corner.y()));
    }
    QVERIFY(!polygon.isBusy());
    QCOMPARE(edited.count(), 1);
    QVERIFY(project->labels().at({30, 30}, 0).isCorrected());
    QCOMPARE(project->labels().at({55, 30}, 0), Label());
}

void ToolBoxTest::theRightButtonTakesTheLastCornerBack()
{
    const auto project = greyProject();
    ToolBox box;
    box.setCurrentKind(ToolKind::polygon);
    Tool& polygon = box.currentTool();
    for (const double x : {10.0, 40.0}) {
        polygon.press(eventAt(*project, x, 10));
        polygon.release(eventAt(*project, x, 10));
    }
    polygon.press(eventAt(*project, 40, 40, Qt::RightButton));
    QVERIFY(polygon.isBusy());
    polygon.press(eventAt(*project, 40, 40, Qt::RightButton));
    QVERIFY(!polygon.isBusy());
}

QTEST_GUILESS_MAIN(ToolBoxTest)
#include "ToolBoxTest.moc"
