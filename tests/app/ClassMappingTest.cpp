// SPDX-License-Identifier: Apache-2.0
#include "app/session/ClassMapping.h"

#include "core/labels/LabelEdit.h"
#include "models/slices/GreyPlane.h"

#include <QTest>

using namespace emend;

class ClassMappingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void classesAreFoundByName()
    {
        ClassTable classes = ClassTable::named(
            {QStringLiteral("inside"), QStringLiteral("membrane"), QStringLiteral("vesicle")});
        const auto mapping =
            mapModelClasses({QStringLiteral("membrane"), QStringLiteral("inside")}, classes);
        QCOMPARE(mapping, (std::vector<int>{2, 1}));
        QCOMPARE(classes.count(), 3);
    }

    void aRenamedClassKeepsItsPlace()
    {
        ClassTable classes =
            ClassTable::named({QStringLiteral("membrane"), QStringLiteral("cytoplasm")});
        const auto mapping =
            mapModelClasses({QStringLiteral("membrane"), QStringLiteral("inside")}, classes);
        QCOMPARE(mapping, (std::vector<int>{1, 2}));
        QCOMPARE(classes.count(), 2);
    }

    void aClassThatTheProjectLacksIsAdded()
    {
        ClassTable classes = ClassTable::membraneAndInside();
        const auto mapping = mapModelClasses(
            {QStringLiteral("membrane"), QStringLiteral("inside"), QStringLiteral("mitochondrion")},
            classes);
        QCOMPARE(mapping, (std::vector<int>{1, 2, 3}));
        QCOMPARE(classes.at(3).name, QStringLiteral("mitochondrion"));
    }

    void planesMoveToTheProjectsClasses()
    {
        const ProbabilityMap map{2, 1, 2, {0.1f, 0.2f, 0.9f, 0.8f}};
        const ProbabilityMap mapped = mapPlanes(map, {3, 1}, 3);
        QCOMPARE(mapped.classCount, 3);
        QCOMPARE(mapped.plane(1)[0], 0.9f);
        QCOMPARE(mapped.plane(2)[1], 0.f);
        QCOMPARE(mapped.plane(3)[1], 0.2f);
    }

    void whatIsDecidedAboutARenamedMembraneCounts()
    {
        LabelVolume labels({1, 1, 1});
        editLabels(labels, 0, {0, 0, 1, 1}, [](Pixel, Label) {
            return Label(1, LabelState::corrected);
        }).applyTo(labels);
        Checkpoint model;
        model.classNames = {QStringLiteral("membrane"), QStringLiteral("inside")};
        const ClassTable renamed =
            ClassTable::named({QStringLiteral("Membran"), QStringLiteral("inside")});
        GreyPlane plane(1, 1, 0.3F);
        decidedMembranes(labels, renamed, model).putInto(plane, 0);
        QCOMPARE(plane.at(0, 0), 1.0F);
        model.classNames = {QStringLiteral("axon"), QStringLiteral("inside")};
        QCOMPARE(decidedMembranes(labels, renamed, model).share(0), 0.0);
    }
};

QTEST_APPLESS_MAIN(ClassMappingTest)
#include "ClassMappingTest.moc"
