// SPDX-License-Identifier: Apache-2.0
#include "app/window/KeysDialog.h"

#include "app/window/Actions.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTableWidget>
#include <QVBoxLayout>

namespace emend {

namespace {

void addRow(QTableWidget& table, const QString& keys, const QString& text)
{
    const int row = table.rowCount();
    table.insertRow(row);
    table.setItem(row, 0, new QTableWidgetItem(keys));
    table.setItem(row, 1, new QTableWidgetItem(text));
}

QString keysOf(const QAction& action)
{
    QStringList keys;
    for (const QKeySequence& sequence : action.shortcuts())
        keys << sequence.toString(QKeySequence::NativeText);
    return keys.join(QStringLiteral(", "));
}

} // namespace

KeysDialog::KeysDialog(const Actions& actions, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("keysDialog"));
    setWindowTitle(tr("Keys and mouse"));
    auto* table = new QTableWidget(0, 2, this);
    table->setObjectName(QStringLiteral("keysTable"));
    table->setAccessibleName(windowTitle());
    table->setHorizontalHeaderLabels({tr("Key"), tr("What it does")});
    table->verticalHeader()->hide();
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setShowGrid(false);
    table->setFrameShape(QFrame::NoFrame);

    addRow(*table, tr("Wheel"), tr("Go from slice to slice"));
    addRow(*table, tr("Ctrl+wheel"), tr("Zoom at the pointer"));
    addRow(*table, tr("Shift+wheel"), tr("Size of the tool"));
    addRow(*table, tr("Left button"), tr("Use the tool in hand"));
    addRow(*table, tr("Right button"), tr("Erase"));
    addRow(*table, tr("Shift+click"), tr("Take up the class under the pointer"));
    addRow(*table, tr("Middle button, or Space"), tr("Move the section"));
    addRow(*table, tr("H, held"), tr("Hide the labels"));
    addRow(*table, tr("Tab, in the section"), tr("Hide everything but the section"));
    addRow(*table, tr("Escape"), tr("Leave what is half done"));
    addRow(*table, QStringLiteral("1 … 9"), tr("Choose a class"));
    for (const QAction* action : actions.all()) {
        const bool isClass = action->objectName().startsWith(QStringLiteral("chooseClass"));
        if (!action->shortcut().isEmpty() && !isClass)
            addRow(*table, keysOf(*action), action->statusTip());
    }
    table->resizeColumnToContents(0);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->setObjectName(QStringLiteral("keysButtons"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(table);
    column->addWidget(buttons);
    resize(640, 560);
}

} // namespace emend
