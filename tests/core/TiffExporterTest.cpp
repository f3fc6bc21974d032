// SPDX-License-Identifier: Apache-2.0
#include "core/io/TiffExporter.h"

#include "core/Error.h"
#include "core/io/StackReader.h"
#include "core/jobs/Job.h"
#include "core/labels/LabelEdit.h"
#include "tests/support/TiffPages.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <cstdio>
#include <unistd.h>

using namespace emend;

namespace {

constexpr VolumeSize drawnSize{300, 270, 3}; // more than one tile, none of them whole
constexpr VoxelSize drawnVoxel{4, 4, 50};
const QString exportUntilKilled = QStringLiteral("--export-until-killed");

/// 0 to 2: stripes, and nothing at all on slice 1.
int drawnClass(Pixel pixel, int z)
{
    return z == 1 ? 0 : (pixel.x / 7 + pixel.y / 5 + z) % 3;
}

LabelVolume drawnLabels()
{
    LabelVolume labels(drawnSize);
    for (int z = 0; z < drawnSize.slices; ++z) {
        editLabels(labels, z, drawnSize.sliceRect(), [z](Pixel pixel, Label) {
            const int drawn = drawnClass(pixel, z);
            const auto state = pixel.x % 2 ? LabelState::predicted : LabelState::corrected;
            return drawn ? Label(drawn, state) : Label();
        }).applyTo(labels);
    }
    return labels;
}

QByteArray drawnPage(int z, const std::function<quint8(int drawnClass)>& value)
{
    QByteArray page;
    for (int y = 0; y < drawnSize.height; ++y) {
        for (int x = 0; x < drawnSize.width; ++x)
            page.append(char(value(drawnClass({x, y}, z))));
    }
    return page;
}

/// Slices 0 and 2; class 1 rises from left to right, class 2 falls.
Prediction drawnPrediction()
{
    Prediction prediction(drawnSize, 2);
    ProbabilityMap map{drawnSize.width, drawnSize.height, 2, {}};
    for (int plane = 0; plane < 2; ++plane) {
        for (qint64 i = 0; i < drawnSize.pixelsPerSlice(); ++i) {
            const float rising = float(i % drawnSize.width % 256) / 255;
            map.values.push_back(plane == 0 ? rising : 1 - rising);
        }
    }
    prediction.setSlice(0, map);
    prediction.setSlice(2, map);
    return prediction;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
}

void put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QStringList namesOf(const QStringList& paths)
{
    QStringList names;
    for (const QString& path : paths)
        names << QFileInfo(path).fileName();
    return names;
}

/// What the test program does as a child of itself: it stops in the middle of an export.
int exportAndWait(const QString& path)
{
    JobContext job({}, [](double fraction, const QString&) {
        if (fraction < 0.5)
            return;
        std::puts("half");
        std::fflush(stdout);
        for (;;)
            pause();
    });
    TiffExporter(drawnVoxel)
        .exportClassIndices(drawnLabels(), ClassTable::membraneAndInside(), path, job);
    return 0;
}

} // namespace

class TiffExporterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void classIndicesAreExactlyTheLabels();
    void masksAreZeroAnd255();
    void probabilitiesAreThoseOfThePrediction();
    void probabilityFilesAreOneAClass();
    void probabilitiesNeedPrediction();
    void voxelSizeIsReadBack();
    void labelsAndPredictionGiveTheSameFile();
    void pathsAreNamedAfterTheClasses();
    void strangeClassNamesBecomeFileNames();
    void equalNamesGetNumbers();
    void progressRisesToTheEnd();
    void cancelLeavesNothing_data();
    void cancelLeavesNothing();
    void failureOfOneMaskLeavesAllOldFiles();
    void killedExportLeavesTheOldFile();

private:
    QString inFolder(const QString& name) const { return m_folder->filePath(name); }

    QStringList files() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    const TiffExporter m_exporter{drawnVoxel};
    const ClassTable m_classes = ClassTable::membraneAndInside();
    JobContext m_nobody;
    QString m_path;
};

void TiffExporterTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    m_path = inFolder(QStringLiteral("cells.tif"));
}

void TiffExporterTest::classIndicesAreExactlyTheLabels()
{
    m_exporter.exportClassIndices(drawnLabels(), m_classes, m_path, m_nobody);
    const auto pages = readTiffPages(m_path);
    QCOMPARE(pages.size(), size_t(3));
    for (int z = 0; z < 3; ++z)
        QVERIFY(pages[size_t(z)].pixels == drawnPage(z, [](int c) { return quint8(c); }));
    QVERIFY(pages[0].description.contains("min=0\nmax=2\n"));
    QCOMPARE(files(), QStringList{QStringLiteral("cells.tif")});
}

