// SPDX-License-Identifier: Apache-2.0
#include "models/learning/NearParent.h"

#include "core/labels/LabelEdit.h"
#include "tests/support/RandomModel.h"
#include "tests/support/SyntheticStack.h"

#include <QTest>

using namespace emend;

namespace {

constexpr int side = 128;

TrainingSet setWith(const std::map<int, Rect>& corrected)
{
    const auto stack = SyntheticStack::membranes(side, 4).stack();
    LabelVolume labels(stack->size());
    for (const auto& [z, rect] : corrected)
        editLabels(labels, z, rect, [](Pixel pixel, Label) {
            return Label(pixel.x % 16 == 0 ? 1 : 2, LabelState::corrected);
        }).applyTo(labels);
    return {stack, labels, ClassTable::membraneAndInside()};
}

} // namespace

/// A new model between its parent and what was learned.
class NearParentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theMoreOfTheTouchedSlicesIsCorrectedTheMoreIsTaken()
    {
        const auto shareWith = [this](const std::map<int, Rect>& corrected) {
            return shareOfLearned(setWith(corrected), m_parent.get());
        };
        const Rect whole{0, 0, side, side};
        const Rect quarter{0, 0, side / 2, side / 2};
        const Rect place{32, 32, 16, 16};
        QCOMPARE(shareWith({{1, whole}}), 1.0);
        QCOMPARE(shareWith({{0, whole}, {3, whole}}), 1.0);
        QCOMPARE(shareWith({{1, quarter}}), 0.6 + 0.4 / 4);
        QCOMPARE(shareWith({{1, whole}, {2, quarter}}), 0.6 + 0.4 * 5 / 8);
        QCOMPARE(shareWith({{1, place}}), 0.6 + 0.4 / 64);
    }

    void withoutAParentOfTheSameClassesAllIsTaken()
    {
        const TrainingSet place = setWith({{1, {32, 32, 16, 16}}});
        QCOMPARE(shareOfLearned(place, nullptr), 1.0);
        auto other = std::make_shared<Checkpoint>(*m_parent);
        other->classNames[1] = QStringLiteral("mitochondria");
        QCOMPARE(shareOfLearned(place, other.get()), 1.0);
    }

    void everyWeightLiesBetweenBoth()
    {
        const auto parent = randomModel(UNetSpec::standard(2, 4), 1);
        const auto learned = randomModel(UNetSpec::standard(2, 4), 2);
        Checkpoint model = *learned;
        moveTowards(*parent, 0.75, model);
        int differing = 0;
        for (const auto& [name, tensor] : model.weights) {
            const auto& old = parent->weights.at(name).values;
            const auto& found = learned->weights.at(name).values;
            QCOMPARE(tensor.values.size(), old.size());
            for (size_t i = 0; i < old.size(); ++i) {
                QVERIFY(std::abs(tensor.values[i] - (0.75F * found[i] + 0.25F * old[i])) < 1e-6F);
                differing += found[i] != old[i] ? 1 : 0;
            }
        }
        QVERIFY(differing > 1000);
    }

private:
    std::shared_ptr<Checkpoint> m_parent = [] {
        auto parent = randomModel(UNetSpec::standard(2, 4));
        parent->classNames = QStringList{QStringLiteral("membrane"), QStringLiteral("inside")};
        return parent;
    }();
};

QTEST_GUILESS_MAIN(NearParentTest)
#include "NearParentTest.moc"
