// SPDX-License-Identifier: Apache-2.0
#include "app/window/PanelLinks.h"
#include "tests/support/DrawnStack.h"
#include "tests/support/WindowDriver.h"
#include "widgets/panels/Banner.h"
#include "widgets/theme/Theme.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace emend;

namespace {

constexpr int side = 320;
constexpr Rect bad{90, 70, 24, 24};
constexpr Rect worse{200, 210, 30, 30};

} // namespace

/// A stack with two doubtful places in slices 0 and 1, gone through with N and M.
class PlaceConfirmationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("EmendTest"));
        QCoreApplication::setApplicationName(QStringLiteral("PlaceConfirmationTest"));
        QVERIFY(m_folder.isValid());
    }

    void init()
    {
        QSettings().clear();
        const QString path = m_folder.filePath(QStringLiteral("stack%1.tif").arg(++m_count));
        DrawnStack::sections(side, 2).saveGrey(path);
        m_window = std::make_unique<MainWindow>(m_theme);
        m_driver = std::make_unique<WindowDriver>(*m_window);
        QVERIFY(m_driver->open(path));
    }

    void cleanup()
    {
        m_driver.reset();
        m_window.reset();
    }

    void withNoPlaceShownItSaysSo()
    {
        predict(1, worse);
        QVERIFY(!button()->isEnabled());
        m_driver->key(Qt::Key_M);
        QVERIFY(m_window->findChild<Banner*>()->text().contains(u'N'));
        QCOMPARE(countOf(LabelState::corrected), 0);
        QVERIFY(m_window->session().history()->undoText() == QStringLiteral("prediction"));
    }

    void onlyThePlaceIsConfirmedAndUndoRestoresIt()
    {
        predict(1, worse);
        m_driver->key(Qt::Key_N);
        QCOMPARE(m_driver->view()->slice(), 1);
        QTRY_VERIFY(button()->isEnabled());
        m_driver->keepPicture(QStringLiteral("place"));
        const Rect place = shownPlace();
        QVERIFY(place.intersected(worse) == worse);
        const auto before = m_driver->labels(1);
        m_driver->key(Qt::Key_M);
        const auto after = m_driver->labels(1);
        for (int i = 0; i < side * side; ++i) {
            const bool isInside = place.contains({i % side, i / side});
            const Label old = before[size_t(i)];
            QCOMPARE(after[size_t(i)],
                     isInside ? Label(old.classIndex(), LabelState::corrected) : old);
        }
        m_driver->key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(m_driver->labels(1) == before);
    }

    void whatWasPaintedInThePlaceStays()
    {
        predict(1, worse);
        m_driver->key(Qt::Key_N);
        const Label painted(2, LabelState::corrected);
        Project& project = m_driver->project();
        m_window->session().history()->perform(
            editLabels(project.labels(), 1, {205, 215, 4, 4},
                       [painted](Pixel, Label) { return painted; }),
            QStringLiteral("stroke"));
        m_driver->click("confirmPlace");
        QCOMPARE(project.labels().at({206, 216}, 1), painted);
        QCOMPARE(project.labels().at({215, 225}, 1), Label(1, LabelState::corrected));
    }

    void confirmingGoesOnToTheNextPlace()
    {
        predict(0, bad);
        predict(1, worse);
        m_driver->key(Qt::Key_N);
        QCOMPARE(m_driver->view()->slice(), 1);
        m_driver->key(Qt::Key_M);
        QCOMPARE(m_driver->view()->slice(), 0);
        QVERIFY(shownPlace().intersected(bad) == bad);
        m_driver->key(Qt::Key_M);
        QCOMPARE(m_driver->project().labels().at({bad.x, bad.y}, 0).state(), LabelState::corrected);
        QVERIFY(!button()->isEnabled()); // that was the last one
    }

    void aPlaceOutOfSightIsNotConfirmed()
    {
        predict(1, worse);
        m_driver->key(Qt::Key_N);
        QTRY_VERIFY(button()->isEnabled());
        m_driver->view()->setSlice(0);
        QVERIFY(!button()->isEnabled());
        m_driver->view()->setSlice(1);
        QVERIFY(button()->isEnabled());
        m_driver->view()->setZoom(12);
        m_driver->view()->centreOn({10, 10});
        QVERIFY(!button()->isEnabled());
        m_driver->key(Qt::Key_M);
        QCOMPARE(countOf(LabelState::corrected), 0);
    }

private:
    /// Sure of class 1 but in rect, as labels too.
    void predict(int z, Rect rect)
    {
        Project& project = m_driver->project();
        const auto pixels = size_t(project.size().pixelsPerSlice());
        ProbabilityMap map{side, side, 2, std::vector<float>(2 * pixels)};
        for (size_t i = 0; i < pixels; ++i) {
            const bool isDoubtful = rect.contains({int(i) % side, int(i) / side});
            map.values[i] = isDoubtful ? 0.5F : 1;
            map.values[pixels + i] = 1 - map.values[i];
        }
        Prediction prediction(project.size(), 2);
        prediction.setSlice(z, map);
        project.mergePrediction(prediction);
        m_window->session().history()->perform(
            prediction.toEdit(project.labels(), SliceRange::single(z)),
            QStringLiteral("prediction"));
        // Looked through in the background.
        QTRY_VERIFY(m_window->findChild<PlaceFinder*>()->isUpToDate());
    }

    /// The pixels around the middle of the view.
    Rect shownPlace() const
    {
        const SliceView* view = m_driver->view();
        const Pixel middle = view->pixelAt(QPointF(view->width() / 2.0, view->height() / 2.0));
        constexpr int placePx = PlacesToCorrect::sidePx;
        return {middle.x - placePx / 2, middle.y - placePx / 2, placePx, placePx};
    }

    QAbstractButton* button() const
    {
        return m_window->findChild<QAbstractButton*>(QStringLiteral("confirmPlace"));
    }

    qint64 countOf(LabelState state) const
    {
        const LabelVolume& labels = m_driver->project().labels();
        return labels.countStates(0)[size_t(state)] + labels.countStates(1)[size_t(state)];
    }

    Theme m_theme;
    QTemporaryDir m_folder;
    int m_count = 0;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowDriver> m_driver;
};

QTEST_MAIN(PlaceConfirmationTest)
#include "PlaceConfirmationTest.moc"
