// SPDX-License-Identifier: Apache-2.0
#include "core/project/LabelImport.h"

#include "core/Error.h"

#include <QTest>

using namespace emend;

namespace {

constexpr VolumeSize size{40, 30, 3};

std::shared_ptr<const ImageStack> labelFile()
{
    std::vector<std::vector<quint16>> slices;
    for (int z = 0; z < size.slices; ++z) {
        std::vector<quint16> values;
        for (int i = 0; i < size.width * size.height; ++i)
            values.push_back(quint16(i % 3 == 0 ? 0 : i % 3 == 1 ? 255 : 7));
        slices.push_back(std::move(values));
    }
    return makeMemoryStack({.size = size}, std::move(slices));
}

QString refusal(const std::function<void()>& action)
{
    try {
        action();
    } catch (const Error& error) {
        return error.text();
    }
    return {};
}

} // namespace

class LabelImportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void valuesBecomeCorrectedClasses()
    {
        ClassMap map = ClassMap::parse(QStringLiteral("0:membrane,255:inside"));
        map.ignoredValue = 7;
        QCOMPARE(map.classes.count(), 2);
        const LabelVolume labels = importLabels(*labelFile(), size, map, SliceRange::all(3));
        QVERIFY(labels.at({0, 0}, 1) == Label(1, LabelState::corrected));
        QVERIFY(labels.at({1, 0}, 1) == Label(2, LabelState::corrected));
        QVERIFY(labels.at({2, 0}, 1).state() == LabelState::ignored);
    }

    void whatTheMapDoesNotNameStaysUntouched()
    {
        const ClassMap map = ClassMap::parse(QStringLiteral("255:inside"));
        const LabelVolume labels = importLabels(*labelFile(), size, map, SliceRange::single(2));
        QVERIFY(labels.at({0, 0}, 2) == Label());
        QVERIFY(labels.at({1, 0}, 2) == Label(1, LabelState::corrected));
        QVERIFY(labels.at({1, 0}, 1) == Label()); // a slice that was not asked for
    }

    void whatDoesNotFitIsSaid()
    {
        const ClassMap map = ClassMap::parse(QStringLiteral("255:inside"));
        const QString otherSize = refusal([&map] {
            importLabels(*labelFile(), {41, 30, 3}, map, SliceRange::all(3));
        });
        QVERIFY(otherSize.contains(QStringLiteral("41")));
        const QString nothing = refusal([] {
            importLabels(*labelFile(), size, ClassMap::parse(QStringLiteral("9:soma")),
                         SliceRange::all(3));
        });
        QVERIFY(!nothing.isEmpty());
    }

    void mapsThatAreNoneAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "membrane", "0:", ":membrane", "x:membrane",
                                 "0:membrane,0:inside", "70000:membrane", "0:membrane,,1:inside"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void mapsThatAreNoneAreRefused()
    {
        QFETCH(QString, text);
        QVERIFY(!refusal([&text] { ClassMap::parse(text); }).isEmpty());
    }
};

QTEST_GUILESS_MAIN(LabelImportTest)
#include "LabelImportTest.moc"
