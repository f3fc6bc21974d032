// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/Banner.h"
#include "widgets/panels/ClassPanel.h"
#include "widgets/panels/ContrastPopover.h"
#include "widgets/panels/CorrectPanel.h"
#include "widgets/panels/ExportPanel.h"
#include "widgets/panels/JobBar.h"
#include "widgets/panels/PanelDock.h"
#include "widgets/panels/PredictPanel.h"
#include "widgets/panels/ToolOptions.h"
#include "widgets/panels/VoxelSizeDialog.h"
#include "widgets/theme/Theme.h"

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>
#include <QtTest>

using namespace emend;

class PanelsTest : public QObject
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

    void classRowsShowTheTable()
    {
        ClassPanel panel;
        ClassTable classes = ClassTable::membraneAndInside();
        panel.setClasses(classes);
        QCOMPARE(child<QLineEdit>(panel, "class2Name")->text(), classes.at(2).name);
        LabelClass hidden = classes.at(2);
        hidden.isVisible = false;
        hidden.name = QStringLiteral("cytoplasm");
        classes.set(2, hidden);
        panel.setClasses(classes);
        QCOMPARE(child<QLineEdit>(panel, "class2Name")->text(), QStringLiteral("cytoplasm"));
        QVERIFY(!child<QToolButton>(panel, "class2Eye")->isChecked());
        QVERIFY(child<QToolButton>(panel, "class1Eye")->isChecked());
    }

    void aNewClassIsAtOnceToBeSeen()
    {
        ClassPanel panel;
        ClassTable classes = ClassTable::membraneAndInside();
        panel.setClasses(classes);
        panel.show();
        const int before = panel.minimumSizeHint().height();
        const int row = child<QLineEdit>(panel, "class2Name")->parentWidget()->height();
        classes.add({QStringLiteral("mitochondria"), ClassTable::standardColour(3)});
        panel.setClasses(classes);
        QCOMPARE(panel.minimumSizeHint().height(), before + row);
        panel.setClasses(ClassTable::membraneAndInside());
        QCOMPARE(panel.minimumSizeHint().height(), before);
    }

    void eyeAndLockEditTheClass()
    {
        ClassPanel panel;
        panel.setClasses(ClassTable::membraneAndInside());
        QSignalSpy edited(&panel, &ClassPanel::classEdited);
        child<QToolButton>(panel, "class2Eye")->click();
        QCOMPARE(edited.count(), 1);
        QCOMPARE(edited[0][0].toInt(), 2);
        QVERIFY(!edited[0][1].value<LabelClass>().isVisible);
        child<QToolButton>(panel, "class1Lock")->click();
        QVERIFY(edited[1][1].value<LabelClass>().isLocked);
    }

    void aNameIsEditedAfterADoubleClick()
    {
        ClassPanel panel;
        panel.setClasses(ClassTable::membraneAndInside());
        panel.show();
        auto* name = child<QLineEdit>(panel, "class1Name");
        QSignalSpy edited(&panel, &ClassPanel::classEdited);
        QTest::keyClicks(name, QStringLiteral("x"));
        QVERIFY(edited.isEmpty() && name->isReadOnly());
        QTest::mouseDClick(name, Qt::LeftButton);
        QVERIFY(!name->isReadOnly());
        QTest::keyClicks(name, QStringLiteral("synapse"));
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(edited.count(), 1);
        QCOMPARE(edited[0][1].value<LabelClass>().name, QStringLiteral("synapse"));
        QVERIFY(name->isReadOnly());
    }

    void escapeLeavesTheNameAsItWas()
    {
        ClassPanel panel;
        panel.setClasses(ClassTable::membraneAndInside());
        panel.show();
        auto* name = child<QLineEdit>(panel, "class1Name");
        const QString before = name->text();
        QSignalSpy edited(&panel, &ClassPanel::classEdited);
        QTest::mouseDClick(name, Qt::LeftButton);
        QTest::keyClicks(name, QStringLiteral("nonsense"));
        QTest::keyClick(name, Qt::Key_Escape);
        QCOMPARE(name->text(), before);
        QVERIFY(edited.isEmpty());
    }

    void aClickChoosesTheClass()
    {
        ClassPanel panel;
        panel.setClasses(ClassTable::membraneAndInside());
        panel.show();
        QSignalSpy chosen(&panel, &ClassPanel::classChosen);
        QTest::mouseClick(child<QWidget>(panel, "class2Row"), Qt::LeftButton, {}, QPoint(6, 14));
        QCOMPARE(chosen.value(0).value(0).toInt(), 2);
    }

    void withoutAModelNothingCanBePredicted()
    {
        PredictPanel panel;
        panel.setCanPredict(true);
        QVERIFY(!child<QPushButton>(panel, "predictSlice")->isEnabled());
        panel.setModels({QStringLiteral("membrane")}, 0);
        QVERIFY(child<QPushButton>(panel, "predictSlice")->isEnabled());
        panel.setCanPredict(false);
        QVERIFY(!child<QPushButton>(panel, "predictAll")->isEnabled());
    }

    void opacityIsAskedForOnlyByTheUser()
    {
        PredictPanel panel;
        QSignalSpy chosen(&panel, &PredictPanel::overlayOpacityChosen);
        panel.setOverlayOpacity(0.6);
        QVERIFY(chosen.isEmpty());
        QCOMPARE(child<QSlider>(panel, "overlayOpacity")->value(), 60);
        child<QSlider>(panel, "overlayOpacity")->setValue(25);
        QCOMPARE(chosen.value(0).value(0).toDouble(), 0.25);
    }

    void theNextSliceIsOneClickAway()
    {
        CorrectPanel panel;
        auto* next = child<QToolButton>(panel, "nextSlice");
        QVERIFY(next->isHidden());
        panel.setNextSlice(16);
        QVERIFY(!next->isHidden());
        QVERIFY(next->text().contains(QStringLiteral("17")));
        QSignalSpy wanted(&panel, &CorrectPanel::sliceWanted);
        next->click();
        QCOMPARE(wanted.value(0).value(0).toInt(), 16);
    }

    void countsAreSaidInASentence()
    {
        CorrectPanel panel;
        auto* counts = child<QLabel>(panel, "correctedCounts");
        const QString hint = counts->text();
        panel.setCounts(2, 3);
        QVERIFY(counts->text().contains(u'2') && counts->text().contains(u'3'));
        panel.setCounts(0, 0);
        QCOMPARE(counts->text(), hint);
    }

    void aPlaceIsConfirmedOnlyWhileItIsShown()
    {
        CorrectPanel panel;
        QSignalSpy confirmed(&panel, &CorrectPanel::placeConfirmed);
        auto* button = child<QPushButton>(panel, "confirmPlace");
        button->click();
        QVERIFY(confirmed.isEmpty());
        panel.setCanConfirmPlace(true);
        button->click();
        QCOMPARE(confirmed.count(), 1);
    }

    void probabilitiesNeedAPrediction()
    {
        ExportPanel panel;
        auto* what = child<QComboBox>(panel, "exportWhat");
        panel.setHasPrediction(true);
        what->setCurrentIndex(2);
        QCOMPARE(panel.what(), ExportPanel::What::probabilities);
        panel.setHasPrediction(false);
        QCOMPARE(panel.what(), ExportPanel::What::masks);
    }

    void jobBarIsHiddenWhileIdle()
    {
        QWidget window;
        JobBar bar(&window);
        window.show();
        QVERIFY(!bar.isVisible());
        bar.start(QStringLiteral("Predicting"));
        QVERIFY(bar.isVisible());
        bar.setProgress(0.5, QStringLiteral("Predicting slice 3 of 6"), 20);
        QCOMPARE(child<QProgressBar>(bar, "jobProgress")->value(), 500);
        bar.finish();
        QVERIFY(!bar.isVisible());
    }

    void stopIsAskedForOnce()
    {
        JobBar bar;
        bar.start(QStringLiteral("Predicting"));
        QSignalSpy stop(&bar, &JobBar::stopWanted);
        child<QPushButton>(bar, "stopJob")->click();
        child<QPushButton>(bar, "stopJob")->click();
        QCOMPARE(stop.count(), 1);
    }

    void remainingTimeIsSaidInRoundNumbers()
    {
        QVERIFY(JobBar::remainingText(-1).isEmpty());
        QCOMPARE(JobBar::remainingText(21), JobBar::remainingText(29));
        QVERIFY(JobBar::remainingText(130).contains(u'2'));
    }

    void aBannerStaysOnTopOfWhatItCovers()
    {
        QWidget covered;
        covered.resize(600, 400);
        Banner banner(&covered);
        covered.show();
        QVERIFY(!banner.isVisible());
        banner.tell(QStringLiteral("This TIFF ends after page 17 of 30."));
        QVERIFY(banner.isVisible());
        QVERIFY(covered.rect().contains(banner.geometry()));
        covered.resize(300, 400);
        QCoreApplication::processEvents();
        QVERIFY(covered.rect().contains(banner.geometry()));
        child<QToolButton>(banner, "closeBanner")->click();
        QVERIFY(!banner.isVisible());
    }

    void blackStaysBelowWhite()
    {
        ContrastPopover popover;
        popover.setMaximumGrey(255);
        popover.setContrast(40, 200, false);
        QSignalSpy chosen(&popover, &ContrastPopover::contrastChosen);
        child<QSlider>(popover, "blackLevel")->setValue(230);
        QVERIFY(chosen.value(0).value(0).toInt() < chosen.value(0).value(1).toInt());
        child<QSlider>(popover, "whiteLevel")->setValue(0);
        QVERIFY(child<QSlider>(popover, "blackLevel")->value() <
                child<QSlider>(popover, "whiteLevel")->value());
    }

    void pixelHeightFollowsItsWidth()
    {
        VoxelSizeDialog dialog({}, {});
        child<QDoubleSpinBox>(dialog, "voxelX")->setValue(4);
        child<QDoubleSpinBox>(dialog, "voxelZ")->setValue(50);
        QCOMPARE(dialog.voxelSize(), (VoxelSize{4, 4, 50}));
        child<QDoubleSpinBox>(dialog, "voxelY")->setValue(5);
        child<QDoubleSpinBox>(dialog, "voxelX")->setValue(6);
        QCOMPARE(dialog.voxelSize(), (VoxelSize{6, 5, 50}));
    }

    void everyRadiusCanBeSet()
    {
        ToolOptions options(1, 200);
        auto* text = child<QLabel>(options, "toolRadiusText");
        for (int radius : {1, 2, 3, 8, 9, 50, 199, 200}) {
            options.setRadius(radius);
            QVERIFY(text->text().startsWith(QString::number(radius)));
        }
        QSignalSpy chosen(&options, &ToolOptions::radiusChosen);
        child<QSlider>(options, "toolRadius")->setValue(0);
        QCOMPARE(chosen.value(0).value(0).toInt(), 1);
        child<QSlider>(options, "toolRadius")->setValue(200);
        QCOMPARE(chosen.value(1).value(0).toInt(), 200);
    }

    void aClosedPanelKeepsItsWayBack()
    {
        PanelDock dock(new PredictPanel);
        dock.show();
        child<QToolButton>(dock, "predictPanelClose")->click();
        QVERIFY(!dock.isVisible());
        dock.toggleViewAction()->trigger();
        QVERIFY(dock.isVisible());
    }
};

QTEST_MAIN(PanelsTest)
#include "PanelsTest.moc"
