// SPDX-License-Identifier: Apache-2.0
#include "core/Error.h"
#include "core/io/StackReader.h"
#include "tests/support/FileBytes.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

using namespace emend;

namespace {

constexpr unsigned watchdogSeconds = 20;
constexpr qint64 mostMoreMegabytes = 256;

/// The highest memory use of this process so far, in megabytes.
qint64 peakMegabytes()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    static const QRegularExpression peak(QStringLiteral("VmHWM:\\s+(\\d+)"));
    return peak.match(QString::fromLatin1(status.readAll())).captured(1).toLongLong() / 1024;
}

QByteArray png(quint32 width, quint32 height, char colourType, const QByteArray& rest)
{
    const auto big = [](quint32 value) {
        QByteArray bytes = bytesOf(value);
        std::reverse(bytes.begin(), bytes.end());
        return bytes;
    };
    return QByteArray("\x89PNG\r\n\x1a\n", 8) + big(13) + "IHDR" + big(width) + big(height) +
           '\x08' + colourType + QByteArray(3, '\0') + QByteArray(4, '\0') + rest;
}

QByteArray withWord(QByteArray bytes, int offset, qint32 value)
{
    return bytes.replace(offset, 4, bytesOf(value));
}

QByteArray metaImage(const QByteArray& size, const QByteArray& dataFile)
{
    return "ObjectType = Image\nNDims = 3\nDimSize = " + size +
           "\nElementType = MET_UCHAR\nElementDataFile = " + dataFile + "\n";
}

QByteArray nrrd(const QByteArray& sizes, const QByteArray& more)
{
    return "NRRD0004\ntype: uchar\ndimension: 3\nsizes: " + sizes + "\n" + more + "\n\n";
}

} // namespace

/// Files that lie, are cut, or are something else: each is refused with one plain sentence.
class HostileFilesTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    double m_slowestMs = 0;
    QByteArray m_slowest;

    static void addFile(const char* name, const QByteArray& bytes) { QTest::newRow(name) << bytes; }

    static void addTiffs();
    static void addOthers();

private Q_SLOTS:

    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        ::signal(SIGALRM, SIG_DFL); // a hang ends the program
    }

    void cleanupTestCase()
    {
        qInfo("slowest refusal: %.1f ms (%s); peak memory %lld MB", m_slowestMs,
              m_slowest.constData(), static_cast<long long>(peakMegabytes()));
    }

    void isRefusedInOnePlainSentence_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        addTiffs();
        addOthers();
    }

    void isRefusedInOnePlainSentence()
    {
        QFETCH(QByteArray, bytes);
        const QString path = m_folder.filePath(QStringLiteral("file.tif"));
        QVERIFY(saveBytes(path, bytes));
        refuses(path);
    }

    void foldersAndDevicesAreRefused()
    {
        refuses(QStringLiteral("/dev/zero"));
        refuses(m_folder.filePath(QStringLiteral("nowhere.tif")));
        const QString empty = m_folder.filePath(QStringLiteral("empty"));
        QVERIFY(QDir().mkpath(empty));
        refuses(empty);
        const QString pipe = m_folder.filePath(QStringLiteral("pipe.tif"));
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        refuses(pipe);
        const QString loop = m_folder.filePath(QStringLiteral("loop.tif"));
        QVERIFY(QFile::link(loop, loop));
        refuses(loop);
    }

    void sectionsOfDifferentSizeAreRefused()
    {
        const QString folder = m_folder.filePath(QStringLiteral("mixed"));
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(saveBytes(folder + QStringLiteral("/s1.tif"), TiffBytes::grey(20, 20).bytes()));
        QVERIFY(saveBytes(folder + QStringLiteral("/s2.tif"), TiffBytes::grey(20, 21).bytes()));
        refuses(folder);
    }

    void theValidOnesBesideThemOpen()
    {
        const QString path = m_folder.filePath(QStringLiteral("valid"));
        const QByteArray pixels(20 * 30 * 2, '\x07');
        const QByteArray valid[] = {
            TiffBytes::grey(20, 30).bytes(), mrcHeader(20, 30, 2, 0) + pixels,
            niftiHeader(20, 30, 2, 2, 8) + pixels, metaImage("20 30 2", "LOCAL") + pixels,
            nrrd("20 30 2", "encoding: raw") + pixels};
        for (const QByteArray& bytes : valid) {
            QVERIFY(saveBytes(path, bytes));
            const auto stack = StackReader::open(path);
            QCOMPARE(stack->size().width, 20);
            QCOMPARE(stack->size().height, 30);
        }
    }

