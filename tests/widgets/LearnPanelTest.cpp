// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/LearnPanel.h"

#include "widgets/panels/CorrectPanel.h"
#include "widgets/panels/PredictPanel.h"
#include "widgets/theme/EmendStyle.h"
#include "widgets/theme/Theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QtTest>

using namespace emend;

class LearnPanelTest : public QObject
{
    Q_OBJECT

private:
    Theme m_theme;

    template <class T>
    static T* child(QWidget& parent, const char* name)
    {
        return parent.findChild<T*>(QLatin1String(name));
    }

private Q_SLOTS:

    void nextStepFillsTheButton()
    {
        PredictPanel predict;
        CorrectPanel correct;
        LearnPanel learn;
        predict.setNextStep(true);
        QVERIFY(isFilled(child<QPushButton>(predict, "predictSlice")));
        QVERIFY(!isFilled(child<QPushButton>(predict, "predictAll")));
        predict.setNextStep(false);
        correct.setNextStep(true);
        QVERIFY(!isFilled(child<QPushButton>(predict, "predictSlice")));
        QVERIFY(isFilled(child<QPushButton>(correct, "confirmSlice")));
        learn.setNextStep(true);
        QVERIFY(isFilled(child<QPushButton>(learn, "learn")));
    }

    void learningShowsItsCurveAndItsResult()
    {
        LearnPanel panel;
        QVERIFY(panel.curve()->isHidden());
        panel.start();
        QVERIFY(!panel.curve()->isHidden());
        panel.addPoint(100, {10, 0.7, {}});
        panel.addPoint(100, {20, 0.5, 0.91});
        QCOMPARE(panel.curve()->steps(), 100);
        panel.addPoint(60, {30, 0.45, {}}); // there is time for fewer
        QCOMPARE(panel.curve()->steps(), 60);
        QCOMPARE(int(panel.curve()->points().size()), 3);
        panel.finish({.before = 0.912, .after = 0.951});
        const QString kept = child<QLabel>(panel, "learningResult")->text();
        QVERIFY(kept.contains(QLocale().toString(0.951, 'f', 3)));
        panel.finish({.before = 0.912, .after = 0.9, .isKept = false});
        QVERIFY(child<QLabel>(panel, "learningResult")->text() != kept);
        panel.finish({.before = 0.912, .after = 0.951, .corrected = 400, .wrong = 50});
        QVERIFY(child<QLabel>(panel, "learningResult")
                    ->text()
                    .contains(QLocale().toString(12.5, 'f', 1)));
        panel.finish({.before = 0.912, .after = 0.9121, .isEnough = true});
        QVERIFY(child<QLabel>(panel, "learningResult")->text().contains(QStringLiteral("stop")));
    }

    void stoppingAfterTheResultChangesNothing()
    {
        LearnPanel panel;
        panel.start();
        panel.finish({.before = 0.912, .after = 0.951});
        const QString result = child<QLabel>(panel, "learningResult")->text();
        panel.abandon();
        QCOMPARE(child<QLabel>(panel, "learningResult")->text(), result);
        panel.start();
        panel.abandon();
        QVERIFY(child<QLabel>(panel, "learningResult")->text() != result);
    }

    void curveDrawsWhatItWasTold()
    {
        LearningCurve curve;
        curve.resize(240, 120);
        curve.start(50);
        const QImage empty = curve.grab().toImage();
        curve.add({10, 1.0, 0.8});
        curve.add({50, 0.2, 0.95});
        QVERIFY(curve.grab().toImage() != empty);
        QVERIFY(curve.accessibleDescription().contains(QStringLiteral("50")));
        curve.start(50);
        QCOMPARE(curve.grab().toImage(), empty);
    }

    void advancedOptionsAreFoldedAway()
    {
        LearnPanel panel;
        auto* advanced = child<QWidget>(panel, "advanced");
        QVERIFY(advanced->isHidden());
        QCOMPARE(panel.options().steps, 0);
        QCOMPARE(panel.options().batch, 0);
        QCOMPARE(panel.options().learningRate, 0.0);
        child<QToolButton>(panel, "advancedFold")->click();
        QVERIFY(!advanced->isHidden());
        child<QSpinBox>(panel, "steps")->setValue(300);
        child<QSpinBox>(panel, "seed")->setValue(7);
        child<QSpinBox>(panel, "batch")->setValue(2);
        child<QDoubleSpinBox>(panel, "learningRate")->setValue(0.0005);
        QCOMPARE(panel.options().steps, 300);
        QCOMPARE(panel.options().seed, 7);
        QCOMPARE(panel.options().batch, 2);
        QCOMPARE(panel.options().learningRate, 0.0005);
    }

    void whatEmendChoosesIsShownWhereNothingIsChosen()
    {
        LearnPanel panel;
        panel.setAutomatic({.steps = 230, .batch = 6, .patchPx = 192, .learningRate = 0.0015});
        auto* steps = child<QSpinBox>(panel, "steps");
        QVERIFY(steps->text().contains(QStringLiteral("230")));
        QVERIFY(child<QSpinBox>(panel, "batch")->text().contains(u'6'));
        QVERIFY(child<QDoubleSpinBox>(panel, "learningRate")
                    ->text()
                    .contains(QLocale().toString(0.0015, 'g', 3)));
        QVERIFY(child<QLabel>(panel, "patch")->text().contains(QStringLiteral("192")));
        steps->setValue(300);
        QVERIFY(!steps->text().contains(QStringLiteral("230")));
        QCOMPARE(panel.options().steps, 300);
        steps->setValue(0);
        QCOMPARE(panel.options().steps, 0);
    }

    void oneSwitchSaysWhichModelIsTaught()
    {
        LearnPanel panel;
        using Start = LearnPanel::Start;
        auto* start = child<QComboBox>(panel, "startFrom");
        auto* said = child<QLabel>(panel, "learningResult");
        panel.setModels(QStringLiteral("larva 2"), QStringLiteral("membrane"));
        QCOMPARE(panel.options().start, Start::current);
        QVERIFY(start->currentText().contains(QStringLiteral("larva 2")));
        QVERIFY(start->toolTip().contains(QStringLiteral("larva 2")));
        QSignalSpy chosen(&panel, &LearnPanel::startChosen);
        start->setCurrentIndex(1);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(panel.options().start, Start::base);
        QVERIFY(said->text().contains(QStringLiteral("membrane")));
        panel.setModels(QStringLiteral("larva 3"), QStringLiteral("membrane"));
        QCOMPARE(panel.options().start, Start::base); // chosen is chosen
        start->setCurrentIndex(2);
        QCOMPARE(panel.options().start, Start::nothing);
    }

    void theShippedModelInUseIsOfferedOnce()
    {
        LearnPanel panel;
        panel.setModels(QStringLiteral("membrane"), QStringLiteral("membrane"));
        QCOMPARE(child<QComboBox>(panel, "startFrom")->count(), 2);
        QCOMPARE(panel.options().start, LearnPanel::Start::current);
        panel.setModels({}, {});
        QCOMPARE(panel.options().start, LearnPanel::Start::nothing);
        panel.setModels(QStringLiteral("larva 1"), QStringLiteral("membrane"));
        QCOMPARE(panel.options().start, LearnPanel::Start::current); // nobody chose anything else
    }
};

QTEST_MAIN(LearnPanelTest)
#include "LearnPanelTest.moc"
