// SPDX-License-Identifier: Apache-2.0
#include "core/io/TiffStackWriter.h"

#include "tests/support/NoisyTiff.h"
#include "tests/support/TiffPages.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace emend;
using PixelType = TiffStackWriter::PixelType;

namespace {

/// A python3 that has tifffile, or nothing.
QString pythonWithTifffile()
{
    for (const char* program : {"python3", "/usr/bin/python3"}) {
        QProcess python;
        python.start(QString::fromLatin1(program),
                     {QStringLiteral("-c"), QStringLiteral("import tifffile")});
        if (python.waitForFinished() && python.exitStatus() == QProcess::NormalExit &&
            python.exitCode() == 0)
            return QString::fromLatin1(program);
    }
    return {};
}

} // namespace

class TiffStackWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void pixelsComeBackExactly_data();
    void pixelsComeBackExactly();
    void rowsMayComeInAnyPortions();
    void pagesCarryWhatReadersNeed();
    void calibrationIsWritten();
    void unknownVoxelSizeIsNotWritten();
    void unknownThicknessIsNotWritten();
    void hyperstackIsDescribed();
    void bigTiffBeginsAtItsLimit();
    void sameStackGivesSameFile();
    void stripsAreOfModerateSize();
    void manyPagesAreWritten();
    void tifffileReadsIt();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TiffStackWriterTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_path = m_folder->filePath(QStringLiteral("stack.tif"));
}

void TiffStackWriterTest::pixelsComeBackExactly_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<bool>("compress");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    const auto types = {PixelType::grey8, PixelType::grey16, PixelType::float32};
    for (const PixelType type : types) {
        for (const bool compress : {false, true}) {
            for (const auto& [width, height] :
                 {std::pair(1, 1), std::pair(61, 47), std::pair(1000, 700)})
                QTest::addRow("type %d, %s, %d x %d", int(type), compress ? "deflate" : "plain",
                              width, height)
                    << int(type) << compress << width << height;
        }
    }
}

void TiffStackWriterTest::pixelsComeBackExactly()
{
    QFETCH(int, type);
    QFETCH(bool, compress);
    QFETCH(int, width);
    QFETCH(int, height);
    const TiffStackWriter::Layout layout{
        .size = {width, height, 3}, .type = PixelType(type), .compress = compress};
    const auto pages = noisyPages(layout);
    writePages(m_path, layout, pages);
    const std::vector<TiffPageContent> read = readTiffPages(m_path);
    QCOMPARE(read.size(), size_t(3));
    for (size_t i = 0; i < 3; ++i) {
        QCOMPARE(read[i].width, width);
        QCOMPARE(read[i].height, height);
        QVERIFY(read[i].pixels == pages[i]);
    }
}

void TiffStackWriterTest::rowsMayComeInAnyPortions()
{
    const TiffStackWriter::Layout layout{.size = {900, 700, 2}};
    const auto pages = noisyPages(layout);
    writePages(m_path, layout, pages);

    const QString inPortions = m_folder->filePath(QStringLiteral("portions.tif"));
    TiffStackWriter writer(inPortions, layout);
    for (const QByteArray& page : pages) {
        for (int row = 0, count = 1; row < 700; row += count, count = 3 * count + 1) {
            count = std::min(count, 700 - row);
            writer.addRows(page.constData() + qint64(row) * 900, count);
        }
    }
    writer.commit();
    QVERIFY(contentOf(inPortions) == contentOf(m_path));
}

void TiffStackWriterTest::pagesCarryWhatReadersNeed()
{
    const TiffStackWriter::Layout layout{.size = {20, 10, 3}};
    writePages(m_path, layout, noisyPages(layout));
    for (const TiffPageContent& page : readTiffPages(m_path)) {
        QVERIFY(page.hasOrientation); // ImageJ reads garbage without it
        QCOMPARE(page.compression, 8);
        QCOMPARE(page.predictor, 1);
        QVERIFY(!page.isTiled);
        QCOMPARE(page.software, QByteArray("Emend " EMEND_VERSION));
    }
}

void TiffStackWriterTest::calibrationIsWritten()
{
    const TiffStackWriter::Layout layout{.size = {20, 10, 3}, .voxelSize = {4, 5, 50}};
    writePages(m_path, layout, noisyPages(layout));
    const auto pages = readTiffPages(m_path);
    for (const TiffPageContent& page : pages) {
        QCOMPARE(page.resolutionUnit, 1);
        QCOMPARE(page.xResolution, 0.25);
        QCOMPARE(page.yResolution, double(0.2F));
    }
    QCOMPARE(pages[0].description,
             QByteArray("ImageJ=1.53t\nimages=3\nslices=3\nunit=nm\nspacing=50\nloop=false\n"
                        "min=0\nmax=255\n"));
    QVERIFY(pages[1].description.isEmpty());
}

void TiffStackWriterTest::unknownVoxelSizeIsNotWritten()
{
    const TiffStackWriter::Layout layout{.size = {20, 10, 2}, .voxelSize = {0, 0, 50}};
    writePages(m_path, layout, noisyPages(layout));
    const auto pages = readTiffPages(m_path);
    QCOMPARE(pages[0].xResolution, 0.0);
    QVERIFY(!pages[0].description.contains("unit"));
    QVERIFY(!pages[0].description.contains("spacing"));
}

