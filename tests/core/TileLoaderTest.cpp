// SPDX-License-Identifier: Apache-2.0
#include "core/image/TileLoader.h"

#include "core/Error.h"
#include "tests/support/SyntheticStack.h"

#include <QSignalSpy>
#include <QtTest>

#include <mutex>
#include <semaphore>

using namespace emend;

namespace {

/// Remembers which slices it was asked for, and waits before each until it may go on.
class GatedSource : public SliceSource
{
public:
    struct Gate
    {
        std::counting_semaphore<> mayRead{0};
        std::counting_semaphore<> begun{0};
        std::mutex mutex;
        std::vector<int> slices;
    };

    explicit GatedSource(std::shared_ptr<Gate> gate)
        : m_gate(std::move(gate))
    {
    }

    void read(int z, Rect rect, quint16* out) override
    {
        {
            const std::lock_guard lock(m_gate->mutex);
            m_gate->slices.push_back(z);
        }
        m_gate->begun.release();
        m_gate->mayRead.acquire();
        std::fill_n(out, rect.pixelCount(), quint16(z));
    }

private:
    std::shared_ptr<Gate> m_gate;
};

class BrokenSource : public SliceSource
{
public:
    void read(int, Rect, quint16*) override { throw Error(QStringLiteral("The disk is gone.")); }
};

std::shared_ptr<const ImageStack> gatedStack(const std::shared_ptr<GatedSource::Gate>& gate)
{
    return std::make_shared<ImageStack>(StackInfo{.size = {64, 64, 40}},
                                        std::make_unique<GatedSource>(gate));
}

} // namespace

class TileLoaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void whatIsLoadedIsInTheCache()
    {
        const auto stack = SyntheticStack::membranes(300, 2).stack();
        TileLoader loader(stack);
        QSignalSpy loaded(&loader, &TileLoader::loaded);
        const Rect rect{10, 20, 200, 100};
        loader.request(1, rect, 2);
        QVERIFY(loaded.wait());
        QCOMPARE(loaded.first().at(0).toInt(), 1);
        QCOMPARE(loaded.first().at(1).value<Rect>(), rect);
        QCOMPARE(loaded.first().at(2).toInt(), 2);
        GreyImage image;
        QVERIFY(stack->readCached(1, rect, 2, image));
        QCOMPARE(image.pixels, stack->read(1, rect, 2).pixels);
    }

    void loadedIsAnnouncedOnTheLoadersThread()
    {
        TileLoader loader(SyntheticStack::membranes(64, 1).stack());
        QThread* announcedOn = nullptr;
        connect(
            &loader, &TileLoader::loaded, &loader,
            [&announcedOn] { announcedOn = QThread::currentThread(); }, Qt::DirectConnection);
        loader.request(0, {0, 0, 64, 64}, 1);
        QTRY_COMPARE(announcedOn, QThread::currentThread());
    }

    void theNewestRequestIsServedFirst()
    {
        const auto gate = std::make_shared<GatedSource::Gate>();
        TileLoader loader(gatedStack(gate));
        QSignalSpy loaded(&loader, &TileLoader::loaded);
        loader.request(0, {0, 0, 8, 8}, 1);
        loader.request(1, {0, 0, 8, 8}, 1);
        gate->begun.acquire();
        gate->begun.acquire(); // both threads are busy now
        for (const int z : {2, 3, 4})
            loader.request(z, {0, 0, 8, 8}, 1);
        for (int i = 0; i < 3; ++i) {
            gate->mayRead.release();
            gate->begun.acquire();
        }
        gate->mayRead.release(2);
        QTRY_COMPARE(loaded.count(), 5);
        const std::lock_guard lock(gate->mutex);
        QCOMPARE(std::vector<int>(gate->slices.begin() + 2, gate->slices.end()),
                 (std::vector<int>{4, 3, 2}));
    }

    void droppedRequestsAreNotServed()
    {
        const auto gate = std::make_shared<GatedSource::Gate>();
        TileLoader loader(gatedStack(gate));
        QSignalSpy loaded(&loader, &TileLoader::loaded);
        loader.request(0, {0, 0, 8, 8}, 1);
        loader.request(1, {0, 0, 8, 8}, 1);
        gate->begun.acquire();
        gate->begun.acquire();
        loader.request(2, {0, 0, 8, 8}, 1);
        loader.dropPending();
        loader.request(3, {0, 0, 8, 8}, 1);
        gate->mayRead.release(3);
        QTRY_COMPARE(loaded.count(), 3);
        const std::lock_guard lock(gate->mutex);
        QVERIFY(std::find(gate->slices.begin(), gate->slices.end(), 2) == gate->slices.end());
    }

    void aFailureIsAnnouncedInWords()
    {
        const auto stack = std::make_shared<ImageStack>(StackInfo{.size = {64, 64, 1}},
                                                        std::make_unique<BrokenSource>());
        TileLoader loader(stack);
        QSignalSpy failed(&loader, &TileLoader::failed);
        loader.request(0, {0, 0, 8, 8}, 1);
        QVERIFY(failed.wait());
        QCOMPARE(failed.first().first().toString(), QStringLiteral("The disk is gone."));
    }

    void aLoaderMayGoWhileItsThreadsAreBusy()
    {
        const auto stack = SyntheticStack::membranes(200, 4).stack();
        for (int i = 0; i < 20; ++i) {
            TileLoader loader(stack);
            for (int z = 0; z < 4; ++z)
                loader.request(z, {0, 0, 200, 200}, 1);
        }
        QCoreApplication::processEvents();
        GreyImage image;
        QVERIFY(!stack->readCached(0, {0, 0, 200, 200}, 64, image));
    }
};

QTEST_GUILESS_MAIN(TileLoaderTest)
#include "TileLoaderTest.moc"
