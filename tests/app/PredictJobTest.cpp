// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/PredictJob.h"

#include "app/jobs/PredictionMemory.h"
#include "core/Error.h"
#include "models/cells/SectionPieces.h"
#include "tests/support/RandomModel.h"
#include "tests/support/SyntheticStack.h"

#include <QtTest>

#include <mutex>
#include <set>

using namespace emend;

namespace {

const std::vector<int> slices{3, 0, 2, 1};

class DamagedSource : public SliceSource
{
public:
    DamagedSource(std::shared_ptr<const ImageStack> stack, std::set<int> damaged)
        : m_stack(std::move(stack))
        , m_damaged(std::move(damaged))
    {
    }

    void read(int z, Rect rect, quint16* out) override
    {
        if (m_damaged.contains(z))
            throw Error(QStringLiteral("The section is damaged."));
        std::ranges::copy(m_stack->read(z, rect).pixels, out);
    }

private:
    std::shared_ptr<const ImageStack> m_stack;
    std::set<int> m_damaged;
};

} // namespace

/// What becomes of predicted slices: they are handed over beside the network.
class PredictJobTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void eachSliceComesOnceInTheOrderAskedFor()
    {
        std::vector<int> seen;
        int inside = 0;
        run([&](int z, const ProbabilityMap& map) {
            QCOMPARE(++inside, 1); // never two at a time
            QCOMPARE(map.width, m_stack->size().width);
            seen.push_back(z);
            QThread::msleep(20);
            --inside;
        });
        QCOMPARE(seen, slices);
    }

    void eachSliceIsClosedAsTheThreeThatItIsPartOfSay()
    {
        const auto model = membraneModel();
        std::vector<ProbabilityMap> maps;
        std::vector<SectionPieces> pieces;
        Predictor predictor(model, ComputeDevice::cpu(), {});
        JobContext context;
        for (int z = 0; z < m_stack->size().slices; ++z) {
            maps.push_back(predictor.predictSlice(*m_stack, z, {}, context));
            pieces.emplace_back(membraneOf(maps.back()));
        }
        for (const std::vector<int>& order : {slices, {0, 1, 2, 3}, {2}}) {
            PredictJob::Request wanted = request();
            wanted.checkpoint = model;
            wanted.slices = order;
            std::vector<int> seen;
            PredictJob(wanted, [&](int z, const ProbabilityMap& map) {
                ProbabilityMap expected = maps[size_t(z)];
                closeMembranes(expected, 1, bordersIn(pieces, z, membraneOf(expected)));
                QCOMPARE(map.values, expected.values);
                QVERIFY(!map.stakes.isEmpty());
                QCOMPARE(map.stakes, expected.stakes);
                seen.push_back(z);
            }).run(context);
            QCOMPARE(seen, order);
        }
    }

    void whoAsksForBordersGetsTheAnswerAsLearned()
    {
        PredictJob::Request wanted = request();
        wanted.checkpoint = membraneModel();
        JobContext context;
        Predictor predictor(wanted.checkpoint, ComputeDevice::cpu(), {});
        int seen = 0;
        PredictJob(wanted, [&](int z, const ProbabilityMap& map, const MembraneBorders& borders) {
            QCOMPARE(map.values, predictor.predictSlice(*m_stack, z, {}, context).values);
            QCOMPARE(borders.isBorder.size(), map.plane(1).size());
            ++seen;
        }).run(context);
        QCOMPARE(seen, int(slices.size()));
    }

    void whatPeopleDecidedCountsInASliceAndBesideIt()
    {
        // Slice 1 is confirmed with one cell, but for a membrane that cuts it in two.
        const int side = m_stack->size().width;
        LabelVolume labels(m_stack->size());
        editLabels(labels, 1, m_stack->size().sliceRect(), [side](Pixel pixel, Label) {
            return Label(pixel.x == side / 2 ? 1 : 2, LabelState::corrected);
        }).applyTo(labels);
        const DecidedMembranes decided(labels, ClassTable::membraneAndInside());

        PredictJob::Request wanted = request();
        wanted.checkpoint = membraneModel();
        std::map<int, std::vector<quint8>> borders;
        std::map<int, GreyPlane> planes;
        const auto remember = [&](int z, const ProbabilityMap& map, const MembraneBorders& found) {
            borders[z] = found.isBorder;
            planes[z] = membraneOf(map);
        };
        JobContext context;
        wanted.decided = decided;
        PredictJob(wanted, remember).run(context);

        std::vector<SectionPieces> pieces;
        for (auto& [z, plane] : planes) {
            decided.putInto(plane, z);
            pieces.emplace_back(plane, decided.share(z));
        }
        for (const int z : slices)
            QCOMPARE(borders[z], bordersIn(pieces, z, planes[z]).isBorder);
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x)
                QCOMPARE(int(borders[1][size_t(y * side + x)]), int(x == side / 2));
    }

    void aSliceThatIsDecidedAllOverIsNotPredictedForThoseBeside()
    {
        LabelVolume labels(m_stack->size());
        editLabels(labels, 1, m_stack->size().sliceRect(), [](Pixel pixel, Label) {
            return Label(pixel.x % 24 == 0 ? 1 : 2, LabelState::corrected);
        }).applyTo(labels);
        PredictJob::Request wanted = request();
        wanted.checkpoint = membraneModel();
        wanted.decided = DecidedMembranes(labels, ClassTable::membraneAndInside());
        wanted.slices = {0, 2};
        const auto expected = bordersOf(wanted);
        wanted.stack = stackWithout({1});
        QCOMPARE(bordersOf(wanted), expected);
        wanted.slices = {1};
        QVERIFY_EXCEPTION_THROWN(bordersOf(wanted), Error);
    }

    void aSliceThatCannotBeReadLeavesThoseBesideToThemselves()
    {
        PredictJob::Request wanted = request();
        wanted.checkpoint = membraneModel();
        wanted.stack = stackWithout({1});
        wanted.slices = {0, 2};
        const auto borders = bordersOf(wanted);
        QCOMPARE(borders.size(), size_t(2));
        wanted.slices = {0, 1, 2};
        QVERIFY_EXCEPTION_THROWN(bordersOf(wanted), Error);
    }

    void withLittleMemoryEachSliceIsTakenForItself()
    {
        PredictJob::Request wanted = request();
        wanted.checkpoint = membraneModel();
        const PredictionMemory memory{m_stack->size(), wanted.checkpoint->spec.classCount};
        const auto besideOthers = bordersOf(wanted);
        wanted.mostBytes = memory.bytes(true);
        QCOMPARE(bordersOf(wanted), besideOthers);

        wanted.mostBytes = memory.bytes(true) - 1;
        const auto alone = bordersOf(wanted);
        QCOMPARE(alone.size(), slices.size());
        QVERIFY(alone != besideOthers);
        for (const int z : slices) {
            PredictJob::Request single = wanted;
            single.slices = {z};
            single.stack = stackWithout({z - 1, z + 1});
            QCOMPARE(alone.at(z), bordersOf(single).at(z));
        }
    }

    void withTooLittleMemoryNothingIsPredictedAndTheErrorSaysHowMuchItTakes()
    {
        PredictJob::Request wanted = request();
        wanted.mostBytes =
            PredictionMemory{m_stack->size(), m_model->spec.classCount}.bytes(false) - 1;
        try {
            bordersOf(wanted);
            QFAIL("predicted");
        } catch (const Error& error) {
            QVERIFY2(error.text().contains(QStringLiteral("48 x 48")), qPrintable(error.text()));
        }
    }

    void asManySlicesAreOnTheirWayAsCoresAndMemoryAllow()
    {
        const auto mostWaiting = [](int side, int cores) {
            return PredictionMemory{{side, side, 30}, 2, cores}.mostWaiting();
        };
        QCOMPARE(mostWaiting(512, 1), 1);
        QCOMPARE(mostWaiting(512, 2), 2);
        QCOMPARE(mostWaiting(512, 16), 16);
        QCOMPARE(mostWaiting(1024, 64), 6);
        QCOMPARE(mostWaiting(4096, 64), 1);
        QCOMPARE(mostWaiting(8192, 64), 0);
    }

    void anErrorOfTheReceiverEndsTheJob()
    {
        std::vector<int> seen;
        const auto refuse = [&seen](int z, const ProbabilityMap&) {
            if (z == slices[1])
                throw Error(QStringLiteral("The disk is full."));
            seen.push_back(z);
        };
        QVERIFY_EXCEPTION_THROWN(run(refuse), Error);
        QCOMPARE(seen, std::vector{slices[0]});
    }

    void anErrorAtTheLastSliceIsNotLost()
    {
        const auto refuse = [](int z, const ProbabilityMap&) {
            if (z == slices.back())
                throw Error(QStringLiteral("The disk is full."));
        };
        QVERIFY_EXCEPTION_THROWN(run(refuse), Error);
    }

    void whatIsPredictedIsHandedOverWhenTheRestIsCancelled()
    {
        std::stop_source stop;
        std::vector<int> seen;
        JobContext job(stop.get_token(), [&](double fraction, const QString&) {
            if (fraction >= 0.5) // two of four are predicted
                stop.request_stop();
        });
        PredictJob predict(request(), [&seen](int z, const ProbabilityMap&) {
            QThread::msleep(50); // still at it when the job stops
            seen.push_back(z);
        });
        QVERIFY_EXCEPTION_THROWN(predict.run(job), Cancelled);
        QCOMPARE(seen, std::vector({slices[0], slices[1]}));
    }

