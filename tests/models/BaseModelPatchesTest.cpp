// SPDX-License-Identifier: Apache-2.0
#include "models/shipped/BaseModelPatches.h"

#include "core/Error.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace emend;

namespace {

constexpr int side = 160;

/// What value says of each voxel.
template <class Value>
std::shared_ptr<const ImageStack> volumeOf(Value value, int slices = side)
{
    std::vector<std::vector<quint16>> voxels;
    for (int z = 0; z < slices; ++z) {
        std::vector<quint16>& slice = voxels.emplace_back();
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x)
                slice.push_back(quint16(value(x, y, z)));
    }
    return makeMemoryStack({.size = {side, side, slices}, .bitsPerPixel = 16}, std::move(voxels));
}

/// Cubes of 40 voxels, each with a dark core.
int bodyOf(int x, int y, int z)
{
    return 1 + x / 40 + 4 * (y / 40) + 16 * (z / 40);
}

bool isCore(int x, int y, int z)
{
    return std::max({std::abs(x % 40 - 20), std::abs(y % 40 - 20), std::abs(z % 40 - 20)}) < 12;
}

/// How many pixels of each class, 0 to 3, some patches have.
std::array<int, 4> classesOf(BaseModelPatches& patches)
{
    Random random(1);
    std::array<int, 4> counts = {};
    for (int i = 0; i < 12; ++i)
        for (const quint8 target : patches.draw(random, true).targets)
            ++counts.at(target);
    return counts;
}

} // namespace

/// What the shipped models learn from.
class BaseModelPatchesTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<const ImageStack> m_raw =
        volumeOf([](int x, int y, int z) { return isCore(x, y, z) ? 60 : 150 + (x * y + z) % 9; });
    std::shared_ptr<const ImageStack> m_bodies = volumeOf(bodyOf);
    std::shared_ptr<const ImageStack> m_mitochondria = volumeOf(isCore);

private Q_SLOTS:

    void mitochondriaAreAClassWhereTheyAreKnown()
    {
        BaseModelPatches patches({*m_raw, *m_bodies, m_mitochondria.get()}, {});
        const auto counts = classesOf(patches);
        QCOMPARE(counts[0], 0);
        for (int c = 1; c <= 3; ++c)
            QVERIFY2(counts.at(size_t(c)) > 12 * 192 * 192 / 50, qPrintable(QString::number(c)));
    }

    void elsewhereTheyAreInsideOfTheirCells()
    {
        BaseModelPatches patches({*m_raw, *m_bodies}, {});
        const auto counts = classesOf(patches);
        QCOMPARE(counts[0], 0);
        QCOMPARE(counts[3], 0);
        QVERIFY(counts[2] > counts[1]);
    }

    void drawnSectionsTellThemToo()
    {
        BaseModelPatches patches({*m_raw, *m_bodies, m_mitochondria.get()}, {.syntheticShare = 1});
        QVERIFY(classesOf(patches)[3] > 0);
    }

    void whatDoesNotFitTogetherIsRefused()
    {
        const auto shallow = volumeOf(isCore, 120);
        QVERIFY_THROWS_EXCEPTION(Error, BaseModelPatches({*m_raw, *shallow}, {}));
        QVERIFY_THROWS_EXCEPTION(Error, BaseModelPatches({*m_raw, *m_bodies, shallow.get()}, {}));
        QVERIFY_THROWS_EXCEPTION(Error, BaseModelPatches({*shallow, *shallow}, {}));
    }

    void aClassThatIsNowhereIsRefused()
    {
        const auto nowhere = volumeOf([](int, int, int) { return 0; });
        QVERIFY_THROWS_EXCEPTION(Error, BaseModelPatches({*m_raw, *m_bodies, nowhere.get()}, {}));
    }
};

QTEST_GUILESS_MAIN(BaseModelPatchesTest)
#include "BaseModelPatchesTest.moc"
