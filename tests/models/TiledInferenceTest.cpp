// SPDX-License-Identifier: Apache-2.0
#include "models/torch/prediction/TiledInference.h"

#include "tests/support/CountingAllocator.h"
#include "tests/support/LateRuntime.h"
#include "tests/support/RandomModel.h"

#include <QTest>

#include <cmath>
#include <new>
#include <optional>

using namespace emend;

namespace {

constexpr PredictorOptions options = {.precision = Precision::fp32, .tilePx = 64, .batch = 4};

float largestDifference(const TiledInference::Planes& a, const TiledInference::Planes& b)
{
    float largest = a.size() == b.size() ? 0.0F : 1.0F;
    for (size_t c = 0; c < std::min(a.size(), b.size()); ++c) {
        for (size_t i = 0; i < a[c].size(); ++i)
            largest = std::max(largest, std::abs(a[c][i] - b[c].at(i)));
    }
    return largest;
}

} // namespace

/// Memory that runs out at any moment, also in the middle of the network.
class TiledInferenceTest : public QObject
{
    Q_OBJECT

    std::shared_ptr<const Checkpoint> m_model = randomModel(UNetSpec::standard(2, 2));
    std::shared_ptr<const ImageStack> m_stack;
    std::optional<ScaledSlice> m_slice;
    SliceNormalisation m_normalisation;
    TiledInference::Planes m_expected;
    TiledInference::Planes m_expectedOfCard; ///< that of tiles of one shape

    TiledInference::Planes run(TiledInference& tiles)
    {
        JobContext job;
        return tiles.run(*m_slice, m_normalisation, m_slice->rect(), job);
    }

private Q_SLOTS:

    void initTestCase()
    {
        CountingAllocator::get();
        constexpr int width = 120;
        constexpr int height = 100;
        std::vector<quint16> pixels;
        for (int i = 0; i < width * height; ++i)
            pixels.push_back(quint16(128 + 60 * std::sin(i * 0.013) + i * 7919 % 61));
        m_stack = makeMemoryStack({.size = {width, height, 1}, .bitsPerPixel = 8}, {pixels});
        m_slice.emplace(*m_stack, 0, PixelScale());
        m_normalisation = SliceNormalisation::of(*m_slice);
        TiledInference roomy(*m_model, ComputeDevice::cpu(), options);
        m_expected = run(roomy);
        TiledInference likeCard(*m_model, ComputeDevice::cpu(), options);
        likeCard.setRuntime(nullptr);
        m_expectedOfCard = run(likeCard);
        QCOMPARE(roomy.batch(), 4);
    }

    void aHundredFailedAllocationsAreSurvived()
    {
        CountingAllocator& memory = CountingAllocator::get();
        TiledInference roomy(*m_model, ComputeDevice::cpu(), options);
        memory.reset();
        run(roomy);
        const int last = memory.allocations() * 9 / 10; // libraries remember some of it
        QVERIFY(last >= 100);
        int stepsDown = 0;
        for (int i = 0; i < 100; ++i) {
            TiledInference tiles(*m_model, ComputeDevice::cpu(), options);
            memory.failAt(1 + i * (last - 1) / 99);
            const auto planes = run(tiles);
            QVERIFY(memory.hasFailed());
            stepsDown += tiles.batch() < 4 ? 1 : 0;
            QVERIFY(largestDifference(planes, m_expected) <= 1e-5F);
        }
        QVERIFY(stepsDown >= 90); // some the libraries can do without
    }

