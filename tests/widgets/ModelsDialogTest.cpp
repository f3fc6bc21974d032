// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/ModelsDialog.h"

#include "widgets/panels/Panel.h"

#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QTimer>

using namespace emend;

namespace {

std::vector<ModelsDialog::Row> threeModels()
{
    ModelsDialog::Row shipped;
    shipped.name = QStringLiteral("membrane");
    shipped.isShipped = true;
    ModelsDialog::Row first;
    first.name = QStringLiteral("larva 1");
    first.parent = QStringLiteral("membrane");
    first.before = 0.861;
    first.after = 0.873;
    first.curve = {{10, 0.5, {}}, {20, 0.4, 0.873}};
    ModelsDialog::Row second = first;
    second.name = QStringLiteral("larva 2");
    second.isInUse = true;
    return {shipped, first, second};
}

} // namespace

class ModelsDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void eachModelIsARow()
    {
        ModelsDialog dialog;
        dialog.setModels(threeModels());
        auto* table = dialog.findChild<QTableWidget*>();
        QCOMPARE(table->rowCount(), 3);
        QVERIFY(table->item(1, 3)->text().contains(QLocale().toString(0.873, 'f', 3)));
        QCOMPARE(dialog.selected(), 2); // the one in use
    }

    void whatAModelTellsApartIsSaid()
    {
        ModelsDialog dialog;
        auto rows = threeModels();
        rows[1].classes = {QStringLiteral("membrane"), QStringLiteral("mitochondria")};
        dialog.setModels(rows);
        select(dialog, 1);
        QVERIFY(dialog.findChild<Sentence*>()->text().contains(
            QStringLiteral("membrane, mitochondria")));
        select(dialog, 0);
        QVERIFY(!dialog.findChild<Sentence*>()->text().contains(QStringLiteral("mitochondria")));
    }

    void onlyWhatMayBeDoneIsOffered()
    {
        ModelsDialog dialog;
        dialog.setModels(threeModels());
        QVERIFY(!button(dialog, "useModel")->isEnabled());
        QVERIFY(!button(dialog, "removeModel")->isEnabled());
        select(dialog, 0);
        QVERIFY(button(dialog, "useModel")->isEnabled());
        QVERIFY(!button(dialog, "renameModel")->isEnabled());
        QVERIFY(!button(dialog, "removeModel")->isEnabled());
        select(dialog, 1);
        QVERIFY(button(dialog, "removeModel")->isEnabled());
        QVERIFY(!dialog.findChild<LearningCurve*>()->isHidden());
    }

    void useAndPinSayWhich()
    {
        ModelsDialog dialog;
        dialog.setModels(threeModels());
        select(dialog, 1);
        QSignalSpy use(&dialog, &ModelsDialog::useWanted);
        QSignalSpy pin(&dialog, &ModelsDialog::pinWanted);
        button(dialog, "useModel")->click();
        button(dialog, "pinModel")->click();
        QCOMPARE(use.value(0), QVariantList{1});
        QCOMPARE(pin.value(0), (QVariantList{1, true}));
    }

    void deletingAsksFirst()
    {
        ModelsDialog dialog;
        dialog.setModels(threeModels());
        std::vector<std::vector<int>> removed;
        connect(&dialog, &ModelsDialog::removeWanted, this,
                [&](const std::vector<int>& indices) { removed.push_back(indices); });
        answer(QMessageBox::RejectRole);
        button(dialog, "removeOldModels")->click();
        QVERIFY(removed.empty());
        answer(QMessageBox::DestructiveRole);
        button(dialog, "removeOldModels")->click();
        QCOMPARE(removed, std::vector<std::vector<int>>{{1}});
    }

    void twoModelsAreComparedOrOneWithTheOneInUse()
    {
        ModelsDialog dialog;
        dialog.setModels(threeModels());
        QSignalSpy compare(&dialog, &ModelsDialog::compareWanted);
        QVERIFY(!button(dialog, "compareModels")->isEnabled()); // the one in use with itself
        select(dialog, 0);
        button(dialog, "compareModels")->click();
        QCOMPARE(compare.value(0), (QVariantList{0, 2}));
        auto* marks = dialog.findChild<QTableWidget*>()->selectionModel();
        marks->select(marks->model()->index(1, 0),
                      QItemSelectionModel::Select | QItemSelectionModel::Rows);
        button(dialog, "compareModels")->click();
        QCOMPARE(compare.value(1), (QVariantList{0, 1}));
        QVERIFY(!button(dialog, "useModel")->isEnabled());
        QVERIFY(!button(dialog, "removeModel")->isEnabled());
    }

private:
    static QPushButton* button(const ModelsDialog& dialog, const char* name)
    {
        return dialog.findChild<QPushButton*>(QString::fromLatin1(name));
    }

    static void select(const ModelsDialog& dialog, int row)
    {
        dialog.findChild<QTableWidget*>()->selectRow(row);
    }

    /// Presses that button of the question that comes next.
    static void answer(QMessageBox::ButtonRole role)
    {
        QTimer::singleShot(50, [role] {
            auto* question = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            QVERIFY(question);
            for (QAbstractButton* offered : question->buttons())
                if (question->buttonRole(offered) == role)
                    return offered->click();
        });
    }
};

QTEST_MAIN(ModelsDialogTest)
#include "ModelsDialogTest.moc"
