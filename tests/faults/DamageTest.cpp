// SPDX-License-Identifier: Apache-2.0
// Project files with flipped bits, empty pages and missing ends: no crash, no label that was never
// there, and what is intact comes back.
#include "core/store/ProjectCheck.h"
#include "core/store/Salvage.h"
#include "tests/faults/ScriptedWork.h"
#include "tests/support/FileBytes.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace emend;

class DamageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        ScriptedWork::create(path());
        {
            ProjectStore store(path(), ProjectStore::Mode::edit);
            ScriptedWork work(store);
            for (int step = 0; step < 150; ++step)
                work.doStep(step);
            m_pixels = work.pixels();
            m_labels = work.project().labels();
            for (int z = 0; z < ScriptedWork::size.slices; ++z)
                m_tiles += qint64(m_labels.touchedTiles(z).size());
        }
        m_sound = bytesOfFile(path());
        QVERIFY(m_tiles > 10);
    }

    void aSoundProjectIsCalledSound()
    {
        JobContext job;
        const CheckReport report = checkProject(path(), job);
        QVERIFY(report.isSound());
        QCOMPARE(report.tiles, m_tiles);
    }

    void flippedBitsShowNoWrongLabel()
    {
        const int flips = faultCount(1000, 5000);
        std::mt19937 random(21);
        int noticed = 0;
        for (int i = 0; i < flips; ++i) {
            QByteArray bytes = m_sound;
            const auto at = qsizetype(random() % unsigned(bytes.size()));
            bytes[at] = char(bytes[at] ^ (1 << random() % 8));
            noticed += examine(bytes, i % 10 == 0);
        }
        qInfo("%d of %d flipped bits hit something and were noticed; no wrong label", noticed,
              flips);
        QVERIFY(noticed > flips / 4);
    }

    void emptiedPagesShowNoWrongLabel()
    {
        const int pages = faultCount(200, 1000);
        std::mt19937 random(22);
        for (int i = 0; i < pages; ++i) {
            QByteArray bytes = m_sound;
            const auto page = qsizetype(random() % unsigned(bytes.size() / 4096));
            bytes.replace(page * 4096, 4096, QByteArray(4096, '\0'));
            examine(bytes, true);
        }
    }

    void missingEndsShowNoWrongLabel()
    {
        const int cuts = faultCount(200, 1000);
        std::mt19937 random(23);
        for (int i = 0; i < cuts; ++i)
            examine(m_sound.left(qsizetype(random() % unsigned(m_sound.size()))), true);
    }

    void aForeignLogIsNoPartOfTheProject()
    {
        const QTemporaryDir other;
        const QString otherPath = other.filePath(QStringLiteral("other.emend"));
        ScriptedWork::create(otherPath);
        ProjectStore store(otherPath, ProjectStore::Mode::edit);
        ScriptedWork work(store);
        for (int step = 0; step < 30; ++step)
            work.doStep(step + 500);
        QVERIFY(store.flush());
        const QByteArray log = bytesOfFile(otherPath + QStringLiteral("-wal"));
        QVERIFY(!log.isEmpty());
        QVERIFY(saveBytes(path(), m_sound));
        QVERIFY(saveBytes(path() + QStringLiteral("-wal"), log));
        {
            ProjectStore seen(path(), ProjectStore::Mode::look);
            const ScriptedWork found(seen);
            QVERIFY(showsNothingWrong(found.project().labels()));
            QVERIFY(bytesOfFile(path()) == m_sound);
        }
        ProjectStore edited(path(), ProjectStore::Mode::edit);
        const ScriptedWork found(edited);
        QVERIFY(showsNothingWrong(found.project().labels()));
        QVERIFY(bytesOfFile(path() + QStringLiteral("-wal.foreign")) == log);
    }

    void eachDamagedTileIsFoundAndEachIntactOneComesBack()
    {
        std::mt19937 random(24);
        const std::vector<QByteArray> tiles = tilesOfNow();
        for (int i = 0; i < 100; ++i) {
            QByteArray bytes = m_sound;
            const QByteArray& tile = tiles[random() % tiles.size()];
            // Every copy of it: SQLite leaves some behind when it moves rows.
            const QByteArray head = tile.left(40);
            const auto at = qsizetype(random() % 40u);
            const auto bit = char(1 << random() % 8);
            qsizetype copies = 0;
            for (qsizetype start = bytes.indexOf(head); start >= 0;
                 start = bytes.indexOf(head, start + 1), ++copies)
                bytes[start + at] = char(bytes[start + at] ^ bit);
            QVERIFY(copies > 0);
            QVERIFY(saveBytes(path(), bytes));
            JobContext job;
            const CheckReport report = checkProject(path(), job);
            QCOMPARE(report.damaged.size(), 1);
            const QString repaired = m_folder.filePath(QStringLiteral("repaired.emend"));
            const SalvageReport salvage = salvageProject(path(), repaired, job);
            QCOMPARE(salvage.tiles, m_tiles - 1);
            QCOMPARE(salvage.lost.size(), 1);
            QVERIFY(salvage.lost[0].key == report.damaged[0].key);
            QVERIFY(checkProject(repaired, job).isSound());
            ProjectStore store(repaired, ProjectStore::Mode::edit);
            const ScriptedWork found(store);
            QVERIFY(showsNothingWrong(found.project().labels()));
        }
        QVERIFY(saveBytes(path(), m_sound));
    }

    void aSoundProjectIsSalvagedWhole()
    {
        QVERIFY(saveBytes(path(), m_sound));
        JobContext job;
        const QString repaired = m_folder.filePath(QStringLiteral("whole.emend"));
        const SalvageReport report = salvageProject(path(), repaired, job);
        QCOMPARE(report.tiles, m_tiles);
        ProjectStore store(repaired, ProjectStore::Mode::edit);
        ProjectStore original(path(), ProjectStore::Mode::edit);
        ScriptedWork found(store);
        ScriptedWork expected(original);
        QVERIFY(found.looksLike(expected));
        while (expected.history().canUndo()) {
            expected.history().undo();
            found.history().undo();
        }
        QVERIFY(found.looksLike(expected));
    }

