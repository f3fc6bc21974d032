// SPDX-License-Identifier: Apache-2.0
// How the window feels while a model predicts a stack or learns, on all cores: the longest time the
// GUI thread did not answer, and the time from a brush movement to the frame that shows it.
#include "core/labels/LabelEdit.h"
#include "models/ComputeDevice.h"
#include "tests/support/DrawnStack.h"
#include "tests/support/WindowDriver.h"
#include "widgets/theme/Theme.h"
#include "widgets/view/VtkSurface.h"

#include <QAbstractButton>
#include <QElapsedTimer>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <cstdio>

using namespace emend;

namespace {

constexpr int heartbeatMs = 5;
constexpr int strokes = 10;
constexpr int movementsAStroke = 60; ///< a stroke of a second, and a rest before the next
constexpr int restMs = 700;
constexpr int drawnSections = 4;
constexpr int sections = 64; ///< predicting them takes longer than painting

/// Beats on the GUI thread; a beat that comes late says how long the thread was away.
class Heartbeat : public QObject
{
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.callOnTimeout(this, [this] {
            m_stallsMs.push_back(double(m_since.nsecsElapsed()) / 1e6 - heartbeatMs);
            m_since.restart();
        });
        m_since.start();
        m_timer.start(heartbeatMs);
    }

    double longestStallMs() const
    {
        return *std::max_element(m_stallsMs.begin(), m_stallsMs.end());
    }

    size_t beats() const { return m_stallsMs.size(); }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    std::vector<double> m_stallsMs;
};

double percentile(std::vector<double> values, double share)
{
    const auto place = values.begin() + std::ptrdiff_t(share * double(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

/// Moves the pressed brush to position and waits for the frame that shows it.
double movedMs(SliceView* view, const QSignalSpy& presented, QPointF position)
{
    const auto before = presented.count();
    QElapsedTimer timer;
    timer.start();
    QMouseEvent move(QEvent::MouseMove, position, view->mapToGlobal(position), Qt::NoButton,
                     Qt::LeftButton, {});
    QApplication::sendEvent(view, &move);
    while (presented.count() == before && timer.elapsed() < 2000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return double(timer.nsecsElapsed()) / 1e6;
}

/// Where the spiral that is painted begins: each phase has arms of its own, for where labels are
/// right already nothing is drawn.
enum class SpiralStart { alone, besidePrediction, besideLearning };

/// Draws strokes along a spiral, as people do: one, a short rest, the next.
std::vector<double> paintFrames(const WindowDriver& driver, SpiralStart spiralStart)
{
    SliceView* view = driver.view();
    const QSignalSpy presented(view, &SliceView::framePresented);
    const QPointF middle(view->width() / 2.0, view->height() / 2.0);
    const auto position = [&](int i) {
        const double angle = int(spiralStart) + i * 0.05;
        const double radius = 40 + i * 0.3;
        return middle + radius * QPointF(std::cos(angle), std::sin(angle));
    };
    std::vector<double> framesMs;
    for (int stroke = 0; stroke < strokes; ++stroke) {
        const int first = stroke * movementsAStroke;
        QTest::mousePress(view, Qt::LeftButton, {}, position(first).toPoint());
        for (int i = first + 1; i <= first + movementsAStroke; ++i) {
            framesMs.push_back(movedMs(view, presented, position(i)));
            QTest::qWait(4); // a mouse reports some 125 times a second
        }
        QTest::mouseRelease(view, Qt::LeftButton, {}, position(first + movementsAStroke).toPoint());
        QTest::qWait(restMs);
    }
    return framesMs;
}

void print(const char* when, const Heartbeat& heartbeat, const std::vector<double>& framesMs)
{
    std::printf("%-17s longest stall of the GUI thread %5.1f ms (%zu beats); brush to frame "
                "median %4.1f ms, 95 %% %5.1f ms, longest %5.1f ms\n",
                when, heartbeat.longestStallMs(), heartbeat.beats(), percentile(framesMs, 0.5),
                percentile(framesMs, 0.95), percentile(framesMs, 1));
    std::fflush(stdout);
}

/// Paints while something runs; false where that ended before.
bool paintBeside(const char* when, SpiralStart spiralStart, const WindowDriver& driver,
                 const Session& session)
{
    const Heartbeat heartbeat;
    const std::vector<double> framesMs = paintFrames(driver, spiralStart);
    if (!session.isBusy())
        return false;
    print(when, heartbeat, framesMs);
    return true;
}

bool paintBesidePrediction(const WindowDriver& driver, Session& session)
{
    driver.click("predictAll");
    if (!paintBeside("while predicting:", SpiralStart::besidePrediction, driver, session))
        return false;
    session.stop();
    return driver.waitUntilIdle();
}

bool paintBesideLearning(MainWindow& window, const WindowDriver& driver)
{
    Session& session = window.session();
    driver.click("confirmSlice");
    window.findChild<QSpinBox*>(QStringLiteral("steps"))->setValue(2000);
    const auto* learn = window.findChild<QAbstractButton*>(QStringLiteral("learn"));
    if (!QTest::qWaitFor([&] { return learn->isEnabled(); }))
        return false;
    bool hasBegun = false;
    QObject::connect(&session, &Session::learningPoint, &window, [&] { hasBegun = true; });
    driver.key(Qt::Key_T, Qt::ControlModifier);
    if (!QTest::qWaitFor([&] { return hasBegun; }, 60000) ||
        !paintBeside("while learning:", SpiralStart::besideLearning, driver, session))
        return false;
    session.stop();
    return driver.waitUntilIdle();
}

int measure(const QString& stackPath)
{
    Theme theme;
    MainWindow window(theme);
    const WindowDriver driver(window);
    if (!driver.open(stackPath))
        return 1;
    driver.click("predictSlice");
    if (!driver.waitUntilIdle())
        return 1;
    driver.key(Qt::Key_B);
    QTest::qWait(500);
    {
        const Heartbeat heartbeat;
        print("nothing runs:", heartbeat, paintFrames(driver, SpiralStart::alone));
    }
    const bool isMeasured =
        paintBesidePrediction(driver, window.session()) && paintBesideLearning(window, driver);
    return isMeasured ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    prepareProcessForCompute();
    VtkSurface::prepareApplication();
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("EmendTest"));
    QCoreApplication::setApplicationName(QStringLiteral("ResponsivenessBenchmark"));
    QSettings().clear();
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("stack.tif"));
    DrawnStack stack = DrawnStack::sections(1024, drawnSections);
    stack.size.slices = sections;
    for (size_t z = drawnSections; z < sections; ++z)
        stack.grey.push_back(stack.grey[z - drawnSections]);
    stack.saveGrey(path);
    return measure(path);
}
