// SPDX-License-Identifier: Apache-2.0
#include "core/io/StackReader.h"

#include "core/Error.h"
#include "core/io/PngFile.h"
#include "tests/support/FileBytes.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <functional>
#include <tiffio.h>
#include <zlib.h>

using namespace emend;

namespace {

constexpr int width = 53;
constexpr int height = 37;
constexpr int slices = 3;

quint8 grey8(int x, int y, int z)
{
    return quint8((x * 7 + y * 13 + z * 31 + x * y) & 255);
}

quint16 grey16(int x, int y, int z)
{
    return quint16(x * 257 + y * 1031 + z * 7919);
}

using Grey = std::function<int(int x, int y, int z)>;

bool shows(const ImageStack& stack, const Grey& grey)
{
    const VolumeSize size = stack.size();
    for (int z = 0; z < size.slices; ++z) {
        const GreyImage image = stack.read(z, size.sliceRect());
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                if (image.at(x, y) != grey(x, y, z)) {
                    qWarning("slice %d (%d, %d): %d, not %d", z, x, y, image.at(x, y),
                             grey(x, y, z));
                    return false;
                }
            }
        }
    }
    return true;
}

/// All pixels of the stack as bytes, row after row; lastRowFirst as MRC has them.
template <typename T>
QByteArray pixels(const Grey& grey, bool lastRowFirst = false)
{
    QByteArray bytes;
    for (int z = 0; z < slices; ++z) {
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x)
                bytes += bytesOf(T(grey(x, lastRowFirst ? height - 1 - y : y, z)));
        }
    }
    return bytes;
}

QByteArray gzipped(const QByteArray& bytes)
{
    z_stream stream = {};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(qsizetype(deflateBound(&stream, uLong(bytes.size()))), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData()));
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = uInt(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return out;
}

/// How libtiff is told to write a stack.
struct Flavour
{
    const char* mode = "w";
    int compression = COMPRESSION_NONE;
    int bits = 8;
    bool isTiled = false;
    bool isWhiteZero = false;
    int predictor = 1;
};

template <typename T>
void writeRows(TIFF* tiff, const Grey& grey, int z)
{
    for (int y = 0; y < height; ++y) {
        std::vector<T> row;
        for (int x = 0; x < width; ++x)
            row.push_back(T(grey(x, y, z)));
        TIFFWriteScanline(tiff, row.data(), quint32(y));
    }
}

template <typename T>
void writeTiles(TIFF* tiff, const Grey& grey, int z)
{
    constexpr int side = 16;
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, side);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, side);
    for (int top = 0; top < height; top += side) {
        for (int left = 0; left < width; left += side) {
            std::vector<T> tile;
            for (int i = 0; i < side * side; ++i)
                tile.push_back(T(grey(left + i % side, top + i / side, z)));
            TIFFWriteTile(tiff, tile.data(), quint32(left), quint32(top), 0, 0);
        }
    }
}

void saveTiff(const QString& path, const Flavour& flavour, const Grey& grey)
{
    TIFF* tiff = TIFFOpen(QFile::encodeName(path).constData(), flavour.mode);
    for (int z = 0; z < slices; ++z) {
        TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
        TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
        TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, flavour.bits);
        TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
        TIFFSetField(tiff, TIFFTAG_COMPRESSION, flavour.compression);
        TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC,
                     flavour.isWhiteZero ? PHOTOMETRIC_MINISWHITE : PHOTOMETRIC_MINISBLACK);
        if (flavour.predictor != 1)
            TIFFSetField(tiff, TIFFTAG_PREDICTOR, flavour.predictor);
        if (flavour.isTiled) {
            flavour.bits == 8 ? writeTiles<quint8>(tiff, grey, z)
                              : writeTiles<quint16>(tiff, grey, z);
        } else {
            TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 10);
            flavour.bits == 8 ? writeRows<quint8>(tiff, grey, z)
                              : writeRows<quint16>(tiff, grey, z);
        }
        TIFFWriteDirectory(tiff);
    }
    TIFFClose(tiff);
}

} // namespace