void TiffExporterTest::masksAreZeroAnd255()
{
    const QStringList paths = m_exporter.exportMasks(drawnLabels(), m_classes, m_path, m_nobody);
    QCOMPARE(namesOf(paths), (QStringList{QStringLiteral("cells-membrane.tif"),
                                          QStringLiteral("cells-inside.tif")}));
    for (int i = 0; i < 2; ++i) {
        const auto pages = readTiffPages(paths[i]);
        QCOMPARE(pages.size(), size_t(3));
        for (int z = 0; z < 3; ++z)
            QVERIFY(pages[size_t(z)].pixels ==
                    drawnPage(z, [i](int c) { return quint8(c == i + 1 ? 255 : 0); }));
        QVERIFY(pages[0].description.contains("min=0\nmax=255\n"));
    }
    QCOMPARE(files().size(), 2);
}

void TiffExporterTest::probabilitiesAreThoseOfThePrediction()
{
    const Prediction prediction = drawnPrediction();
    m_exporter.exportProbabilities(prediction, 2, m_path, m_nobody);
    const auto pages = readTiffPages(m_path);
    QCOMPARE(pages.size(), size_t(3));
    const std::vector<quint8> expected = prediction.probabilities(0, 2);
    QCOMPARE(pages[0].pixels.size(), qsizetype(expected.size()));
    QVERIFY(std::equal(expected.begin(), expected.end(), pages[0].pixels.begin(),
                       [](quint8 a, char b) { return a == quint8(b); }));
    QCOMPARE(quint8(pages[0].pixels[10]), quint8(245));
    QVERIFY(pages[2].pixels == pages[0].pixels);
    QCOMPARE(pages[1].pixels, QByteArray(pages[1].pixels.size(), '\0'));
}

void TiffExporterTest::probabilityFilesAreOneAClass()
{
    ClassTable classes = m_classes;
    classes.add({.name = QStringLiteral("painted later")});
    const QStringList paths =
        m_exporter.exportProbabilityFiles(drawnPrediction(), classes, m_path, m_nobody);
    QCOMPARE(namesOf(paths), (QStringList{QStringLiteral("cells-membrane.tif"),
                                          QStringLiteral("cells-inside.tif")}));
    m_exporter.exportProbabilities(drawnPrediction(), 2, m_path, m_nobody);
    QVERIFY(contentOf(m_path) == contentOf(paths[1]));
    QVERIFY(contentOf(m_path) != contentOf(paths[0]));
}

void TiffExporterTest::probabilitiesNeedPrediction()
{
    QVERIFY_EXCEPTION_THROWN(m_exporter.exportProbabilities({}, 1, m_path, m_nobody), Error);
    QVERIFY_EXCEPTION_THROWN(
        m_exporter.exportProbabilityFiles(Prediction(drawnSize, 2), m_classes, m_path, m_nobody),
        Error);
    QVERIFY(files().isEmpty());
}

void TiffExporterTest::voxelSizeIsReadBack()
{
    m_exporter.exportClassIndices(drawnLabels(), m_classes, m_path, m_nobody);
    const auto stack = StackReader::open(m_path);
    QCOMPARE(stack->info().voxelSize, drawnVoxel);
    QCOMPARE(stack->size(), drawnSize);
    const GreyImage slice = stack->read(2, drawnSize.sliceRect());
    QCOMPARE(int(slice.pixels[size_t(drawnSize.width) * 100 + 50]), drawnClass({50, 100}, 2));
}

void TiffExporterTest::labelsAndPredictionGiveTheSameFile()
{
    const Prediction prediction = drawnPrediction();
    LabelVolume labels(drawnSize);
    prediction.toEdit(labels, SliceRange::all(3)).applyTo(labels);
    m_exporter.exportClassIndices(labels, m_classes, m_path, m_nobody);

    const QString streamed = inFolder(QStringLiteral("streamed.tif"));
    TiffStackWriter writer(streamed, TiffExporter::classIndexLayout(drawnSize, drawnVoxel, 2));
    const std::vector<quint8> nothing(size_t(drawnSize.pixelsPerSlice()));
    for (int z = 0; z < 3; ++z)
        writer.addPage(prediction.contains(z) ? prediction.classes(z).data() : nothing.data());
    writer.commit();
    QVERIFY(contentOf(streamed) == contentOf(m_path));
}

void TiffExporterTest::pathsAreNamedAfterTheClasses()
{
    const auto names = [this](const QString& base) {
        return namesOf(TiffExporter::pathsOfClasses(base, m_classes)).first();
    };
    QCOMPARE(names(QStringLiteral("/a/b.tif")), QStringLiteral("b-membrane.tif"));
    QCOMPARE(names(QStringLiteral("/a/b.TIFF")), QStringLiteral("b-membrane.TIFF"));
    QCOMPARE(names(QStringLiteral("/a/day 1.2")), QStringLiteral("day 1.2-membrane.tif"));
    QCOMPARE(TiffExporter::pathsOfClasses(QStringLiteral("/a.tif/b"), m_classes).first(),
             QStringLiteral("/a.tif/b-membrane.tif"));
}

