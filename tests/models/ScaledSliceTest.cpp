// SPDX-License-Identifier: Apache-2.0
#include "models/slices/ScaledSlice.h"

#include "models/slices/SliceNormalisation.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace emend;

namespace {

using Function = int (*)(int x, int y);

std::shared_ptr<const ImageStack> drawn(int width, int height, Function grey)
{
    std::vector<quint16> pixels;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            pixels.push_back(quint16(grey(x, y)));
    }
    return makeMemoryStack({.size = {width, height, 1}, .bitsPerPixel = 16}, {pixels});
}

int texture(int x, int y)
{
    return (x * 7919 + y * 104729 + x * y * 31) % 1000;
}

double mean(const std::vector<float>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

} // namespace

class ScaledSliceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void pixelSizesThatTheModelTakesStay()
    {
        Checkpoint model;
        QVERIFY(scaleFor({3, 6, 50}, model) == PixelScale{});
        QVERIFY(scaleFor({0, 0, 0}, model) == PixelScale{});
        QVERIFY(scaleFor({2, 8, 50}, model) == (PixelScale{2, 0.5}));
    }

    void anUnscaledSliceIsTheStack()
    {
        const auto stack = drawn(40, 30, texture);
        const ScaledSlice slice(*stack, 0, {});
        const std::vector<float> grey = slice.read({5, 7, 20, 11});
        for (int y = 0; y < 11; ++y) {
            for (int x = 0; x < 20; ++x)
                QCOMPARE(grey[size_t(y * 20 + x)], float(texture(x + 5, y + 7)));
        }
    }

    void shrinkingTakesTheMeanOfTheArea()
    {
        const auto stack = drawn(12, 6, texture);
        const ScaledSlice slice(*stack, 0, {3, 2});
        QCOMPARE(slice.width(), 4);
        QCOMPARE(slice.height(), 3);
        const std::vector<float> grey = slice.read(slice.rect());
        double sum = 0;
        for (int y = 2; y < 4; ++y) {
            for (int x = 6; x < 9; ++x)
                sum += texture(x, y);
        }
        QVERIFY(std::abs(grey[1 * 4 + 2] - sum / 6) < 1e-3);
    }

    void shrinkingByAnyFactorKeepsTheMean_data()
    {
        QTest::addColumn<double>("factor");
        for (const double factor : {1.3, 2.0, 2.7, 4.0, 5.5, 9.0, 16.0})
            QTest::addRow("%.1f", factor) << factor;
    }

    void shrinkingByAnyFactorKeepsTheMean()
    {
        QFETCH(double, factor);
        const auto stack = drawn(240, 160, texture);
        const ScaledSlice slice(*stack, 0, {factor, factor});
        const std::vector<float> grey = slice.read(slice.rect());
        const double before = mean(ScaledSlice(*stack, 0, {}).read({0, 0, 240, 160}));
        QVERIFY(std::abs(mean(grey) - before) < 0.02 * before);
    }

    void enlargingIsLinearBetweenCentres()
    {
        const auto stack = drawn(8, 4, [](int x, int) { return 100 * x; });
        const ScaledSlice slice(*stack, 0, {0.5, 0.5});
        QCOMPARE(slice.width(), 16);
        const std::vector<float> grey = slice.read(slice.rect());
        QCOMPARE(grey[0], 0.0F);  // beyond the first centre: as the first
        QCOMPARE(grey[1], 25.0F); // a quarter of the way from centre 0 to centre 1
        QCOMPARE(grey[2], 75.0F);
        QCOMPARE(grey[15], 700.0F);
    }

    void aPixelIsTheSameInEveryRect_data()
    {
        QTest::addColumn<double>("factor");
        for (const double factor : {0.6, 1.0, 1.7, 4.4, 8.3})
            QTest::addRow("%.1f", factor) << factor;
    }

    void aPixelIsTheSameInEveryRect()
    {
        QFETCH(double, factor);
        const auto stack = drawn(301, 203, texture);
        const ScaledSlice slice(*stack, 0, {factor, factor});
        const std::vector<float> whole = slice.read(slice.rect());
        const Rect part = {slice.width() / 3, slice.height() / 2, slice.width() / 2,
                           slice.height() / 2};
        const std::vector<float> grey = slice.read(part);
        for (int y = 0; y < part.height; ++y) {
            for (int x = 0; x < part.width; ++x)
                QCOMPARE(grey[size_t(y) * size_t(part.width) + size_t(x)],
                         whole[size_t(y + part.y) * size_t(slice.width()) + size_t(x + part.x)]);
        }
    }

    void mirroringGoesToAndFro()
    {
        const int expected[] = {2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2};
        for (int i = 0; i < 13; ++i)
            QCOMPARE(mirrored(i - 2, 4), expected[i]);
        QCOMPARE(mirrored(-1000, 1), 0);
        QCOMPARE(mirrored(1001, 2), 1);
    }

    void farBeyondASmallSliceItIsMirroredAgainAndAgain()
    {
        const auto stack = drawn(5, 3, texture);
        const ScaledSlice slice(*stack, 0, {});
        const Rect rect = {-17, -9, 40, 25};
        const std::vector<float> grey = slice.readMirrored(rect);
        for (int y = 0; y < rect.height; ++y) {
            for (int x = 0; x < rect.width; ++x)
                QCOMPARE(grey[size_t(y * rect.width + x)],
                         float(texture(mirrored(x + rect.x, 5), mirrored(y + rect.y, 3))));
        }
    }

    void aPlaneComesBackAtTheStacksSize()
    {
        const auto stack = drawn(90, 60, texture);
        const ScaledSlice slice(*stack, 0, {2, 2});
        std::vector<float> ramp;
        for (int y = 0; y < slice.height(); ++y) {
            for (int x = 0; x < slice.width(); ++x)
                ramp.push_back(float(x));
        }
        const Rect part = {30, 20, 40, 30};
        const Rect needed = slice.needed(part);
        std::vector<float> plane;
        for (int y = needed.y; y < needed.bottom(); ++y) {
            for (int x = needed.x; x < needed.right(); ++x)
                plane.push_back(ramp[size_t(y * slice.width() + x)]);
        }
        const std::vector<float> back = slice.toStack(plane, needed, part);
        for (int x = 0; x < part.width; ++x)
            QVERIFY(std::abs(back[size_t(x)] - ((x + part.x + 0.5F) / 2 - 0.5F)) < 1e-4F);
    }

    void labelsAreTakenFromUnderTheCentre()
    {
        const auto stack = drawn(90, 60, texture);
        const ScaledSlice shrunk(*stack, 0, {3, 3});
        QCOMPARE(shrunk.stackColumn(0), 1);
        QCOMPARE(shrunk.stackRow(19), 58);
        const ScaledSlice enlarged(*stack, 0, {0.5, 0.5});
        QCOMPARE(enlarged.stackColumn(0), 0);
        QCOMPARE(enlarged.stackColumn(3), 1);
        QCOMPARE(enlarged.stackColumn(179), 89);
    }

    void aNormalisedSliceHasMean0AndDeviation1()
    {
        const auto stack = drawn(300, 200, texture);
        const ScaledSlice slice(*stack, 0, {});
        std::vector<float> grey = slice.read(slice.rect());
        SliceNormalisation::of(slice).apply(grey);
        double squares = 0;
        for (const float value : grey)
            squares += double(value) * value;
        QVERIFY(std::abs(mean(grey)) < 1e-4);
        QVERIFY(std::abs(squares / double(grey.size()) - 1) < 1e-3);
    }

    void aLargeSliceIsJudgedBySamples()
    {
        const auto stack = drawn(2600, 2300, texture);
        const ScaledSlice slice(*stack, 0, {});
        const auto sampled = SliceNormalisation::of(slice);
        const double whole = mean(slice.read(slice.rect()));
        QVERIFY(std::abs(sampled.mean - whole) < 0.02 * whole);
    }

    void outliersAreCutOffAndAnEmptySliceIsNothing()
    {
        std::vector<float> grey = {10, 1000, -1000};
        SliceNormalisation{10, 2}.apply(grey);
        QCOMPARE(grey, (std::vector<float>{0, 5, -5}));

        const auto stack = drawn(20, 20, [](int, int) { return 77; });
        const ScaledSlice slice(*stack, 0, {});
        std::vector<float> empty = slice.read(slice.rect());
        SliceNormalisation::of(slice).apply(empty);
        for (const float value : empty)
            QCOMPARE(value, 0.0F);
    }
};

QTEST_GUILESS_MAIN(ScaledSliceTest)
#include "ScaledSliceTest.moc"
