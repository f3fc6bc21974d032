// SPDX-License-Identifier: Apache-2.0
#include "core/store/ProjectStore.h"

#include "core/store/ProjectSchema.h"
#include "tests/support/FileBytes.h"
#include "tests/support/ProjectFixture.h"

#include <QFile>
#include <QtTest>

using namespace emend;

namespace {

const Label membrane(1, LabelState::corrected);
const Label inside(2, LabelState::corrected);

/// Steps applied and put, as the history does it.
class Writer
{
public:
    explicit Writer(ProjectStore& store)
        : m_store(store)
        , m_contents(store.takeContents())
        , labels(m_contents.labels)
        , step(m_contents.position)
    {
    }

    void put(const LabelEdit& edit, StepMode mode = StepMode::append)
    {
        edit.applyTo(labels);
        if (mode == StepMode::append)
            ++step;
        m_store.putStep({step, QStringLiteral("step %1").arg(step), edit, {}}, mode);
    }

private:
    ProjectStore& m_store;
    ProjectContents m_contents;

public:
    LabelVolume labels;
    qint64 step;
};

} // namespace

class ProjectStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void everyPixelComesBack()
    {
        const ProjectFixture fixture;
        std::mt19937 random(1);
        std::vector<Label> pixels;
        {
            const auto store = fixture.open();
            Writer writer(*store);
            for (int i = 0; i < 40; ++i)
                writer.put(ProjectFixture::randomSquare(writer.labels, random));
            pixels = ProjectFixture::pixels(writer.labels);
        }
        const auto store = fixture.open();
        const ProjectContents contents = store->takeContents();
        QVERIFY(!store->wasRecovered());
        QCOMPARE(contents.position, qint64(contents.steps.size()));
        QVERIFY(ProjectFixture::pixels(contents.labels) == pixels);
        for (int z = 0; z < ProjectFixture::size.slices; ++z) {
            qint64 corrected = 0;
            const auto perSlice = ProjectFixture::size.pixelsPerSlice();
            for (qint64 i = 0; i < perSlice; ++i)
                corrected += pixels[size_t(z * perSlice + i)].isCorrected();
            QCOMPARE(contents.labels.countStates(z)[size_t(LabelState::corrected)], corrected);
        }
    }

    void tilesLeaveMemoryAndComeBack()
    {
        const ProjectFixture fixture;
        const auto store = fixture.open();
        Writer writer(*store);
        writer.put(ProjectFixture::square(writer.labels, 0, {250, 0, 20, 20}, membrane));
        QVERIFY(store->flush());
        const TileRef tile = writer.labels.tile({0, 0, 0});
        QVERIFY(tile.stored().id() > 0);
        QCOMPARE(tile.labels()->at(255, 5), membrane);
        QCOMPARE(writer.labels.at({256, 5}, 0), membrane);
    }

    void historyWalksAfterARestart()
    {
        const ProjectFixture fixture;
        std::vector<std::vector<Label>> states;
        std::mt19937 random(2);
        {
            const auto store = fixture.open();
            Writer writer(*store);
            states.push_back(ProjectFixture::pixels(writer.labels));
            for (int i = 0; i < 10; ++i) {
                writer.put(ProjectFixture::randomSquare(writer.labels, random));
                states.push_back(ProjectFixture::pixels(writer.labels));
            }
            store->moveTo(7);
        }
        const auto store = fixture.open();
        const ProjectContents contents = store->takeContents();
        QCOMPARE(contents.position, 7);
        QCOMPARE(contents.steps.size(), 10);
        QCOMPARE(contents.steps[3].text, QStringLiteral("step 4"));
        LabelVolume labels = contents.labels;
        QVERIFY(ProjectFixture::pixels(labels) == states[7]);
        for (qint64 step = 7; step > 0; --step) {
            store->edit(step).inverted().applyTo(labels);
            QVERIFY(ProjectFixture::pixels(labels) == states[size_t(step - 1)]);
        }
        for (qint64 step = 1; step <= 10; ++step)
            store->edit(step).applyTo(labels);
        QVERIFY(ProjectFixture::pixels(labels) == states[10]);
    }

    void aNewStepForgetsWhatWasUndone()
    {
        const ProjectFixture fixture;
        std::mt19937 random(3);
        std::vector<Label> pixels;
        {
            const auto store = fixture.open();
            Writer writer(*store);
            for (int i = 0; i < 5; ++i)
                writer.put(ProjectFixture::randomSquare(writer.labels, random));
            store->flush();
            store->edit(5).inverted().applyTo(writer.labels);
            store->edit(4).inverted().applyTo(writer.labels);
            store->moveTo(3);
            writer.step = 3;
            writer.put(ProjectFixture::square(writer.labels, 2, {0, 0, 9, 9}, inside));
            pixels = ProjectFixture::pixels(writer.labels);
        }
        const auto store = fixture.open();
        const ProjectContents contents = store->takeContents();
        QCOMPARE(contents.steps.size(), 4);
        QCOMPARE(contents.position, 4);
        QVERIFY(ProjectFixture::pixels(contents.labels) == pixels);
    }

    void anUnfinishedStrokeIsReplacedOrWithdrawn()
    {
        const ProjectFixture fixture;
        const auto store = fixture.open();
        Writer writer(*store);
        const LabelVolume before = writer.labels;
        const LabelEdit half = ProjectFixture::square(before, 0, {0, 0, 300, 10}, membrane);
        const LabelEdit whole = ProjectFixture::square(before, 0, {0, 0, 10, 300}, membrane);
        writer.put(half);
        writer.labels = before;
        writer.put(whole, StepMode::replace);
        store->putStep({2,
                        QStringLiteral("given up"),
                        ProjectFixture::square(writer.labels, 1, {0, 0, 5, 5}, inside),
                        {}});
        store->putStep({2, {}, {}, {}}, StepMode::withdraw);
        QVERIFY(store->flush());
        const auto look = fixture.open(ProjectStore::Mode::look);
        const ProjectContents contents = look->takeContents();
        QCOMPARE(contents.position, 1);
        QCOMPARE(contents.steps.size(), 1);
        QCOMPARE(contents.labels.at({250, 5}, 0), Label());
        QCOMPARE(contents.labels.countStates(0)[size_t(LabelState::corrected)], 3000);
        QCOMPARE(contents.labels.countStates(1)[size_t(LabelState::corrected)], 0);
    }

    void aPredictionThatArrivesPieceByPieceIsOneStep()
    {
        const ProjectFixture fixture;
        const auto store = fixture.open();
        Writer writer(*store);
        const Label predicted(2, LabelState::predicted);
        writer.put(ProjectFixture::square(writer.labels, 0, {0, 0, 700, 520}, predicted));
        writer.put(ProjectFixture::square(writer.labels, 1, {0, 0, 700, 520}, predicted),
                   StepMode::extend);
        QVERIFY(store->flush());
        QCOMPARE(store->edit(1).slices(), (std::vector<int>{0, 1}));
        store->moveTo(0);
        QVERIFY(store->flush());
        const auto look = fixture.open(ProjectStore::Mode::look);
        const ProjectContents contents = look->takeContents();
        QVERIFY(contents.labels.touchedTiles(0).empty());
        QVERIFY(contents.labels.touchedTiles(1).empty());
    }

    void predictionsModelsClassesAndViewComeBack()
    {
        const ProjectFixture fixture;
        const VolumeSize size = ProjectFixture::size;
        ProbabilityMap map{size.width, size.height, 2, {}};
        for (qint64 i = 0; i < size.pixelsPerSlice(); ++i)
            map.values.push_back(float(i % 256) / 255);
        for (qint64 i = 0; i < size.pixelsPerSlice(); ++i)
            map.values.push_back(1 - map.values[size_t(i)]);
        Prediction prediction(size, 2);
        prediction.setSlice(1, map);
        const std::vector<quint8> expected = prediction.probabilities(1, 1);
        const QByteArray model(9'000'000, 'm'); // longer than one piece
        ClassTable classes = ClassTable::named({QStringLiteral("Zellkörper"), QStringLiteral("b")});
        {
            const auto store = fixture.open();
            store->putPrediction(1, prediction, 12.5);
            store->putModel({0, QStringLiteral("larva 1"), model, "{}"});
            store->putClasses(classes);
            store->putVoxelSize({4.6, 4.6, 45});
            store->put(QStringLiteral("view"), "{\"slice\":2}");
        }
        const auto store = fixture.open();
        const ProjectContents contents = store->takeContents();
        QVERIFY(contents.prediction.contains(1) && !contents.prediction.contains(0));
        QVERIFY(contents.prediction.probabilities(1, 1) == expected);
        QCOMPARE(contents.unsure.at(1), 12.5);
        QCOMPARE(contents.models.size(), 1);
        QVERIFY(contents.models[0].file == model);
        QVERIFY(contents.classes == classes);
        QCOMPARE(contents.voxelSize, (VoxelSize{4.6, 4.6, 45}));
        QCOMPARE(contents.view, QByteArray("{\"slice\":2}"));
    }

    void aSecondProgramIsRefusedAndNamesTheFirst()
    {
        const ProjectFixture fixture;
        const auto store = fixture.open();
        Writer writer(*store);
        writer.put(ProjectFixture::square(writer.labels, 0, {0, 0, 9, 9}, membrane));
        QVERIFY(store->flush());
        const QByteArray before = bytesOfFile(fixture.path());
        for (int i = 0; i < 100; ++i) {
            try {
                fixture.open();
                QFAIL("opened twice");
            } catch (const Error& error) {
                QVERIFY2(error.text().contains(QString::number(QCoreApplication::applicationPid())),
                         qPrintable(error.text()));
            }
        }
        QVERIFY(bytesOfFile(fixture.path()) == before);
        // A copy to look at shows what was saved, and leaves the file alone, too.
        const auto look = fixture.open(ProjectStore::Mode::look);
        const ProjectContents seen = look->takeContents();
        QCOMPARE(seen.labels.at({3, 3}, 0), membrane);
        QVERIFY(bytesOfFile(fixture.path()) == before);
    }

    void readOnlyMediaAreRead()
    {
        const ProjectFixture fixture;
        {
            const auto store = fixture.open();
            Writer writer(*store);
            writer.put(ProjectFixture::square(writer.labels, 0, {0, 0, 9, 9}, membrane));
        }
        QFile::setPermissions(fixture.path(), QFileDevice::ReadOwner);
        const auto store = fixture.open(ProjectStore::Mode::look);
        QCOMPARE(store->takeContents().labels.at({3, 3}, 0), membrane);
        QVERIFY(store->isReadOnly());
        QVERIFY(!QFile::exists(fixture.path() + QStringLiteral("-wal")));
    }

    void flippedBitsOfATileAreNoticed()
    {
        const ProjectFixture fixture;
        std::mt19937 random(4);
        {
            const auto store = fixture.open();
            Writer writer(*store);
            for (int i = 0; i < 60; ++i)
                writer.put(ProjectFixture::randomSquare(writer.labels, random));
        }
        const QByteArray sound = bytesOfFile(fixture.path());
        const auto pixels = [&] {
            const auto store = fixture.open(ProjectStore::Mode::look);
            return ProjectFixture::pixels(store->takeContents().labels);
        }();
        int noticed = 0;
        for (int i = 0; i < 150; ++i) {
            QByteArray bytes = sound;
            const auto at = qsizetype(100 + random() % unsigned(bytes.size() - 100));
            bytes[at] = char(bytes[at] ^ (1 << random() % 8));
            QVERIFY(saveBytes(fixture.path(), bytes));
            try {
                const auto store = fixture.open(ProjectStore::Mode::look);
                const ProjectContents contents = store->takeContents();
                bool isDamaged = false;
                for (int z = 0; z < ProjectFixture::size.slices; ++z) {
                    for (const TileKey key : contents.labels.tilesIn(z, {0, 0, 700, 520})) {
                        const TileRef tile = contents.labels.tile(key);
                        if (tile.isDamaged()) {
                            isDamaged = true;
                            continue;
                        }
                        const auto labels = tile ? tile.labels() : nullptr;
                        for (int y = 0; y < std::min(256, 520 - key.row * 256); ++y)
                            for (int x = 0; x < std::min(256, 700 - key.column * 256); ++x) {
                                const size_t place =
                                    (size_t(z) * 520 + size_t(key.row) * 256 + size_t(y)) * 700 +
                                    size_t(key.column) * 256 + size_t(x);
                                const Label shown = labels ? labels->at(x, y) : Label();
                                QVERIFY(shown == pixels[place]);
                            }
                    }
                }
                noticed += isDamaged;
            } catch (const Error&) {
                ++noticed;
            }
        }
        QVERIFY(noticed > 0);
    }

    void foreignFilesAreRefused()
    {
        const ProjectFixture fixture;
        const QString path = fixture.folder() + QStringLiteral("/other.emend");
        for (const QByteArray& bytes : {QByteArray("hello"), QByteArray(5000, '\0'),
                                        bytesOfFile(fixture.path()).left(3000)}) {
            QVERIFY(saveBytes(path, bytes));
            QVERIFY_EXCEPTION_THROWN(ProjectStore(path, ProjectStore::Mode::look), Error);
        }
        {
            Database other(fixture.folder() + QStringLiteral("/plain.emend"),
                           Database::Access::create);
            other.execute("CREATE TABLE meta(name TEXT)");
        }
        QVERIFY_EXCEPTION_THROWN(ProjectStore(fixture.folder() + QStringLiteral("/plain.emend"),
                                              ProjectStore::Mode::edit),
                                 Error);
    }

    void tablesThatAreNotOursAreRefused()
    {
        const ProjectFixture fixture;
        {
            Database database(fixture.path(), Database::Access::create);
            database.execute("CREATE TRIGGER t AFTER INSERT ON tile BEGIN DELETE FROM label; END");
        }
        QVERIFY_EXCEPTION_THROWN(fixture.open(), Error);
    }

    void aCopyHasEverything()
    {
        const ProjectFixture fixture;
        const QString copyPath = fixture.folder() + QStringLiteral("/copy.emend");
        std::vector<Label> pixels;
        {
            const auto store = fixture.open();
            Writer writer(*store);
            std::mt19937 random(5);
            for (int i = 0; i < 20; ++i)
                writer.put(ProjectFixture::randomSquare(writer.labels, random));
            store->copyTo(copyPath);
            pixels = ProjectFixture::pixels(writer.labels);
        }
        ProjectStore copy(copyPath, ProjectStore::Mode::edit);
        QVERIFY(ProjectFixture::pixels(copy.takeContents().labels) == pixels);
        QCOMPARE(QDir(fixture.folder())
                     .entryList(QDir::Files | QDir::Hidden)
                     .filter(QStringLiteral("tmp")),
                 QStringList());
    }
};

QTEST_GUILESS_MAIN(ProjectStoreTest)
#include "ProjectStoreTest.moc"
