// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/PaperTiles.h"

#include "models/slices/ScaledSlice.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace emend;

namespace {

/// Blocks of 20 x 20 pixels, in turn of class 1 and 2, whose grey values and weights are classes.
LabelledSlice blocks(int width, int height)
{
    LabelledSlice slice{{width, height}, {}, {width, height}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            slice.classes.push_back(quint8(1 + (x / 20 + y / 20) % 2));
            slice.grey.at(x, y) = slice.classes.back();
            slice.weights.at(x, y) = slice.classes.back();
        }
    }
    return slice;
}

double deviation(const std::vector<double>& numbers)
{
    double squares = 0;
    for (const double number : numbers)
        squares += number * number;
    return std::sqrt(squares / double(numbers.size()));
}

} // namespace

/// What the recipe of the U-Net paper shows to the network.
class PaperTilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void labelsBendWithTheGrey()
    {
        const LabelledSlice slice = blocks(160, 150);
        Random random(3);
        for (int i = 0; i < 5; ++i) {
            const TrainingPatch tile = cut(slice, TileWarp::drawn(random, 140, 60, 160, 150));
            QCOMPARE(tile.targets.size(), size_t(140 * 140));
            int pure = 0;
            for (size_t k = 0; k < tile.targets.size(); ++k) {
                QCOMPARE(tile.weights[k], float(tile.targets[k]));
                // Linear interpolation mixes the two next to a border only.
                if (tile.grey[k] != 1 && tile.grey[k] != 2)
                    continue;
                ++pure;
                QCOMPARE(tile.grey[k], float(tile.targets[k]));
            }
            QVERIFY2(pure > 140 * 140 * 3 / 4, qPrintable(QString::number(pure)));
        }
    }

    void aStraightTileIsTheSliceMirroredAtItsBorders()
    {
        const LabelledSlice slice = blocks(90, 80);
        Random random(1);
        const TileWarp warp = TileWarp::placed(random, 100, 40, 90, 80);
        const TileWarp::Place first = warp.at(0, 0);
        // The middle of 40 x 40 pixels, which begins 30 pixels inside, lies on the slice.
        QVERIFY(first.x + 30 >= 0 && first.x + 70 <= 90);
        QVERIFY(first.y + 30 >= 0 && first.y + 70 <= 80);
        const TrainingPatch tile = cut(slice, warp);
        for (int y = 0; y < 100; ++y) {
            for (int x = 0; x < 100; ++x) {
                const float expected =
                    slice.grey.at(mirrored(int(first.x) + x, 90), mirrored(int(first.y) + y, 80));
                QCOMPARE(tile.grey[size_t(y) * 100 + size_t(x)], expected);
            }
        }
    }

    void bendsAreAsLongAsInThePaper()
    {
        Random random(2);
        std::vector<double> x;
        std::vector<double> y;
        for (int i = 0; i < 4000; ++i) {
            const TileWarp warp = TileWarp::drawn(random, 9, 3, 100, 100);
            x.push_back(warp.bendX.at(4, 4)); // a point of the grid
            y.push_back(warp.bendY.at(4, 4));
        }
        // Of 4000 numbers the deviation is known to 1.1 %.
        QVERIFY2(std::abs(deviation(x) - 10) < 0.5, qPrintable(QString::number(deviation(x))));
        QVERIFY2(std::abs(deviation(y) - 10) < 0.5, qPrintable(QString::number(deviation(y))));
    }

    void tilesAreTurnedByAnyAngle()
    {
        Random random(5);
        std::array<int, 4> quarters = {};
        for (int i = 0; i < 200; ++i) {
            const TileWarp warp = TileWarp::drawn(random, 9, 3, 100, 100);
            QVERIFY(std::abs(std::hypot(warp.cosine, warp.sine) - 1) < 1e-12);
            ++quarters[size_t(warp.cosine > 0) + 2 * size_t(warp.sine > 0)];
        }
        for (const int count : quarters)
            QVERIFY(count > 20);
    }

    void onlyVariedTilesAreVaried()
    {
        PaperTiles tiles({blocks(400, 400)});
        Random random(4);
        const TrainingPatch plain = tiles.draw(random, false);
        QCOMPARE(plain.sizePx, 572);
        for (size_t i = 0; i < plain.grey.size(); ++i)
            QCOMPARE(plain.grey[i], float(plain.targets[i]));
        const TrainingPatch varied = tiles.draw(random, true);
        QVERIFY(varied.grey[0] != float(varied.targets[0]));
    }
};

QTEST_GUILESS_MAIN(PaperTilesTest)
#include "PaperTilesTest.moc"
