// SPDX-License-Identifier: Apache-2.0
#include "core/image/ImageStack.h"

#include "core/Error.h"

#include <QtTest>

#include <atomic>
#include <thread>

using namespace emend;

namespace {

quint16 greyAt(int z, int x, int y, int maximum)
{
    return quint16((z * 31 + x * 7 + y * 13) % (maximum + 1));
}

std::vector<std::vector<quint16>> drawnSlices(VolumeSize size, int maximum)
{
    std::vector<std::vector<quint16>> slices(size_t(size.slices));
    for (int z = 0; z < size.slices; ++z)
        for (int y = 0; y < size.height; ++y)
            for (int x = 0; x < size.width; ++x)
                slices[size_t(z)].push_back(greyAt(z, x, y, maximum));
    return slices;
}

std::shared_ptr<const ImageStack> drawnStack(VolumeSize size, int bits)
{
    return makeMemoryStack({.size = size, .bitsPerPixel = bits},
                           drawnSlices(size, bits == 8 ? 255 : 65535));
}

/// Draws pixels, and counts how many it was asked for.
class CountingSource : public SliceSource
{
public:
    CountingSource(Rect block, std::atomic<qint64>& pixels)
        : m_block(block)
        , m_pixels(pixels)
    {
    }

    void read(int z, Rect rect, quint16* out) override
    {
        m_pixels += rect.pixelCount();
        for (int y = rect.y; y < rect.bottom(); ++y)
            for (int x = rect.x; x < rect.right(); ++x)
                *out++ = greyAt(z, x, y, 255);
    }

    Rect preferredBlock() const override { return m_block; }

private:
    Rect m_block;
    std::atomic<qint64>& m_pixels;
};

class BrokenSource : public SliceSource
{
public:
    void read(int, Rect, quint16*) override { throw Error(QStringLiteral("The disk is gone.")); }
};

} // namespace

class ImageStackTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void readsAnyRectangle_data()
    {
        QTest::addColumn<int>("bits");
        QTest::newRow("8 bit") << 8;
        QTest::newRow("16 bit") << 16;
    }

    void readsAnyRectangle()
    {
        QFETCH(int, bits);
        const auto stack = drawnStack({700, 530, 3}, bits);
        const Rect rect{250, 200, 300, 310};
        const GreyImage image = stack->read(2, rect);
        QCOMPARE(image.width, rect.width);
        QCOMPARE(image.height, rect.height);
        for (int y = 0; y < image.height; ++y)
            for (int x = 0; x < image.width; ++x)
                QCOMPARE(image.at(x, y), greyAt(2, rect.x + x, rect.y + y, stack->maximumGrey()));
    }

    void clipsTheRectangleToTheSlice()
    {
        const auto stack = drawnStack({40, 30, 1}, 8);
        const GreyImage image = stack->read(0, {-10, 20, 100, 100});
        QCOMPARE(image.width, 40);
        QCOMPARE(image.height, 10);
        QCOMPARE(image.at(3, 4), greyAt(0, 3, 24, 255));
        QCOMPARE(stack->read(0, {50, 0, 5, 5}).width, 0);
    }

    void coarserScalesAreMeansOfThePixels_data()
    {
        QTest::addColumn<int>("scale");
        for (const int scale : {2, 4, 8, 16, 64})
            QTest::addRow("%d", scale) << scale;
    }

    void coarserScalesAreMeansOfThePixels()
    {
        QFETCH(int, scale);
        const VolumeSize size{1111, 613, 1};
        const auto stack = drawnStack(size, 16);
        const Rect rect{100, 37, 950, 576};
        const GreyImage image = stack->read(0, rect, scale);
        const int left = rect.x / scale;
        const int top = rect.y / scale;
        QCOMPARE(image.width, (rect.right() + scale - 1) / scale - left);
        QCOMPARE(image.height, (rect.bottom() + scale - 1) / scale - top);
        for (int y = 0; y < image.height; ++y) {
            for (int x = 0; x < image.width; ++x) {
                const Rect part = size.sliceRect().intersected(
                    {(left + x) * scale, (top + y) * scale, scale, scale});
                quint64 sum = 0;
                for (int v = part.y; v < part.bottom(); ++v)
                    for (int u = part.x; u < part.right(); ++u)
                        sum += greyAt(0, u, v, 65535);
                const quint64 count = quint64(part.pixelCount());
                QCOMPARE(image.at(x, y), quint16((sum + count / 2) / count));
            }
        }
    }

    void stripsAreDecodedOnce_data()
    {
        QTest::addColumn<Rect>("block");
        QTest::addColumn<int>("scale");
        for (const int scale : {1, 4}) {
            QTest::addRow("whole slice, scale %d", scale) << Rect{0, 0, 1024, 1024} << scale;
            QTest::addRow("wide strips, scale %d", scale) << Rect{0, 0, 1024, 16} << scale;
            QTest::addRow("tiles, scale %d", scale) << Rect{0, 0, 512, 512} << scale;
        }
    }

    void stripsAreDecodedOnce()
    {
        QFETCH(Rect, block);
        QFETCH(int, scale);
        std::atomic<qint64> decoded = 0;
        const VolumeSize size{1024, 1024, 1};
        const ImageStack stack({.size = size}, std::make_unique<CountingSource>(block, decoded));
        for (int y = 0; y < 1024; y += 100)
            for (int x = 0; x < 1024; x += 100)
                stack.read(0, {x, y, 100, 100}, scale);
        QCOMPARE(decoded.load(), size.pixelsPerSlice());
    }

    void theCacheIsBounded()
    {
        std::atomic<qint64> decoded = 0;
        const qint64 capacity = 1 << 20;
        const ImageStack stack({.size = {1024, 1024, 20}},
                               std::make_unique<CountingSource>(Rect{0, 0, 1024, 64}, decoded),
                               capacity);
        for (int z = 0; z < 20; ++z) {
            const GreyImage image = stack.read(z, {0, 0, 1024, 1024});
            QCOMPARE(image.at(1000, 1023), greyAt(z, 1000, 1023, 255));
            QVERIFY(stack.cachedBytes() <= capacity);
        }
        QVERIFY(stack.cachedBytes() > 0);
    }

    void aCacheSmallerThanATileStillReads()
    {
        std::atomic<qint64> decoded = 0;
        const ImageStack stack({.size = {600, 600, 1}},
                               std::make_unique<CountingSource>(Rect{0, 0, 600, 600}, decoded), 10);
        QCOMPARE(stack.read(0, {0, 0, 600, 600}).at(599, 599), greyAt(0, 599, 599, 255));
        QCOMPARE(stack.cachedBytes(), 0);
    }

    void readCachedNeverDecodes()
    {
        std::atomic<qint64> decoded = 0;
        const ImageStack stack({.size = {1024, 1024, 1}},
                               std::make_unique<CountingSource>(Rect{0, 0, 256, 256}, decoded));
        GreyImage image;
        QVERIFY(!stack.readCached(0, {0, 0, 300, 100}, 1, image));
        QCOMPARE(decoded.load(), 0);
        const GreyImage read = stack.read(0, {0, 0, 300, 100});
        const qint64 before = decoded;
        QVERIFY(stack.readCached(0, {0, 0, 300, 100}, 1, image));
        QCOMPARE(image.pixels, read.pixels);
        QVERIFY(!stack.readCached(0, {0, 0, 300, 100}, 2, image));
        QVERIFY(!stack.readCached(0, {0, 200, 300, 100}, 1, image));
        QCOMPARE(decoded.load(), before);
    }

    void coarserTilesCanComeFromTheCache()
    {
        std::atomic<qint64> decoded = 0;
        const ImageStack stack({.size = {512, 512, 1}},
                               std::make_unique<CountingSource>(Rect{0, 0, 512, 16}, decoded));
        stack.read(0, {0, 0, 512, 512});
        const qint64 before = decoded;
        stack.read(0, {0, 0, 512, 512}, 2);
        QCOMPARE(decoded.load(), before);
    }

    void manyThreadsReadTheSame()
    {
        std::atomic<qint64> decoded = 0;
        const VolumeSize size{1500, 900, 4};
        const ImageStack stack({.size = size},
                               std::make_unique<CountingSource>(Rect{0, 0, 1500, 30}, decoded),
                               2 << 20);
        std::atomic<int> wrong = 0;
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&stack, &wrong, t] {
                for (int i = 0; i < 60; ++i) {
                    const int z = (i + t) % 4;
                    const Rect rect{(i * 37) % 1000, (i * 53) % 600, 400, 250};
                    const GreyImage image = stack.read(z, rect);
                    if (image.at(399, 249) != greyAt(z, rect.x + 399, rect.y + 249, 255))
                        ++wrong;
                }
            });
        }
        threads.clear();
        QCOMPARE(wrong.load(), 0);
    }

    void severalThreadsWaitForOneDecoding()
    {
        std::atomic<qint64> decoded = 0;
        const VolumeSize size{1024, 1024, 1};
        const ImageStack stack({.size = size},
                               std::make_unique<CountingSource>(size.sliceRect(), decoded));
        std::vector<std::jthread> threads;
        for (int t = 0; t < 6; ++t)
            threads.emplace_back([&stack, t] { stack.read(0, {t * 100, t * 50, 300, 300}); });
        threads.clear();
        QCOMPARE(decoded.load(), size.pixelsPerSlice());
    }

    void aFileThatCannotBeReadIsAnErrorEveryTime()
    {
        const ImageStack stack({.size = {64, 64, 1}}, std::make_unique<BrokenSource>());
        QVERIFY_EXCEPTION_THROWN(stack.read(0, {0, 0, 8, 8}), Error);
        QVERIFY_EXCEPTION_THROWN(stack.read(0, {0, 0, 8, 8}), Error);
    }
};

QTEST_GUILESS_MAIN(ImageStackTest)
#include "ImageStackTest.moc"
