// SPDX-License-Identifier: Apache-2.0
// Projects that earlier versions have written are read as they were. For each version of the
// schema there is one file in tests/core/golden; it is made once and never again.
#include "core/project/EditHistory.h"
#include "core/project/Project.h"
#include "core/store/ProjectCheck.h"
#include "core/store/ProjectSchema.h"
#include "core/store/ProjectStore.h"
#include "tests/support/FileBytes.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QtTest>

using namespace emend;

namespace {

constexpr VolumeSize size{300, 280, 3};

QString goldenPath(int version)
{
    return QStringLiteral(EMEND_SOURCE_DIR "/tests/core/golden/schema-%1.emend").arg(version);
}

std::shared_ptr<const ImageStack> greyStack()
{
    StackInfo info;
    info.size = size;
    info.name = QStringLiteral("grey");
    const std::vector<quint16> slice(size_t(size.pixelsPerSlice()), 100);
    return makeMemoryStack(std::move(info), {size_t(size.slices), slice});
}

QByteArray hashOf(const void* bytes, size_t count)
{
    const QByteArray data(static_cast<const char*>(bytes), qsizetype(count));
    return QCryptographicHash::hash(data, QCryptographicHash::Sha256).toHex().left(16);
}

QByteArray hashOf(const LabelVolume& labels)
{
    const auto perSlice = size_t(size.pixelsPerSlice());
    std::vector<Label> pixels(perSlice * size_t(size.slices));
    for (int z = 0; z < size.slices; ++z)
        labels.read(z, size.sliceRect(), pixels.data() + size_t(z) * perSlice);
    return hashOf(pixels.data(), pixels.size());
}

SourceRecord goldenSource()
{
    SourceRecord source;
    source.absolutePath = QStringLiteral("/data/stack.tif");
    source.relativePath = QStringLiteral("../stack.tif");
    source.bytes = 252'000;
    source.modified = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    source.headHash = QByteArray::fromHex("00112233445566778899aabbccddeeff");
    source.size = size;
    return source;
}

/// A project that is open, with what works on it.
struct OpenProject
{
    explicit OpenProject(const QString& path)
        : store(path, ProjectStore::Mode::edit)
        , contents(store.takeContents())
        , project(greyStack(), contents)
        , history(project)
    {
        history.keepIn(store, contents.steps, contents.position);
    }

