// SPDX-License-Identifier: Apache-2.0
#include "core/labels/LabelEdit.h"

#include <QtTest>

using namespace emend;

namespace {

/// 300 x 10: column x is in state x % 4, and spans two tiles.
LabelVolume striped()
{
    LabelVolume labels({300, 10, 1});
    editLabels(labels, 0, {0, 0, 300, 10}, [](Pixel pixel, Label) {
        const auto state = LabelState(pixel.x % 4);
        return state == LabelState::untouched ? Label() : Label(2, state);
    }).applyTo(labels);
    return labels;
}

} // namespace

class LabelEditTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void confirmingARectLeavesTheRestAlone()
    {
        LabelVolume labels = striped();
        const LabelVolume snapshot = labels;
        const Rect rect{40, 3, 230, 4};
        confirmRect(labels, 0, rect).applyTo(labels);
        for (int y = 0; y < 10; ++y) {
            for (int x = 0; x < 300; ++x) {
                const bool isConfirmed = rect.contains({x, y}) && x % 4 == 1;
                QCOMPARE(int(labels.at({x, y}, 0).state()),
                         isConfirmed ? int(LabelState::corrected)
                                     : int(snapshot.at({x, y}, 0).state()));
            }
        }
    }

    void confirmTurnsOnlyPredictedIntoCorrected()
    {
        LabelVolume labels = striped();
        const LabelVolume snapshot = labels;
        const LabelEdit edit = confirmSlice(labels, 0);
        edit.applyTo(labels);
        for (int x = 0; x < 300; ++x) {
            const Label before = snapshot.at({x, 5}, 0);
            QCOMPARE(int(before.state()), x % 4); // the snapshot stays as it was
            const Label expected = x % 4 == 1 ? Label(2, LabelState::corrected) : before;
            QVERIFY(labels.at({x, 5}, 0) == expected);
        }
        edit.inverted().applyTo(labels);
        for (int x = 0; x < 300; ++x)
            QVERIFY(labels.at({x, 5}, 0) == snapshot.at({x, 5}, 0));
    }

    void anEditThatChangesNothingIsEmpty()
    {
        const auto same = [](Pixel, Label label) {
            return label;
        };
        QVERIFY(editLabels(striped(), 0, {0, 0, 300, 10}, same).isEmpty());
    }
};

QTEST_GUILESS_MAIN(LabelEditTest)
#include "LabelEditTest.moc"
