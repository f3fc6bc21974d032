// SPDX-License-Identifier: Apache-2.0
#include "app/session/ModelShelf.h"

#include "tests/support/ProjectFixture.h"
#include "tests/support/RandomModel.h"

#include <QSignalSpy>
#include <QTest>

using namespace emend;

namespace {

std::shared_ptr<const Checkpoint> named(const QString& name, std::optional<double> before = {},
                                        std::optional<double> after = {})
{
    auto model = randomModel(UNetSpec::standard(2, 2));
    model->classNames = {QStringLiteral("membrane"), QStringLiteral("inside")};
    model->lineage.name = name;
    model->lineage.scoreBefore = before;
    model->lineage.scoreAfter = after;
    return model;
}

ModelNotes learned()
{
    return {{{10, 20, 0.5, {}}, {20, 20, 0.25, 0.9}}};
}

QStringList ownNames(const ModelShelf& shelf)
{
    QStringList names;
    for (int i = 0; i < shelf.models().count(); ++i)
        if (!shelf.models().isShipped(i))
            names << shelf.models().name(i);
    return names;
}

int indexOf(const ModelShelf& shelf, const char* name)
{
    return int(shelf.models().names().indexOf(QString::fromLatin1(name)));
}

} // namespace

class ModelShelfTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void theBaseIsTheShippedModelThatTheOneInUseDescendsFrom()
    {
        ModelShelf shelf;
        const int base = indexOf(shelf, "membrane");
        QVERIFY(base >= 0);
        auto child = std::make_shared<Checkpoint>(*named(QStringLiteral("larva 1")));
        child->lineage.parent = QStringLiteral("membrane");
        auto grandchild = std::make_shared<Checkpoint>(*named(QStringLiteral("larva 2")));
        grandchild->lineage.parent = QStringLiteral("larva 1");
        shelf.add(child, {});
        shelf.setCurrent(shelf.add(grandchild, {}));
        QCOMPARE(shelf.models().baseIndex(), base);
        // A model that came from itself, or from nowhere, has the first shipped one.
        auto round = std::make_shared<Checkpoint>(*named(QStringLiteral("round")));
        round->lineage.parent = QStringLiteral("round");
        shelf.setCurrent(shelf.add(round, {}));
        QCOMPARE(shelf.models().baseIndex(), 0);
    }

    void whatIsOnTheShelfIsFoundAgain()
    {
        const ProjectFixture fixture;
        {
            const auto store = fixture.open();
            ModelShelf shelf;
            open(shelf, *store);
            shelf.add(named(QStringLiteral("first")), learned());
            shelf.add(named(QStringLiteral("second")), learned());
            shelf.add(named(QStringLiteral("third")), {});
            shelf.setCurrent(indexOf(shelf, "second"));
            shelf.rename(indexOf(shelf, "second"), QStringLiteral("the good one"));
            shelf.setPinned(indexOf(shelf, "first"), true);
            shelf.remove(indexOf(shelf, "third"));
        }
        const auto store = fixture.open();
        ModelShelf shelf;
        QVERIFY(open(shelf, *store).isEmpty());
        QCOMPARE(ownNames(shelf),
                 (QStringList{QStringLiteral("first"), QStringLiteral("the good one")}));
        QCOMPARE(shelf.models().currentIndex(), indexOf(shelf, "the good one"));
        QVERIFY(shelf.models().notes(indexOf(shelf, "first")).isPinned);
        const ModelNotes notes = shelf.models().notes(indexOf(shelf, "the good one"));
        QVERIFY(!notes.isPinned);
        QCOMPARE(int(notes.curve.size()), 2);
        QCOMPARE(notes.curve.back().loss, 0.25);
        QCOMPARE(*notes.curve.back().heldOutScore, 0.9);
    }

    void shippedModelsAndTheOneInUseStay()
    {
        const ProjectFixture fixture;
        const auto store = fixture.open();
        ModelShelf shelf;
        open(shelf, *store);
        const int shipped = shelf.models().count();
        shelf.remove(0);
        shelf.rename(0, QStringLiteral("mine"));
        QCOMPARE(shelf.models().count(), shipped);
        QVERIFY(!shelf.models().names().contains(QStringLiteral("mine")));
        shelf.setCurrent(shelf.add(named(QStringLiteral("own")), {}));
        shelf.remove(indexOf(shelf, "own"));
        QCOMPARE(ownNames(shelf), QStringList(QStringLiteral("own")));
    }

    void twoModelsNeverShareAName()
    {
        const ProjectFixture fixture;
        const auto store = fixture.open();
        ModelShelf shelf;
        open(shelf, *store);
        shelf.add(named(QStringLiteral("one")), {});
        shelf.add(named(QStringLiteral("one")), {});
        QCOMPARE(ownNames(shelf), (QStringList{QStringLiteral("one"), QStringLiteral("one 1")}));
        QSignalSpy failed(&shelf, &ModelShelf::failed);
        shelf.rename(indexOf(shelf, "one 1"), QStringLiteral("one"));
        QCOMPARE(failed.count(), 1);
        QVERIFY(ownNames(shelf).contains(QStringLiteral("one 1")));
    }

    void twoRoundsWithoutGainAreEnough()
    {
        ModelShelf shelf;
        shelf.add(named(QStringLiteral("a"), 0.80, 0.85), learned());
        shelf.add(named(QStringLiteral("b"), 0.85, 0.8505), learned());
        QVERIFY(!shelf.models().gainsNothingMore());
        shelf.add(named(QStringLiteral("loaded")), {}); // not a round
        shelf.add(named(QStringLiteral("c"), 0.8505, 0.849), learned());
        QVERIFY(shelf.models().gainsNothingMore());
        shelf.add(named(QStringLiteral("d"), 0.849, 0.86), learned());
        QVERIFY(!shelf.models().gainsNothingMore());
    }

private:
    static QStringList open(ModelShelf& shelf, ProjectStore& store)
    {
        const ProjectContents contents = store.takeContents();
        return shelf.open(store, contents.models, contents.currentModel);
    }
};

QTEST_GUILESS_MAIN(ModelShelfTest)
#include "ModelShelfTest.moc"