    ProjectStore store;
    ProjectContents contents;
    Project project;
    EditHistory history;
};

Prediction goldenPrediction()
{
    Prediction prediction(size, 3);
    ProbabilityMap map{size.width, size.height, 3, {}};
    for (const float best : {0.0F, 1.0F, 2.0F})
        for (int y = 0; y < size.height; ++y)
            for (int x = 0; x < size.width; ++x)
                map.values.push_back((x / 20 + y / 30) % 3 == int(best) ? 0.7F : 0.15F);
    prediction.setSlice(1, map);
    prediction.setSlice(2, map);
    return prediction;
}

void fillRect(OpenProject& open, Rect rect, Label label, const QString& text)
{
    const auto filled = [label](Pixel, Label) {
        return label;
    };
    open.history.perform(editLabels(open.project.labels(), 0, rect, filled), text);
}

void renameSecondClass(OpenProject& open, const QString& name, quint32 rgb, const QString& text)
{
    ClassTable classes = open.project.classes();
    classes.set(2, {name, rgb});
    open.history.performClasses(classes, text);
}

/// Everything that a project of schema 1 can hold. What later versions add goes into a function of
/// their own: this one stays, so that one can see how the file was made.
void makeSchema1(const QString& path)
{
    ProjectFile::create(path, goldenSource(),
                        ClassTable::named({QStringLiteral("membrane"), QStringLiteral("inside"),
                                           QStringLiteral("vesicle")}));
    OpenProject open(path);
    fillRect(open, {10, 10, 60, 40}, Label(1, LabelState::corrected), QStringLiteral("stroke"));
    fillRect(open, {240, 100, 50, 170}, Label(0, LabelState::ignored), QStringLiteral("ignored"));
    renameSecondClass(open, QStringLiteral("mitochondrion"), 0x123456, QStringLiteral("new name"));
    const Prediction prediction = goldenPrediction();
    for (const int z : {1, 2})
        open.history.performInGroup(
            prediction.toEdit(open.project.labels(), SliceRange(std::vector{z})),
            QStringLiteral("prediction"), 1);
    open.history.perform(confirmSlice(open.project.labels(), 2), QStringLiteral("confirmation"));
    fillRect(open, {20, 20, 10, 10}, Label(), QStringLiteral("eraser"));
    fillRect(open, {0, 200, 300, 7}, Label(3, LabelState::corrected), QStringLiteral("line"));
    renameSecondClass(open, QStringLiteral("nucleus"), 0x654321, QStringLiteral("newer name"));
    open.history.undo();
    open.history.undo();
    open.store.putPrediction(1, prediction, 42.5);
    open.store.putVoxelSize({4, 4.5, 35});
    open.store.put(QStringLiteral("view"), R"({"slice":1,"zoom":2.5})");
    open.store.putModel({0, QStringLiteral("membranes"), QByteArray(700, 'm'), R"({"score":0.9})"});
}

/// What is expected after each number of steps done.
struct Moment
{
    const char* undoText;
    const char* labels; ///< the beginning of their SHA-256, worked out without the program
    const char* secondClass;
};

constexpr Moment moments[] = {
    {"", "4a625927e9bd6a6f", "inside"},
    {"stroke", "42ac2750222b7d9c", "inside"},
    {"ignored", "346da64eb90083b8", "inside"},
    {"new name", "346da64eb90083b8", "mitochondrion"},
    {"prediction", "48043fa48e23c568", "mitochondrion"},
    {"confirmation", "a8b23b6f05870b63", "mitochondrion"},
    {"eraser", "e1ce4abb3fb99937", "mitochondrion"},
    {"line", "577a373cfc51d3a9", "mitochondrion"},
    {"newer name", "577a373cfc51d3a9", "nucleus"},
};
constexpr int position = 6;

} // namespace

class GoldenProjectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    /// EMEND_MAKE_GOLDEN=FILE makes a file of the present version; it belongs into the repository
    /// where there is none of that version yet.
    void initTestCase()
    {
        const QString path = qEnvironmentVariable("EMEND_MAKE_GOLDEN");
        if (path.isEmpty())
            return;
        QVERIFY2(!QFile::exists(path), "A golden file is never written again.");
        makeSchema1(path);
        QSKIP("The file was made and nothing was tested.");
    }

    void everyVersionOfTheSchemaHasItsFile()
    {
        for (int version = 1; version <= ProjectSchema::version; ++version) {
            QVERIFY2(QFile::exists(goldenPath(version)),
                     qPrintable(QStringLiteral("The schema is of version %1 now, and nothing shows "
                                               "that its projects will be readable: add %2.")
                                    .arg(version)
                                    .arg(goldenPath(version))));
            Database database(goldenPath(version), Database::Access::readOnly);
            QCOMPARE(ProjectSchema::check(database), version);
        }
    }

    void lookingShowsAllAndWritesNothing()
    {
        const QTemporaryDir folder;
        const QString path = copyIn(folder);
        {
            ProjectStore store(path, ProjectStore::Mode::look);
            verifyContents(store.takeContents());
        }
        QVERIFY(bytesOfFile(path) == bytesOfFile(goldenPath(1)));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }

    void editingShowsAllAndConvertsNothing()
    {
        const QTemporaryDir folder;
        const QString path = copyIn(folder);
        for (int round = 0; round < 2; ++round) {
            ProjectStore store(path, ProjectStore::Mode::edit);
            QVERIFY(!store.wasRecovered());
            verifyContents(store.takeContents());
        }
        Database database(path, Database::Access::readOnly);
        QCOMPARE(ProjectSchema::check(database), 1);
    }

    void theHistoryWalksBackAndForth()
    {
        const QTemporaryDir folder;
        const QString path = copyIn(folder);
        constexpr int last = int(std::size(moments)) - 1;
        OpenProject open(path);
        QCOMPARE(open.history.count(), last);
        int step = position;
        for (; step > 0; --step, open.history.undo())
            verifyMoment(open, step);
        for (; step < last; ++step, open.history.redo())
            verifyMoment(open, step);
        verifyMoment(open, last);
        QVERIFY(open.store.flush());
    }

    void itIsSound()
    {
        JobContext job;
        const CheckReport report = checkProject(goldenPath(1), job);
        QVERIFY(report.isSound());
        QCOMPARE(report.tiles, 12);
    }

