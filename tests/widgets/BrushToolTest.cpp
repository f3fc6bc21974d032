// SPDX-License-Identifier: Apache-2.0
#include "widgets/tools/BrushTool.h"

#include "core/project/EditHistory.h"
#include "widgets/tools/EraserTool.h"

#include <QSignalSpy>
#include <QtTest>

#include <cmath>

using namespace emend;

namespace {

std::shared_ptr<const ImageStack> greyStack(int width, int height, int slices)
{
    StackInfo info;
    info.size = {width, height, slices};
    return makeMemoryStack(
        info, std::vector<std::vector<quint16>>(
                  size_t(slices), std::vector<quint16>(size_t(width) * size_t(height), 100)));
}

} // namespace

class BrushToolTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void leftButtonPaintsTheCurrentClass();
    void aRadiusOfOneIsOnePixel();
    void rightButtonMakesPixelsUntouched();
    void theEraserErasesWithTheLeftButton();
    void fastStrokesHaveNoGaps();
    void aStrokeIsOneEditThatUndoTakesBack();
    void cancelPutsEverythingBack();
    void classZeroMarksPixelsAsIgnored();
    void strokesReachingOutsideOfTheSliceAreClipped();
    void theOtherButtonDoesNotEndAStroke();

private:
    ToolEvent at(int x, int y, Qt::MouseButton button = Qt::LeftButton) const;
    void stroke(BrushTool& tool, std::vector<Pixel> pixels,
                Qt::MouseButton button = Qt::LeftButton) const;

    Label labelAt(int x, int y) const { return m_project->labels().at({x, y}, 1); }

    ToolSettings m_settings;
    std::unique_ptr<Project> m_project;
};

void BrushToolTest::init()
{
    m_settings = {2, 5};
    m_project = std::make_unique<Project>(greyStack(400, 300, 3));
}

ToolEvent BrushToolTest::at(int x, int y, Qt::MouseButton button) const
{
    return {m_project.get(), 1, QPointF(x + 0.5, y + 0.5), {x, y}, button, Qt::NoModifier};
}

void BrushToolTest::stroke(BrushTool& tool, std::vector<Pixel> pixels, Qt::MouseButton button) const
{
    tool.press(at(pixels.front().x, pixels.front().y, button));
    for (const Pixel pixel : pixels)
        tool.move(at(pixel.x, pixel.y, button));
    tool.release(at(pixels.back().x, pixels.back().y, button));
}

void BrushToolTest::leftButtonPaintsTheCurrentClass()
{
    BrushTool brush(m_settings);
    stroke(brush, {{100, 100}});
    const Label painted(2, LabelState::corrected);
    QCOMPARE(labelAt(100, 100), painted);
    QCOMPARE(labelAt(104, 100), painted);
    QCOMPARE(labelAt(100, 96), painted);
    QCOMPARE(labelAt(105, 100), Label());
    QCOMPARE(labelAt(103, 103), Label());
    QCOMPARE(m_project->labels().at({100, 100}, 0), Label());
}

void BrushToolTest::aRadiusOfOneIsOnePixel()
{
    m_settings.radiusPx = 1;
    BrushTool brush(m_settings);
    stroke(brush, {{100, 100}});
    QCOMPARE(m_project->labels().countStates(1)[size_t(LabelState::corrected)], qint64(1));
}

void BrushToolTest::rightButtonMakesPixelsUntouched()
{
    BrushTool brush(m_settings);
    stroke(brush, {{100, 100}, {120, 100}});
    stroke(brush, {{100, 100}}, Qt::RightButton);
    QCOMPARE(labelAt(100, 100), Label());
    QCOMPARE(labelAt(104, 100), Label());
    QCOMPARE(labelAt(105, 100), Label(2, LabelState::corrected));
}

void BrushToolTest::theEraserErasesWithTheLeftButton()
{
    BrushTool brush(m_settings);
    EraserTool eraser(m_settings);
    stroke(brush, {{100, 100}});
    stroke(eraser, {{100, 100}});
    QCOMPARE(m_project->labels().countStates(1)[size_t(LabelState::untouched)], qint64(400 * 300));
}

void BrushToolTest::fastStrokesHaveNoGaps()
{
    m_settings.radiusPx = 2;
    BrushTool brush(m_settings);
    stroke(brush, {{10, 10}, {310, 160}, {20, 250}});
    for (int x = 10; x <= 310; ++x)
        QVERIFY2(labelAt(x, int(std::lround(10 + (x - 10) * 0.5))).isCorrected(),
                 qPrintable(QString("gap at column %1").arg(x)));
}

void BrushToolTest::aStrokeIsOneEditThatUndoTakesBack()
{
    EditHistory history(*m_project);
    BrushTool brush(m_settings);
    connect(&brush, &Tool::edited, &history, &EditHistory::record);
    stroke(brush, {{100, 100}, {250, 120}, {300, 290}});
    QCOMPARE(history.count(), 1);
    QVERIFY(m_project->labels().countStates(1)[size_t(LabelState::corrected)] > 1000);
    QCOMPARE(history.undo(), 1);
    QCOMPARE(m_project->labels().countStates(1)[size_t(LabelState::untouched)], qint64(400 * 300));
}

void BrushToolTest::cancelPutsEverythingBack()
{
    BrushTool brush(m_settings);
    QSignalSpy edited(&brush, &Tool::edited);
    stroke(brush, {{50, 50}});
    brush.press(at(48, 50));
    brush.move(at(300, 200));
    QVERIFY(labelAt(300, 200).isCorrected());
    brush.cancel();
    QVERIFY(!brush.isBusy());
    QCOMPARE(labelAt(300, 200), Label());
    QCOMPARE(labelAt(50, 50), Label(2, LabelState::corrected));
    brush.release(at(300, 200));
    QCOMPARE(edited.count(), 1);
}

void BrushToolTest::classZeroMarksPixelsAsIgnored()
{
    m_settings.classIndex = 0;
    BrushTool brush(m_settings);
    stroke(brush, {{100, 100}});
    QCOMPARE(labelAt(100, 100), Label(0, LabelState::ignored));
}

void BrushToolTest::strokesReachingOutsideOfTheSliceAreClipped()
{
    BrushTool brush(m_settings);
    QSignalSpy edited(&brush, &Tool::edited);
    stroke(brush, {{-50, -50}, {5, 5}, {500, 290}});
    QVERIFY(labelAt(5, 5).isCorrected());
    stroke(brush, {{-100, -100}, {-50, -100}});
    QCOMPARE(edited.count(), 1);
}

void BrushToolTest::theOtherButtonDoesNotEndAStroke()
{
    BrushTool brush(m_settings);
    brush.press(at(50, 50));
    brush.press(at(50, 50, Qt::RightButton));
    brush.release(at(50, 50, Qt::RightButton));
    QVERIFY(brush.isBusy());
    brush.release(at(50, 50));
    QVERIFY(!brush.isBusy());
    QVERIFY(labelAt(50, 50).isCorrected());
}

QTEST_GUILESS_MAIN(BrushToolTest)
#include "BrushToolTest.moc"