private:
    /// Opening, or at the latest reading the first and last pixel, throws one plain sentence.
    void refuses(const QString& path)
    {
        const qint64 before = peakMegabytes();
        QElapsedTimer timer;
        timer.start();
        ::alarm(watchdogSeconds);
        QString sentence;
        try {
            const auto stack = StackReader::open(path);
            const VolumeSize size = stack->size();
            stack->read(0, {0, 0, 1, 1});
            stack->read(size.slices - 1, {size.width - 1, size.height - 1, 1, 1});
        } catch (const Error& error) {
            sentence = error.text();
        }
        ::alarm(0);
        const double took = double(timer.nsecsElapsed()) / 1e6;
        if (took > m_slowestMs) {
            m_slowestMs = took;
            m_slowest = QTest::currentDataTag() ? QTest::currentDataTag() : qPrintable(path);
        }
        QVERIFY2(!sentence.isEmpty(), "it was opened");
        QVERIFY2(sentence.size() <= 400 && sentence.endsWith(u'.'), qPrintable(sentence));
        QVERIFY2(std::all_of(sentence.begin(), sentence.end(), [](QChar c) { return c.isPrint(); }),
                 qPrintable(sentence));
        QVERIFY2(!sentence.contains(QStringLiteral("itk")) &&
                     !sentence.contains(QStringLiteral("TIFFRead")),
                 qPrintable(sentence));
        QVERIFY(peakMegabytes() - before < mostMoreMegabytes);
    }
};

void HostileFilesTest::addTiffs()
{
    const TiffBytes good = TiffBytes::grey(64, 64);
    addFile("TIFF: only the signature", QByteArray("II*\0", 4));
    addFile("TIFF: no directory", good.bytes().left(8));
    addFile("TIFF: directory beyond the end",
            QByteArray("II*\0", 4) + bytesOf(quint32(0x7fffffff)) + QByteArray(100, 'x'));
    addFile("TIFF: directory inside the header", QByteArray("II*\0", 4) + bytesOf(quint32(2)));
    addFile("TIFF: cut inside the directory", good.bytes().chopped(30));
    addFile("TIFF: cut inside the pixels",
            QByteArray("II*\0", 4) + bytesOf(quint32(8)) + good.directory() + QByteArray(10, 'x'));
    TiffBytes noEntries = good;
    noEntries.entries.clear();
    addFile("TIFF: a directory without entries", noEntries.bytes());
    addFile("TIFF: no width", good.with(256, 0).bytes());
    addFile("TIFF: two billion wide", good.with(256, 0x7fffffff).bytes());
    addFile("TIFF: absurd in both directions", good.with(256, 262144).with(257, 262144).bytes());
    addFile("TIFF: 7 bits", good.with(258, 7).bytes());
    addFile("TIFF: 64000 bits", good.with(258, 64000).bytes());
    addFile("TIFF: unknown compression", good.with(259, 31337).bytes());
    addFile("TIFF: JPEG without a table", good.with(259, 7).bytes());
    addFile("TIFF: colours", good.with(262, 2).with(277, 3).bytes());
    addFile("TIFF: 60000 samples", good.with(277, 60000).bytes());
    addFile("TIFF: strip beyond the end", good.with(273, 0x7ffffff0).bytes());
    addFile("TIFF: no rows in a strip", good.with(278, 0).with(279, 1).bytes());
    addFile("TIFF: a bomb of Deflate",
            good.with(256, 30000).with(257, 30000).with(278, 30000).with(259, 8).bytes());
    addFile("TIFF: a bomb of LZW",
            good.with(256, 30000).with(257, 30000).with(278, 30000).with(259, 5).bytes());
    TiffBytes manyValues = good;
    manyValues.entries[5].count = 0x40000000;
    addFile("TIFF: a billion strips", manyValues.bytes());
    TiffBytes bigEntries = good;
    bigEntries.entries.resize(5);
    addFile("TIFF: no strips", bigEntries.bytes());
    addFile("BigTIFF: cut", QByteArray("II+\0\x08\0\0\0", 8) + QByteArray(4, '\xff'));
    addFile("BigTIFF: directory at the end of the world",
            QByteArray("II+\0\x08\0\0\0", 8) + QByteArray(8, '\x7f') + QByteArray(64, 'x'));
}

