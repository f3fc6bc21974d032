// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/RecentAnswers.h"

#include "app/jobs/PredictJob.h"
#include "core/Error.h"
#include "tests/support/RandomModel.h"
#include "tests/support/SyntheticStack.h"

#include <QtTest>

#include <functional>
#include <numeric>

using namespace emend;

namespace {

constexpr int damaged = 3;

/// Counts how often each slice is read: as often as the network is asked. One cannot be read.
class CountingSource : public SliceSource
{
public:
    CountingSource(std::shared_ptr<const ImageStack> stack, std::vector<int>& counts)
        : m_stack(std::move(stack))
        , m_counts(counts)
    {
    }

    void read(int z, Rect rect, quint16* out) override
    {
        ++m_counts[size_t(z)];
        if (z == damaged)
            throw Error(QStringLiteral("The section is damaged."));
        std::ranges::copy(m_stack->read(z, rect).pixels, out);
    }

private:
    std::shared_ptr<const ImageStack> m_stack;
    std::vector<int>& m_counts;
};

constexpr int side = 48;
constexpr qint64 answerBytes = 2 * side * side * sizeof(float);

} // namespace

/// What a model answered lately.
class RecentAnswersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void anAnswerIsThatOfAPredictor()
    {
        SyntheticStack inverted = SyntheticStack::membranes(side, 4);
        for (std::vector<quint16>& slice : inverted.grey)
            for (quint16& grey : slice)
                grey = quint16(255 - grey);
        RecentAnswers::Question asked = question();
        asked.stack = inverted.stack();
        RecentAnswers recent;
        Predictor predictor(m_model, ComputeDevice::cpu());
        for (const int z : {0, 1, 0, 2, 1}) {
            const ProbabilityMap expected = predictor.predictSlice(*asked.stack, z, {}, m_job);
            QCOMPARE(recent.answer(asked, z, m_job).values, expected.values);
            recent.releaseNetwork();
        }
    }

    void theNetworkIsAskedOnceForASlice()
    {
        RecentAnswers recent;
        ask(recent, {0, 1, 2});
        QCOMPARE(readsDuring([&] { ask(recent, {2, 0, 1}); }), 0);
        recent.releaseNetwork();
        QCOMPARE(readsDuring([&] { ask(recent, {1, 2, 0}); }), 0);
    }

    void whatMembranesLookLikeIsFoundOutOnce()
    {
        RecentAnswers recent;
        const int first = readsDuring([&] { ask(recent, {0}); });
        recent.releaseNetwork();
        const int next = readsDuring([&] { ask(recent, {1}); });
        QVERIFY(next > 0);
        QVERIFY2(next < first, qPrintable(QStringLiteral("%1 of %2").arg(next).arg(first)));
    }

    void anotherQuestionIsAnsweredAnew()
    {
        RecentAnswers recent;
        ask(recent, {0});
        RecentAnswers::Question others[4] = {question(), question(), question(), question()};
        others[0].checkpoint = randomModel(UNetSpec::standard(2, 4), 6);
        others[1].options.views = 4;
        others[2].voxelSize = {5, 5, 50};
        others[3].stack = SyntheticStack::membranes(side, 4).stack();
        for (const RecentAnswers::Question& other : others) {
            Predictor predictor(other.checkpoint, other.device, other.options);
            QCOMPARE(recent.answer(other, 0, m_job).values,
                     predictor.predictSlice(*other.stack, 0, other.voxelSize, m_job).values);
        }
    }

    void asManyAreKeptAsFitTheLatestOnes()
    {
        RecentAnswers recent(2 * answerBytes);
        ask(recent, {0, 1, 0, 2}); // 0 was asked for after 1
        QCOMPARE(readsDuring([&] { ask(recent, {0, 2}); }), 0);
        QVERIFY(readsDuring([&] { ask(recent, {1}); }) > 0);

        RecentAnswers none(answerBytes - 1);
        ask(none, {0});
        QVERIFY(readsDuring([&] { ask(none, {0}); }) > 0);
    }

    void aSliceThatCannotBeReadLeavesTheOthersKnown()
    {
        RecentAnswers recent;
        ask(recent, {0});
        QVERIFY_EXCEPTION_THROWN(ask(recent, {damaged}), Error);
        QCOMPARE(readsDuring([&] { ask(recent, {0}); }), 0);
    }

    void jobsThatShareThemReadWhatIsNewAndPredictTheSame()
    {
        const auto recent = std::make_shared<RecentAnswers>();
        predict(0, recent); // and 1, which is beside it
        const int all = readsDuring([&] { predict(1, nullptr); });
        const int some = readsDuring([&] { predict(1, recent); });
        QCOMPARE(m_counts[0] + m_counts[1], 0);
        QVERIFY(m_counts[2] > 0);
        QVERIFY(some < all);
        QCOMPARE(readsDuring([&] { predict(1, recent); }), 0);
        for (const int z : {0, 1, 2})
            QCOMPARE(predict(z, recent), predict(z, nullptr));
    }

private:
    /// The slice as it is handed over, cut with those beside it.
    std::vector<float> predict(int z, const std::shared_ptr<RecentAnswers>& recent)
    {
        std::vector<float> values;
        PredictJob::Request request{m_stack, {}, m_membranes, {z}, ComputeDevice::cpu(), {}};
        request.recent = recent;
        PredictJob(request, [&values](int, const ProbabilityMap& map) {
            values = map.values;
        }).run(m_job);
        return values;
    }

    static std::shared_ptr<const Checkpoint> membraneModel()
    {
        auto model = randomModel(UNetSpec::standard(2, 4), 5);
        model->classNames = QStringList{QStringLiteral("membrane"), QStringLiteral("inside")};
        return model;
    }

    RecentAnswers::Question question() const
    {
        return {m_stack, {}, m_model, ComputeDevice::cpu(), {}};
    }

    void ask(RecentAnswers& recent, const std::vector<int>& slices)
    {
        for (const int z : slices)
            recent.answer(question(), z, m_job);
    }

    int readsDuring(const std::function<void()>& work)
    {
        std::ranges::fill(m_counts, 0);
        work();
        return std::accumulate(m_counts.begin(), m_counts.end(), 0);
    }

    std::vector<int> m_counts = std::vector<int>(4);
    std::shared_ptr<const ImageStack> m_synthetic = SyntheticStack::membranes(side, 4).stack();
    std::shared_ptr<const ImageStack> m_stack = std::make_shared<ImageStack>(
        m_synthetic->info(), std::make_unique<CountingSource>(m_synthetic, m_counts), 0);
    std::shared_ptr<const Checkpoint> m_model = randomModel(UNetSpec::standard(2, 4), 5);
    std::shared_ptr<const Checkpoint> m_membranes = membraneModel();
    JobContext m_job;
};

QTEST_GUILESS_MAIN(RecentAnswersTest)
#include "RecentAnswersTest.moc"
