// SPDX-License-Identifier: Apache-2.0
#include "models/cells/DecidedMembranes.h"

#include "core/labels/LabelEdit.h"
#include "models/slices/GreyPlane.h"

#include <QTest>

#include <algorithm>

using namespace emend;

namespace {

constexpr VolumeSize size{100, 70, 3};
const ClassTable classes = ClassTable::named(
    {QStringLiteral("inside"), QStringLiteral("membrane"), QStringLiteral("mitochondria")});

/// One row of slice 1 for each way in which a pixel may be labelled.
LabelVolume labelled()
{
    LabelVolume labels(size);
    LabelTile tile;
    for (int x = 0; x < size.width; ++x) {
        tile.at(x, 0) = Label(2, LabelState::corrected);
        tile.at(x, 1) = Label(3, LabelState::corrected);
        tile.at(x, 2) = Label(2, LabelState::predicted);
        tile.at(x, 3) = Label(0, LabelState::ignored);
    }
    labels.setTile({1, 0, 0}, TileRef(std::make_shared<const LabelTile>(tile)));
    return labels;
}

class DamagedVault : public Vault<LabelTile>
{
public:
    std::shared_ptr<const LabelTile> load(qint64) override { return nullptr; }
};

constexpr float predicted = 0.3F;

std::vector<float> rowsOf(const DecidedMembranes& decided, int z)
{
    GreyPlane plane(size.width, size.height, predicted);
    decided.putInto(plane, z);
    std::vector<float> rows;
    for (int y = 0; y < 5; ++y)
        rows.push_back(plane.at(7, y));
    return rows;
}

} // namespace

/// What people decided counts instead of what is predicted.
class DecidedMembranesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void correctedPixelsAreMembraneOrNone()
    {
        const DecidedMembranes decided(labelled(), classes);
        QCOMPARE(rowsOf(decided, 1), std::vector({1.0F, 0.0F, predicted, predicted, predicted}));
        QCOMPARE(rowsOf(decided, 0), std::vector(5, predicted));
    }

    void theShareIsThatOfCorrectedPixels()
    {
        const DecidedMembranes decided(labelled(), classes);
        QCOMPARE(decided.share(1), 2.0 / size.height);
        QCOMPARE(decided.share(0), 0.0);
    }

    void whatIsDamagedIsNotDecided()
    {
        LabelVolume labels = labelled();
        const StateCounts states = labels.tile({1, 0, 0}).states();
        labels.setTile({1, 0, 0}, TileRef(std::make_shared<DamagedVault>(), 1, states));
        const DecidedMembranes decided(labels, classes);
        QCOMPARE(decided.share(1), 0.0);
        QCOMPARE(rowsOf(decided, 1), std::vector(5, predicted));
    }

    void withoutAClassMembraneNothingIsDecided()
    {
        const DecidedMembranes decided(
            labelled(), ClassTable::named({QStringLiteral("axon"), QStringLiteral("other"),
                                           QStringLiteral("third")}));
        QCOMPARE(rowsOf(decided, 1), std::vector(5, predicted));
        QCOMPARE(decided.share(1), 0.0);
    }

    void sectionsThatTheLabelsDoNotHaveAreUndecided()
    {
        QCOMPARE(DecidedMembranes().share(0), 0.0);
        const DecidedMembranes decided(labelled(), classes);
        for (const int z : {-1, size.slices}) {
            QCOMPARE(decided.share(z), 0.0);
            QCOMPARE(rowsOf(decided, z), std::vector(5, predicted));
        }
    }
};

QTEST_GUILESS_MAIN(DecidedMembranesTest)
#include "DecidedMembranesTest.moc"