void HostileFilesTest::addOthers()
{
    const QByteArray pixels(4000, '\x07');
    addFile("empty", QByteArray());
    addFile("text", "this is no image\n");
    addFile("a program", QByteArray("\x7f"
                                    "ELF",
                                    4) +
                             QByteArray(5000, '\1'));
    addFile("JPEG", QByteArray("\xff\xd8\xff\xe0", 4) + pixels);
    addFile("HDF5", QByteArray("\x89HDF\r\n\x1a\n", 8) + pixels);
    addFile("gzip of nothing", QByteArray("\x1f\x8b\x08\0\0\0\0\0\0\3", 10) + pixels);

    addFile("MRC: cut after the header", mrcHeader(64, 64, 4, 0));
    addFile("MRC: negative", withWord(mrcHeader(20, 20, 4, 0), 4, -20) + pixels);
    addFile("MRC: absurd", mrcHeader(262144, 262144, 60000, 2) + pixels);
    addFile("MRC: complex numbers", mrcHeader(20, 20, 4, 4) + pixels);
    addFile("MRC: a header of two gigabytes",
            withWord(mrcHeader(20, 20, 4, 0), 92, 0x7fffffff) + pixels);

    addFile("NIfTI: no voxels", niftiHeader(0, 20, 4, 2, 8) + pixels);
    addFile("NIfTI: negative", niftiHeader(-20, 20, 4, 2, 8) + pixels);
    addFile("NIfTI: colours", niftiHeader(20, 20, 3, 128, 24) + pixels);
    addFile("NIfTI: cut", niftiHeader(2000, 2000, 4, 64, 64) + pixels);
    addFile("NIfTI: pixels before the header ends",
            withWord(niftiHeader(200, 200, 4, 2, 8), 108, -1) + pixels);

    addFile("MetaImage: absurd", metaImage("99999999 99999999 9", "LOCAL") + pixels);
    addFile("MetaImage: overflow", metaImage("99999999999999999999 4 4", "LOCAL") + pixels);
    addFile("MetaImage: no numbers", metaImage("many and more", "LOCAL") + pixels);
    addFile("MetaImage: the password file", metaImage("20 20 4", "/etc/passwd"));
    addFile("MetaImage: out of its folder", metaImage("20 20 4", "../../etc/passwd"));
    addFile("MetaImage: a pattern", metaImage("20 20 4", "%s%s%n 1 4 1"));
    addFile("MetaImage: a list", metaImage("20 20 4", "LIST\n/etc/passwd"));
    addFile("MetaImage: a missing file", metaImage("20 20 4", "missing.raw"));
    addFile("MetaImage: minus one axes", "ObjectType = Image\nNDims = -1\nDimSize = 20 20\n"
                                         "ElementType = MET_UCHAR\nElementDataFile = LOCAL\n");
    addFile("MetaImage: no pixels named", "ObjectType = Image\nNDims = 2\nDimSize = 20 20\n");
    addFile("MetaImage: packed rubbish",
            "CompressedData = True\n" + metaImage("20 20 4", "LOCAL") + pixels);

    addFile("NRRD: absurd", nrrd("999999999 999999999 9", "encoding: raw") + pixels);
    addFile("NRRD: the password file", nrrd("20 20 4", "encoding: raw\ndata file: /etc/passwd"));
    addFile("NRRD: a list of files", nrrd("20 20 4", "encoding: raw\ndata file: LIST"));
    addFile("NRRD: text", nrrd("20 20 4", "encoding: ascii") + pixels);
    addFile("NRRD: an endless line", "NRRD0004\n" + QByteArray(500'000, 'x'));
    addFile("NRRD: a bomb", nrrd("30000 30000 60000", "encoding: gzip") + pixels);
    addFile("NRRD: skip to the end",
            nrrd("20 20 4", "encoding: raw\nbyte skip: 9223372036854775807") + pixels);
    addFile("NRRD: cut", nrrd("2000 2000 4", "encoding: raw") + pixels);

    addFile("PNG: cut", png(20, 20, 0, QByteArray()));
    addFile("PNG: no size", png(0, 20, 0, pixels));
    addFile("PNG: a bomb", png(16000, 16000, 0, pixels));
    addFile("PNG: absurd", png(0x7fffffff, 0x7fffffff, 0, pixels));
    addFile("PNG: rubbish behind the header",
            png(20, 20, 0, QByteArray("\0\0\0\x04IDATabcd\0\0\0\0\0\0\0\0IEND\0\0\0\0", 28)));
    addFile("PNG: colours that are damaged",
            png(20, 20, 2, QByteArray("\0\0\0\x04IDATabcd\0\0\0\0\0\0\0\0IEND\0\0\0\0", 28)));
}

QTEST_GUILESS_MAIN(HostileFilesTest)
#include "HostileFilesTest.moc"