void TiffStackWriterTest::unknownThicknessIsNotWritten()
{
    const TiffStackWriter::Layout layout{.size = {20, 10, 2}, .voxelSize = {4, 4, 0}};
    writePages(m_path, layout, noisyPages(layout));
    const auto pages = readTiffPages(m_path);
    QCOMPARE(pages[0].xResolution, 0.25);
    QVERIFY(pages[0].description.contains("unit=nm\n"));
    QVERIFY(!pages[0].description.contains("spacing"));
}

void TiffStackWriterTest::hyperstackIsDescribed()
{
    const TiffStackWriter::Layout layout{.size = {20, 10, 3},
                                         .channels = 2,
                                         .type = PixelType::float32,
                                         .displayMinimum = -0.5,
                                         .displayMaximum = 1};
    writePages(m_path, layout, noisyPages(layout));
    const auto pages = readTiffPages(m_path);
    QCOMPARE(pages.size(), size_t(6));
    QCOMPARE(pages[0].description,
             QByteArray("ImageJ=1.53t\nimages=6\nchannels=2\nslices=3\nhyperstack=true\n"
                        "mode=grayscale\nloop=false\nmin=-0.5\nmax=1\n"));
}

void TiffStackWriterTest::bigTiffBeginsAtItsLimit()
{
    TiffStackWriter::Layout layout{.size = {1000, 100, 10}};
    QVERIFY(!layout.isBigTiff());
    layout.size.slices = 39'000;
    QVERIFY(layout.isBigTiff());

    layout.size.slices = 10;
    layout.bigTiffAboveBytes = 1'000'000;
    const auto pages = noisyPages(layout);
    writePages(m_path, layout, pages);
    QCOMPARE(contentOf(m_path).left(4), QByteArray::fromHex("49492B00"));
    const auto read = readTiffPages(m_path);
    QCOMPARE(read.size(), size_t(10));
    QVERIFY(read[9].pixels == pages[9]);

    layout.bigTiffAboveBytes = 1'100'000;
    writePages(m_path, layout, pages);
    QCOMPARE(contentOf(m_path).left(4), QByteArray::fromHex("49492A00"));
}

void TiffStackWriterTest::sameStackGivesSameFile()
{
    const TiffStackWriter::Layout layout{.size = {300, 200, 4}, .voxelSize = {4, 4, 50}};
    const auto pages = noisyPages(layout);
    writePages(m_path, layout, pages);
    const QByteArray first = contentOf(m_path);
    const QString other = m_folder->filePath(QStringLiteral("other name.tif"));
    QTest::qWait(1100); // a date would differ
    writePages(other, layout, pages);
    QVERIFY(contentOf(other) == first);
}

void TiffStackWriterTest::stripsAreOfModerateSize()
{
    const TiffStackWriter::Layout layout{.size = {1024, 1024, 1}, .type = PixelType::grey16};
    writePages(m_path, layout, noisyPages(layout));
    const qint64 stripBytes = readTiffPages(m_path)[0].rowsPerStrip * layout.rowBytes();
    QVERIFY(stripBytes >= 64 << 10);
    QVERIFY(stripBytes <= 256 << 10);
}

void TiffStackWriterTest::manyPagesAreWritten()
{
    const TiffStackWriter::Layout layout{.size = {8, 8, 3000}};
    const auto pages = noisyPages(layout);
    writePages(m_path, layout, pages);
    const auto read = readTiffPages(m_path);
    QCOMPARE(read.size(), size_t(3000));
    QVERIFY(read[2999].pixels == pages[2999]);
}

void TiffStackWriterTest::tifffileReadsIt()
{
    const QString python = pythonWithTifffile();
    if (python.isEmpty())
        QSKIP("Python's tifffile is not installed.");
    const TiffStackWriter::Layout layout{
        .size = {50, 40, 3}, .channels = 2, .type = PixelType::float32, .voxelSize = {4, 4, 50}};
    std::vector<QByteArray> pages;
    for (int i = 0; i < 6; ++i) {
        const std::vector<float> values(2000, float(i) / 8);
        pages.push_back(QByteArray(reinterpret_cast<const char*>(values.data()), 8000));
    }
    writePages(m_path, layout, pages);
    const QString script = QStringLiteral(
        "import sys, tifffile\n"
        "t = tifffile.TiffFile(sys.argv[1])\n"
        "s = t.series[0]\n"
        "x = t.pages[0].tags['XResolution'].value\n"
        "m = t.imagej_metadata\n"
        "a = s.asarray()\n"
        "print(s.axes, s.shape, s.dtype, x[1] / x[0], m['unit'], m['spacing'], a[2, 1, 3, 4])\n");
    QProcess process;
    process.start(python, {QStringLiteral("-c"), script, m_path});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(QString::fromUtf8(process.readAllStandardOutput()).trimmed(),
             QStringLiteral("ZCYX (3, 2, 40, 50) float32 4.0 nm 50 0.625"));
}

QTEST_GUILESS_MAIN(TiffStackWriterTest)
#include "TiffStackWriterTest.moc"