    void whatFailedHoldsNoMemory()
    {
        TiledInference tiles(*m_model, ComputeDevice::cpu(), options);
        run(tiles);
        CountingAllocator& memory = CountingAllocator::get();
        const qint64 before = memory.bytes();
        memory.failAt(40);
        run(tiles);
        QVERIFY(memory.bytes() - before < 100'000); // libraries keep a little; one map is more
    }

    void theAnswerMayBeCollectedOnTheDevice()
    {
        TiledInference tiles(*m_model, ComputeDevice::cpu(), options);
        tiles.setLadder(MemoryLadder({{64, 4}, true, true}, TileChoice{64, 1}, 16));
        QVERIFY(largestDifference(run(tiles), m_expected) <= 1e-6F);
    }

    void everyRungGivesTheSameAnswer()
    {
        // A card's ladder on the CPU's memory: each rung fails but the last.
        const MemoryLadder ladder({{128, 4}, true, true}, TileChoice{128, 1}, 16);
        MemoryLadder steps = ladder;
        int rungs = 0;
        for (bool goesOn = true; goesOn; goesOn = steps.stepDown(), ++rungs) {
            TiledInference tiles(*m_model, ComputeDevice::cpu(), options);
            tiles.setLadder(ladder);
            int failures = rungs;
            tiles.setObserver([&failures](int, int) {
                if (failures-- > 0)
                    throw std::bad_alloc();
            });
            const auto planes = run(tiles);
            QVERIFY(tiles.ladder().rung() == steps.rung());
            QVERIFY(largestDifference(planes, m_expected) <= 1e-5F);
        }
        QCOMPARE(rungs, 7);
    }

    void aGraphGivesTheSameAnswer()
    {
        TiledInference tiles(*m_model, ComputeDevice::cpu(),
                             {.precision = Precision::fp32, .tilePx = 64, .batch = 1});
        tiles.setRuntime(std::make_unique<LateRuntime>(1));
        QVERIFY(largestDifference(run(tiles), m_expectedOfCard) <= 1e-5F);
        QVERIFY(tiles.isGraphed());
        QVERIFY(largestDifference(run(tiles), m_expectedOfCard) <= 1e-5F);
    }

    void aCardIsNotShownWhatLiesFarBeyondASliceOfOneTile()
    {
        TiledInference tiles(*m_model, ComputeDevice::cpu(),
                             {.precision = Precision::fp32, .tilePx = 128, .batch = 16});
        tiles.setRuntime(std::make_unique<LateRuntime>(1));
        QVERIFY(largestDifference(run(tiles), m_expected) <= 1e-5F);
        QVERIFY(tiles.isGraphed());
    }

    void graphsOfSomeShapesAreKept()
    {
        TiledInference tiles(*m_model, ComputeDevice::cpu(), options);
        auto runtime = std::make_unique<LateRuntime>(1);
        const LateRuntime& card = *runtime;
        tiles.setRuntime(std::move(runtime));
        TiledInference plain(*m_model, ComputeDevice::cpu(), options);
        plain.setRuntime(nullptr);
        JobContext job;
        constexpr int turns = 5;
        for (int i = 0; i < turns; ++i) {
            for (const Rect area : {Rect{0, 0, 48, 48}, Rect{0, 0, 96, 32}}) {
                const auto planes = tiles.run(*m_slice, m_normalisation, area, job);
                const auto expected = plain.run(*m_slice, m_normalisation, area, job);
                QVERIFY(largestDifference(planes, expected) <= 1e-5F);
            }
        }
        QCOMPARE(card.recordings, 2); // each once, after three runs
        QCOMPARE(card.replays, 4);
    }

    void aGraphThatGivesAnotherAnswerIsDropped()
    {
        // A card that does nothing of what it is told.
        struct Broken : LateRuntime
        {
            using LateRuntime::LateRuntime;

            std::shared_ptr<CardStream> makeStream() override
            {
                struct Idle : CardStream
                {
                    explicit Idle(std::shared_ptr<CardStream> real)
                        : stream(std::move(real))
                    {
                    }

                    void run(const std::function<void()>&) override {}

                    std::shared_ptr<CardMark> mark() override { return stream->mark(); }

                    void waitFor(const CardMark& mark) override { stream->waitFor(mark); }

                    std::shared_ptr<CardStream> stream;
                };

                return std::make_shared<Idle>(LateRuntime::makeStream());
            }
        };

        TiledInference tiles(*m_model, ComputeDevice::cpu(), options);
        tiles.setRuntime(std::make_unique<Broken>(2));
        QVERIFY(largestDifference(run(tiles), m_expectedOfCard) <= 1e-5F);
        QVERIFY(!tiles.isGraphed());
    }

    void aGraphSurvivesFailedAllocationsToo()
    {
        for (int failing = 1; failing <= 200; failing += 20) {
            TiledInference tiles(*m_model, ComputeDevice::cpu(), options);
            tiles.setRuntime(std::make_unique<LateRuntime>(3));
            CountingAllocator& memory = CountingAllocator::get();
            memory.failAt(failing);
            QVERIFY(largestDifference(run(tiles), m_expectedOfCard) <= 1e-5F);
            QVERIFY(memory.hasFailed());
        }
    }

    void theUserIsToldWhereTheDeviceChanges()
    {
        TiledInference tiles(*m_model, ComputeDevice::cpu(), options);
        tiles.setLadder(MemoryLadder({{64, 1}, true, false}, TileChoice{64, 1}, 16));
        bool hasFailed = false;
        tiles.setObserver([&hasFailed](int, int) {
            if (!std::exchange(hasFailed, true))
                throw std::bad_alloc();
        });
        QString said;
        JobContext job({}, [&said](double, const QString& stage) { said = stage; });
        tiles.run(*m_slice, m_normalisation, m_slice->rect(), job);
        QVERIFY(said.contains(QStringLiteral("graphics card has too little memory")));
    }
};

QTEST_GUILESS_MAIN(TiledInferenceTest)
#include "TiledInferenceTest.moc"