/// Every format that opens, pixel by pixel.
class StackReaderTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    std::shared_ptr<const ImageStack> opened(const char* name, const QByteArray& bytes)
    {
        return saveBytes(path(name), bytes) ? StackReader::open(path(name)) : nullptr;
    }

    static QString voxels(const ImageStack& stack)
    {
        const VoxelSize voxel = stack.info().voxelSize;
        return QStringLiteral("%1 %2 %3")
            .arg(voxel.xNm, 0, 'g', 5)
            .arg(voxel.yNm, 0, 'g', 5)
            .arg(voxel.zNm, 0, 'g', 5);
    }

private Q_SLOTS:

    void tiffsOfEveryFlavourAreExact_data()
    {
        QTest::addColumn<Flavour>("flavour");
        QTest::newRow("plain") << Flavour{};
        QTest::newRow("16 bit") << Flavour{"w", COMPRESSION_NONE, 16};
        QTest::newRow("16 bit, big-endian") << Flavour{"wb", COMPRESSION_NONE, 16};
        QTest::newRow("BigTIFF") << Flavour{"w8", COMPRESSION_NONE, 16};
        QTest::newRow("BigTIFF, big-endian") << Flavour{"w8b", COMPRESSION_NONE, 16};
        QTest::newRow("LZW") << Flavour{"w", COMPRESSION_LZW};
        QTest::newRow("LZW, predictor") << Flavour{"w", COMPRESSION_LZW, 16, false, false, 2};
        QTest::newRow("Deflate") << Flavour{"w", COMPRESSION_ADOBE_DEFLATE, 16};
        QTest::newRow("Deflate, predictor, big-endian")
            << Flavour{"wb", COMPRESSION_ADOBE_DEFLATE, 16, false, false, 2};
        QTest::newRow("PackBits") << Flavour{"w", COMPRESSION_PACKBITS};
        QTest::newRow("ZSTD") << Flavour{"w", COMPRESSION_ZSTD, 16};
        QTest::newRow("tiles") << Flavour{"w", COMPRESSION_NONE, 8, true};
        QTest::newRow("tiles, Deflate") << Flavour{"w", COMPRESSION_ADOBE_DEFLATE, 16, true};
        QTest::newRow("zero is white") << Flavour{"w", COMPRESSION_LZW, 8, false, true};
        QTest::newRow("zero is white, 16 bit") << Flavour{"w", COMPRESSION_NONE, 16, true, true};
    }

    void tiffsOfEveryFlavourAreExact()
    {
        QFETCH(Flavour, flavour);
        const Grey grey = flavour.bits == 8 ? Grey(grey8) : Grey(grey16);
        saveTiff(path("flavour.tif"), flavour, grey);
        const auto stack = StackReader::open(path("flavour.tif"));
        QCOMPARE(stack->size(), (VolumeSize{width, height, slices}));
        QCOMPARE(stack->info().bitsPerPixel, flavour.bits);
        const int white = flavour.bits == 8 ? 255 : 65535;
        QVERIFY(shows(*stack, [&](int x, int y, int z) {
            return flavour.isWhiteZero ? white - grey(x, y, z) : grey(x, y, z);
        }));
    }

    void anImageJStackWithOnePageHasAllItsSlices()
    {
        TiffBytes tiff = TiffBytes::grey(width, height);
        const QByteArray text = "ImageJ=1.53t\nimages=3\nslices=3\nunit=nm\nspacing=50\n";
        const quint32 pageBytes = width * height;
        tiff.pixels = pixels<quint8>(grey8) + text;
        tiff.entries.insert(tiff.entries.begin() + 5,
                            {270, 2, quint32(text.size()), 8 + slices * pageBytes});
        const auto stack = opened("imagej.tif", tiff.with(279, pageBytes).bytes());
        QCOMPARE(stack->size(), (VolumeSize{width, height, slices}));
        QVERIFY(shows(*stack, grey8));
    }

    void aTiffThatIsCutOpensAsFarAsItIsWhole()
    {
        saveTiff(path("cut.tif"), {}, grey8);
        QFile file(path("cut.tif"));
        QVERIFY(file.resize(file.size() - width * height / 2));
        const auto stack = StackReader::open(path("cut.tif"));
        QCOMPARE(stack->size().slices, slices - 1);
        QVERIFY(shows(*stack, grey8));
        QVERIFY(!stack->info().notes.isEmpty());
    }

    void mrcRowsBeginAtTheTop()
    {
        const auto stack =
            opened("a.mrc", mrcHeader(width, height, slices, 6) + pixels<quint16>(grey16, true));
        QVERIFY(shows(*stack, grey16));
        QCOMPARE(voxels(*stack), QStringLiteral("4 4 50"));
    }

    void mrcBytesHaveASignWhereTheHeaderSaysSo()
    {
        QByteArray header = mrcHeader(width, height, slices, 0);
        const QByteArray bytes = pixels<quint8>(grey8, true);
        QVERIFY(shows(*opened("unsigned.mrc", header + bytes), grey8));

        const auto asSigned = [](int x, int y, int z) {
            return (int(qint8(grey8(x, y, z))) + 128) * 257;
        };
        header.replace(108, 4, bytesOf(qint32(20140)));
        QVERIFY(shows(*opened("signed.mrc", header + bytes), asSigned));
        // IMOD says it in its own way, which counts more.
        header.replace(152, 4, bytesOf(qint32(1146047817)));
        QVERIFY(shows(*opened("imod.mrc", header + bytes), grey8));
    }

    void aFloatingStackIsMappedByOneRisingLine()
    {
        QByteArray bytes = mrcHeader(width, height, slices, 2);
        bytes += pixels<float>([](int x, int y, int z) { return grey16(x, y, z) - 30000; }, true);
        const auto stack = opened("float.mrc", bytes);
        QCOMPARE(stack->info().bitsPerPixel, 16);
        QVERIFY(!stack->info().notes.isEmpty());
        const GreyImage image = stack->read(0, stack->size().sliceRect());
        for (int i = 1; i < width; ++i)
            QCOMPARE(image.at(i, 0) > image.at(0, 0), grey16(i, 0, 0) > grey16(0, 0, 0));
    }

    void nrrdOpensRawPackedAndDetached()
    {
        const QByteArray header = "NRRD0004\n# a comment\ntype: unsigned short\ndimension: 3\n"
                                  "sizes: 53 37 3\nendian: little\n";
        const QByteArray bytes = pixels<quint16>(grey16);
        const auto raw = opened("a.nrrd", header +
                                              "encoding: raw\nspacings: 4 4 50\n"
                                              "units: \"nm\" \"nm\" \"nm\"\n\n" +
                                              bytes);
        QVERIFY(shows(*raw, grey16));
        QCOMPARE(voxels(*raw), QStringLiteral("4 4 50"));

        const auto packed =
            opened("b.nrrd", header + "encoding: gzip\nspacings: 4 4 50\n\n" + gzipped(bytes));
        QVERIFY(shows(*packed, grey16));
        QVERIFY(!packed->info().voxelSize.isPlaneKnown()); // no unit: told, not believed
        QVERIFY(packed->info().notes.join(QString()).contains(QStringLiteral("4 x 4 x 50")));

        QVERIFY(saveBytes(path("c.raw"), "xxxx" + bytes));
        QVERIFY(shows(*opened("c.nhdr", header + "encoding: raw\nbyte skip: 4\n"
                                                 "data file: c.raw\n"),
                      grey16));
    }

    void metaImageOpensLocalPackedAndDetached()
    {
        const QByteArray header = "ObjectType = Image\nNDims = 3\nDimSize = 53 37 3\n"
                                  "ElementType = MET_USHORT\n";
        const QByteArray bytes = pixels<quint16>(grey16);
        QVERIFY(shows(*opened("a.mha", header + "ElementDataFile = LOCAL\n" + bytes), grey16));
        const QByteArray packed = qCompress(bytes).mid(4); // without Qt's own length
        QVERIFY(shows(
            *opened("b.mha", header + "CompressedData = True\nElementDataFile = LOCAL\n" + packed),
            grey16));
        QVERIFY(saveBytes(path("c.raw"), bytes));
        QVERIFY(shows(*opened("c.mhd", header + "ElementDataFile = c.raw\n"), grey16));
    }

    void niftiOpensPlainAndPacked()
    {
        const QByteArray bytes =
            niftiHeader(width, height, slices, 512, 16) + pixels<quint16>(grey16);
        const auto plain = opened("a.nii", bytes);
        QVERIFY(shows(*plain, grey16));
        QCOMPARE(voxels(*plain), QStringLiteral("4 4 50"));
        QVERIFY(shows(*opened("a.nii.gz", gzipped(bytes)), grey16));
    }

    void aRawStackThatIsCutOpensAsFarAsItIsWhole()
    {
        const QByteArray bytes = mrcHeader(width, height, slices, 0) + pixels<quint8>(grey8, true);
        const auto stack = opened("cut.mrc", bytes.chopped(10));
        QCOMPARE(stack->size().slices, slices - 1);
        QVERIFY(!stack->info().notes.isEmpty());
    }

    void aPngWithoutColoursIsGreyOneWithThemIsRefused()
    {
        std::vector<quint8> rgb;
        for (int i = 0; i < width * height; ++i)
            rgb.insert(rgb.end(), 3, grey8(i % width, i / width, 0));
        writePng(path("grey.png"), width, height, rgb);
        const auto stack = StackReader::open(path("grey.png"));
        QCOMPARE(stack->info().bitsPerPixel, 8);
        QVERIFY(shows(*stack, grey8));

        rgb[5] = quint8(rgb[5] + 1);
        writePng(path("coloured.png"), width, height, rgb);
        QVERIFY_EXCEPTION_THROWN(StackReader::open(path("coloured.png")), Error);
    }

    void namesMayBeAnything()
    {
        const QString odd = m_folder.filePath(QString::fromUtf8("Größe 你好 100 %1.TIF"));
        saveTiff(odd, {}, grey8);
        QVERIFY(shows(*StackReader::open(odd), grey8));
        QVERIFY(QFile::link(odd, path("link")));
        QVERIFY(shows(*StackReader::open(path("link")), grey8));
    }

    void aFolderIsReadInTheOrderOfItsNumbers()
    {
        QDir(m_folder.path()).mkpath(QStringLiteral("sections"));
        const auto section = [this](const char* name) {
            return m_folder.filePath(QStringLiteral("sections/") + QString::fromLatin1(name));
        };
        const char* names[] = {"s8.tif", "s9.tif", "s10.tif", "s100.tif"};
        for (int i = 0; i < 4; ++i) {
            TiffBytes tiff = TiffBytes::grey(20, 20);
            tiff.pixels.fill(char(i + 1));
            QVERIFY(saveBytes(section(names[i]), tiff.bytes()));
        }
        QVERIFY(saveBytes(section("notes.txt"), "stray"));
        QVERIFY(saveBytes(section(".hidden.tif"), "stray"));
        const auto stack = StackReader::open(m_folder.filePath(QStringLiteral("sections")));
        QCOMPARE(stack->size().slices, 4);
        for (int z = 0; z < 4; ++z)
            QCOMPARE(int(stack->read(z, {0, 0, 1, 1}).pixels[0]), z + 1);
        const QString notes = stack->info().notes.join(QString());
        QVERIFY(notes.contains(QStringLiteral("notes.txt")));
        QVERIFY(!notes.contains(QStringLiteral("hidden")));
    }
};

QTEST_GUILESS_MAIN(StackReaderTest)
#include "StackReaderTest.moc"
