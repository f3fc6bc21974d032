// SPDX-License-Identifier: Apache-2.0
#include "app/window/Actions.h"

#include "app/window/Menus.h"

#include <QMenu>
#include <QMenuBar>
#include <QtTest>

using namespace emend;

class ActionsTest : public QObject
{
    Q_OBJECT

private:
    static void collect(const QMenu* menu, QSet<const QAction*>& found)
    {
        for (const QAction* action : menu->actions()) {
            found << action;
            if (action->menu())
                collect(action->menu(), found);
        }
    }

private Q_SLOTS:

    void noTwoActionsShareAKey()
    {
        const Actions actions;
        QHash<QString, QString> owners;
        for (const QAction* action : actions.all()) {
            for (const QKeySequence& key : action->shortcuts()) {
                const QString text = key.toString();
                QVERIFY2(!owners.contains(text),
                         qPrintable(text + QStringLiteral(" is used by ") + owners.value(text)));
                owners.insert(text, action->objectName());
            }
        }
    }

    void everyKeyIsUnderstood()
    {
        const Actions actions;
        for (const QAction* action : actions.all()) {
            for (const QKeySequence& key : action->shortcuts()) {
                QVERIFY2(!key.isEmpty() && key[0].key() != Qt::Key_unknown,
                         qPrintable(action->objectName()));
            }
        }
        QCOMPARE(actions[Do::learn]->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_T));
        QVERIFY(actions[Do::redo]->shortcuts().contains(QKeySequence(Qt::CTRL | Qt::Key_Y)));
        QCOMPARE(actions.chooseClass(3)->shortcut(), QKeySequence(Qt::Key_3));
    }

    void everyActionHasItsOwnNameAndSaysWhatItDoes()
    {
        const Actions actions;
        QSet<QString> names;
        for (const QAction* action : actions.all()) {
            QVERIFY(!action->objectName().isEmpty());
            QVERIFY2(!names.contains(action->objectName()), qPrintable(action->objectName()));
            names << action->objectName();
            QVERIFY2(!action->text().isEmpty() && !action->statusTip().isEmpty(),
                     qPrintable(action->objectName()));
        }
    }

    void everyActionIsInAMenu()
    {
        const Actions actions;
        QMenuBar bar;
        buildMenus(bar, actions);
        QSet<const QAction*> found;
        for (const QAction* top : bar.actions())
            collect(top->menu(), found);
        for (const QAction* action : actions.all())
            QVERIFY2(found.contains(action), qPrintable(action->objectName()));
    }

    void tooltipsNameTheKey()
    {
        const Actions actions;
        QVERIFY(actions[Do::brush]->toolTip().contains(QStringLiteral("(B)")));
        QVERIFY(!actions[Do::brush]->toolTip().contains(u'&'));
    }
};

QTEST_MAIN(ActionsTest)
#include "ActionsTest.moc"