private:
    QString path() const { return m_folder.filePath(QStringLiteral("work.emend")); }

    /// The compressed bytes of the tiles that stand somewhere now.
    std::vector<QByteArray> tilesOfNow()
    {
        std::vector<QByteArray> tiles;
        Database database(path(), Database::Access::readOnly);
        Statement all(database, "SELECT data FROM tile WHERE id IN (SELECT tile FROM label)");
        while (all.step())
            tiles.push_back(all.bytes(0));
        return tiles;
    }

    /// Every pixel is as it was, or its tile is untouched or damaged.
    bool showsNothingWrong(const LabelVolume& labels) const
    {
        for (int z = 0; z < labels.size().slices; ++z) {
            for (const TileKey key : labels.touchedTiles(z)) {
                const TileRef tile = labels.tile(key);
                if (tile.isDamaged())
                    continue;
                const TileRef truth = m_labels.tile(key);
                const auto shown = tile.labels();
                const Rect rect = key.rect().intersected(labels.size().sliceRect());
                for (int y = rect.y; y < rect.bottom(); ++y)
                    for (int x = rect.x; x < rect.right(); ++x)
                        if (shown->at(x - key.column * 256, y - key.row * 256) != was({x, y}, z))
                            return false;
            }
        }
        return true;
    }

    Label was(Pixel pixel, int z) const
    {
        const VolumeSize size = ScriptedWork::size;
        return m_pixels[size_t(z) * size_t(size.pixelsPerSlice()) +
                        size_t(pixel.y) * size_t(size.width) + size_t(pixel.x)];
    }

    /// Opens the file in every way there is. Returns whether the damage was noticed.
    bool examine(const QByteArray& bytes, bool alsoSalvages)
    {
        bool isNoticed = false;
        saveBytes(path(), bytes);
        try {
            ProjectStore store(path(), ProjectStore::Mode::look);
            ScriptedWork found(store);
            for (int z = 0; z < ScriptedWork::size.slices; ++z)
                for (const TileKey key : found.project().labels().touchedTiles(z))
                    isNoticed |= found.project().labels().tile(key).isDamaged();
            if (!showsNothingWrong(found.project().labels()))
                QTest::qFail("a label is shown that never was", __FILE__, __LINE__);
        } catch (const Error&) {
            isNoticed = true;
        }
        JobContext job;
        try {
            isNoticed |= !checkProject(path(), job).isSound();
        } catch (const Error&) {
            isNoticed = true;
        }
        if (alsoSalvages)
            salvageAndLook();
        return isNoticed;
    }

    void salvageAndLook()
    {
        JobContext job;
        const QString repaired = m_folder.filePath(QStringLiteral("repaired.emend"));
        try {
            salvageProject(path(), repaired, job);
        } catch (const Error&) {
            return; // not even the stack's name is left
        }
        if (!checkProject(repaired, job).isSound())
            QTest::qFail("a repaired project is not sound", __FILE__, __LINE__);
        ProjectStore store(repaired, ProjectStore::Mode::look);
        const ScriptedWork found(store);
        if (!showsNothingWrong(found.project().labels()))
            QTest::qFail("a label came back that never was", __FILE__, __LINE__);
    }

    QTemporaryDir m_folder;
    QByteArray m_sound;
    std::vector<Label> m_pixels;
    LabelVolume m_labels;
    qint64 m_tiles = 0;
};

QTEST_GUILESS_MAIN(DamageTest)
#include "DamageTest.moc"