void TiffExporterTest::strangeClassNamesBecomeFileNames()
{
    const ClassTable classes = ClassTable::named(
        {QStringLiteral("../../etc/passwd"), QStringLiteral("  ER \n lumen  "), QString(),
         QString::fromUtf8("Mitochondrien-Hülle"), QString(500, u'x')});
    const QStringList paths = TiffExporter::pathsOfClasses(m_path, classes);
    QCOMPARE(namesOf(paths).mid(0, 4),
             (QStringList{QStringLiteral("cells-.._.._etc_passwd.tif"),
                          QStringLiteral("cells-ER lumen.tif"), QStringLiteral("cells-class.tif"),
                          QString::fromUtf8("cells-Mitochondrien-Hülle.tif")}));
    m_exporter.exportMasks(drawnLabels(), classes, m_path, m_nobody);
    QCOMPARE(files().size(), 5);
}

void TiffExporterTest::equalNamesGetNumbers()
{
    const ClassTable classes = ClassTable::named({QStringLiteral("a/b"), QStringLiteral("a?b"),
                                                  QStringLiteral("A_B"), QStringLiteral("a_b-2")});
    QCOMPARE(namesOf(TiffExporter::pathsOfClasses(m_path, classes)),
             (QStringList{QStringLiteral("cells-a_b.tif"), QStringLiteral("cells-a_b-2.tif"),
                          QStringLiteral("cells-A_B-3.tif"), QStringLiteral("cells-a_b-2-2.tif")}));
}

void TiffExporterTest::progressRisesToTheEnd()
{
    std::vector<double> fractions;
    QStringList stages;
    JobContext job({}, [&](double fraction, const QString& stage) {
        fractions.push_back(fraction);
        stages << stage;
    });
    m_exporter.exportMasks(drawnLabels(), m_classes, m_path, job);
    QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
    QCOMPARE(fractions.front(), 0.0);
    QCOMPARE(fractions.back(), 1.0);
    QVERIFY(stages.contains(QStringLiteral("Writing slice 3 of 3")));
    QVERIFY(!stages.contains(QString()));
}

void TiffExporterTest::cancelLeavesNothing_data()
{
    QTest::addColumn<double>("at");
    for (const double at : {0.0, 0.3, 0.79, 0.8, 0.95})
        QTest::addRow("at %g", at) << at;
}

void TiffExporterTest::cancelLeavesNothing()
{
    QFETCH(double, at);
    std::stop_source stop;
    JobContext job(stop.get_token(), [&](double fraction, const QString&) {
        if (fraction >= at)
            stop.request_stop();
    });
    put(inFolder(QStringLiteral("cells-inside.tif")), "old");
    QVERIFY_EXCEPTION_THROWN(m_exporter.exportMasks(drawnLabels(), m_classes, m_path, job),
                             Cancelled);
    QCOMPARE(files(), QStringList{QStringLiteral("cells-inside.tif")});
    QCOMPARE(contentOf(inFolder(QStringLiteral("cells-inside.tif"))), "old");
}

void TiffExporterTest::failureOfOneMaskLeavesAllOldFiles()
{
    put(inFolder(QStringLiteral("cells-membrane.tif")), "old");
    QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("cells-inside.tif")));
    QVERIFY_EXCEPTION_THROWN(m_exporter.exportMasks(drawnLabels(), m_classes, m_path, m_nobody),
                             Error);
    QCOMPARE(contentOf(inFolder(QStringLiteral("cells-membrane.tif"))), "old");
    QCOMPARE(files().size(), 2);
}

void TiffExporterTest::killedExportLeavesTheOldFile()
{
    m_exporter.exportClassIndices(drawnLabels(), m_classes, m_path, m_nobody);
    const QByteArray old = contentOf(m_path);

    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {exportUntilKilled, m_path});
    QVERIFY(child.waitForReadyRead(60'000));
    QCOMPARE(child.readAllStandardOutput().trimmed(), QByteArray("half"));
    QCOMPARE(files().size(), 2); // the half-written one beside the old one
    child.kill();
    QVERIFY(child.waitForFinished());
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);
    QVERIFY(contentOf(m_path) == old);

    m_exporter.exportClassIndices(drawnLabels(), m_classes, m_path, m_nobody);
    QVERIFY(contentOf(m_path) == old);
}

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments[1] == exportUntilKilled)
        return exportAndWait(arguments[2]);
    TiffExporterTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "TiffExporterTest.moc"