private:
    std::shared_ptr<const Checkpoint> membraneModel() const
    {
        auto model = std::make_shared<Checkpoint>(*m_model);
        model->classNames = QStringList{QStringLiteral("membrane"), QStringLiteral("inside")};
        return model;
    }

    /// pieces: of all slices.
    MembraneBorders bordersIn(const std::vector<SectionPieces>& pieces, int z,
                              const GreyPlane& membrane) const
    {
        std::vector<const SectionPieces*> beside;
        for (const int other : {z - 1, z + 1})
            if (other >= 0 && other < int(pieces.size()))
                beside.push_back(&pieces[size_t(other)]);
        return pieces[size_t(z)].borders(membrane, beside, m_model->pixelSizeNm);
    }

    static std::map<int, std::vector<quint8>> bordersOf(const PredictJob::Request& wanted)
    {
        std::map<int, std::vector<quint8>> borders;
        JobContext context;
        PredictJob(wanted, [&](int z, const ProbabilityMap&, const MembraneBorders& found) {
            borders[z] = found.isBorder;
        }).run(context);
        return borders;
    }

    /// The same stack, of a file with damaged sections.
    std::shared_ptr<const ImageStack> stackWithout(std::set<int> damaged) const
    {
        return std::make_shared<ImageStack>(
            m_stack->info(), std::make_unique<DamagedSource>(m_stack, std::move(damaged)));
    }

    static GreyPlane membraneOf(const ProbabilityMap& map)
    {
        GreyPlane membrane(map.width, map.height);
        std::ranges::copy(map.plane(1), membrane.values.begin());
        return membrane;
    }

    PredictJob::Request request() const
    {
        return {m_stack, {}, m_model, slices, ComputeDevice::cpu(), {}};
    }

    void run(const Predictor::Sink& sink) const
    {
        JobContext context;
        PredictJob(request(), sink).run(context);
    }

    std::shared_ptr<const ImageStack> m_stack = SyntheticStack::membranes(48, 4).stack();
    std::shared_ptr<Checkpoint> m_model = randomModel(UNetSpec::standard(2, 4), 5);
};

QTEST_GUILESS_MAIN(PredictJobTest)
#include "PredictJobTest.moc"