private:
    static QString copyIn(const QTemporaryDir& folder)
    {
        const QString path = folder.filePath(QStringLiteral("golden.emend"));
        saveBytes(path, bytesOfFile(goldenPath(1)));
        return path;
    }

    static void verifyMoment(const OpenProject& open, int step)
    {
        const Moment& moment = moments[step];
        QCOMPARE(open.history.undoText(), QString::fromLatin1(moment.undoText));
        QCOMPARE(hashOf(open.project.labels()), QByteArray(moment.labels));
        QCOMPARE(open.project.classes().at(2).name, QString::fromLatin1(moment.secondClass));
    }

    static void verifyContents(const ProjectContents& contents)
    {
        QVERIFY(contents.source == goldenSource());
        QCOMPARE(contents.classes.count(), 3);
        QCOMPARE(contents.classes.at(1).name, QStringLiteral("membrane"));
        QCOMPARE(contents.classes.at(2).name, QStringLiteral("mitochondrion"));
        QCOMPARE(contents.classes.at(2).rgb, 0x123456u);
        QCOMPARE(contents.classes.at(3).name, QStringLiteral("vesicle"));
        QVERIFY(contents.voxelSize == (VoxelSize{4, 4.5, 35}));
        QCOMPARE(contents.view, QByteArray(R"({"slice":1,"zoom":2.5})"));
        QCOMPARE(contents.position, position);
        QCOMPARE(contents.steps.size(), 8);
        QCOMPARE(contents.steps.back().text, QStringLiteral("newer name"));
        QCOMPARE(contents.models.size(), 1);
        QCOMPARE(contents.models[0].name, QStringLiteral("membranes"));
        QCOMPARE(contents.models[0].file, QByteArray(700, 'm'));
        QCOMPARE(contents.models[0].notes, QByteArray(R"({"score":0.9})"));
        verifyLabels(contents.labels);
        verifyPrediction(contents);
    }

    static void verifyLabels(const LabelVolume& labels)
    {
        QCOMPARE(hashOf(labels), QByteArray(moments[position].labels));
        QVERIFY(labels.at({10, 10}, 0) == Label(1, LabelState::corrected));
        QVERIFY(labels.at({25, 25}, 0) == Label());
        QVERIFY(labels.at({289, 269}, 0) == Label(0, LabelState::ignored));
        QVERIFY(labels.at({0, 0}, 1) == Label(1, LabelState::predicted));
        QVERIFY(labels.at({20, 0}, 2) == Label(2, LabelState::corrected));
        const std::array<qint64, 4> counts = {300 * 280 - 60 * 40 + 100 - 50 * 170, 0,
                                              60 * 40 - 100, 50 * 170};
        QVERIFY(labels.countStates(0) == counts);
    }

    static void verifyPrediction(const ProjectContents& contents)
    {
        const Prediction& prediction = contents.prediction;
        QVERIFY(prediction.contains(1) && !prediction.contains(0) && !prediction.contains(2));
        QCOMPARE(prediction.classCount(), 3);
        QCOMPARE(contents.unsure.at(1), 42.5);
        const std::vector<quint8> classes = prediction.classes(1);
        QCOMPARE(classes.size(), size_t(size.pixelsPerSlice()));
        for (int y = 0; y < size.height; ++y)
            for (int x = 0; x < size.width; ++x)
                QCOMPARE(int(classes[size_t(y * size.width + x)]), 1 + (x / 20 + y / 30) % 3);
        QCOMPARE(prediction.probabilities(1, 2).front(), 38); // of 255: 0.15
    }
};

QTEST_GUILESS_MAIN(GoldenProjectTest)
#include "GoldenProjectTest.moc"
