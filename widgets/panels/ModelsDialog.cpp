// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/ModelsDialog.h"

#include "widgets/panels/Panel.h"
#include "widgets/theme/EmendStyle.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QInputDialog>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>

namespace emend {

namespace {

enum Column { nameColumn, parentColumn, madeColumn, scoreColumn, columnCount };

QString scoreText(const ModelsDialog::Row& row)
{
    const auto text = [](double value) {
        return QLocale().toString(value, 'f', 3);
    };
    if (!row.after)
        return {};
    return row.before ? QStringLiteral("%1 → %2").arg(text(*row.before), text(*row.after))
                      : text(*row.after);
}

QString nameText(const ModelsDialog::Row& row)
{
    QStringList marks;
    if (row.isInUse)
        marks << ModelsDialog::tr("in use");
    if (row.isPinned)
        marks << ModelsDialog::tr("pinned");
    return marks.isEmpty() ? row.name : QStringLiteral("%1 (%2)").arg(row.name, marks.join(u", "));
}

/// What it is for, and what it learned from.
QString aboutText(const ModelsDialog::Row& row)
{
    QStringList sentences;
    if (!row.classes.isEmpty())
        sentences << ModelsDialog::tr("Tells apart: %1.").arg(row.classes.join(u", "));
    if (row.steps > 0)
        sentences << ModelsDialog::tr("%1. %Ln step(s), seed %2.", nullptr, row.steps)
                         .arg(row.data)
                         .arg(row.seed);
    else if (!row.data.isEmpty())
        sentences << row.data;
    return sentences.join(u' ');
}

} // namespace

ModelsDialog::ModelsDialog(QWidget* parent)
    : QDialog(parent)
    , m_table(new QTableWidget(0, columnCount, this))
    , m_curve(new LearningCurve(this))
    , m_about(new Sentence(this))
{
    setObjectName(QStringLiteral("modelsDialog"));
    setWindowTitle(tr("Models"));
    m_table->setObjectName(QStringLiteral("modelsTable"));
    m_table->setAccessibleName(windowTitle());
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Learned from"), tr("Made"), tr("Score")});
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(nameColumn, QHeaderView::Stretch);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_curve->setObjectName(QStringLiteral("modelCurve"));
    m_about->setObjectName(QStringLiteral("modelAbout"));

    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(m_table, 1);
    column->addWidget(m_about);
    column->addWidget(m_curve);
    addButtons();
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &ModelsDialog::showSelected);
    connect(m_table, &QTableWidget::itemDoubleClicked, this, [this] {
        if (selected() >= 0)
            Q_EMIT useWanted(selected());
    });
    resize(760, 560);
}

void ModelsDialog::addButtons()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_use = addButton(*row, "useModel", tr("Use this model"));
    m_rename = addButton(*row, "renameModel", tr("Rename…"));
    m_pin = addButton(*row, "pinModel", tr("Pin"));
    m_save = addButton(*row, "saveModelAs", tr("Save as…"));
    m_compare = addButton(*row, "compareModels", tr("Compare"));
    m_compare->setToolTip(tr("Show the slice as two models see it: choose two with Ctrl, or one to "
                             "compare it with the one in use"));
    QPushButton* load = addButton(*row, "loadModelFile", tr("Load…"));
    m_remove = addButton(*row, "removeModel", tr("Delete…"));
    m_removeOld = addButton(*row, "removeOldModels", tr("Delete all not pinned…"));
    row->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->setObjectName(QStringLiteral("modelsButtons"));
    layout()->addItem(row);
    layout()->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_use, &QPushButton::clicked, this, [this] { Q_EMIT useWanted(selected()); });
    connect(m_rename, &QPushButton::clicked, this, &ModelsDialog::askForName);
    connect(m_pin, &QPushButton::clicked, this,
            [this] { Q_EMIT pinWanted(selected(), !m_rows[size_t(selected())].isPinned); });
    connect(m_save, &QPushButton::clicked, this, [this] { Q_EMIT saveWanted(selected()); });
    connect(m_compare, &QPushButton::clicked, this,
            [this] { Q_EMIT compareWanted(compared().front(), compared().back()); });
    connect(load, &QPushButton::clicked, this, &ModelsDialog::loadWanted);
    connect(m_remove, &QPushButton::clicked, this, [this] { askToRemove({selected()}); });
    connect(m_removeOld, &QPushButton::clicked, this, [this] { askToRemove(unpinned()); });
}

QPushButton* ModelsDialog::addButton(QLayout& row, const char* objectName, const QString& text)
{
    auto* button = new QPushButton(text, this);
    button->setObjectName(QString::fromLatin1(objectName));
    button->setAutoDefault(false);
    row.addWidget(button);
    return button;
}

void ModelsDialog::setModels(std::vector<Row> rows)
{
    const QString kept = selected() < 0 ? QString() : m_rows[size_t(selected())].name;
    m_rows = std::move(rows);
    const QSignalBlocker quiet(m_table);
    m_table->setRowCount(int(m_rows.size()));
    int chosen = -1;
    for (int i = 0; i < int(m_rows.size()); ++i) {
        const Row& row = m_rows[size_t(i)];
        const QString from = row.isShipped          ? tr("shipped with Emend")
                             : row.parent.isEmpty() ? tr("nothing")
                                                    : row.parent;
        const QString made = QLocale().toString(row.made.toLocalTime(), QLocale::ShortFormat);
        const QString texts[] = {nameText(row), from, made, scoreText(row)};
        for (int column = 0; column < columnCount; ++column)
            m_table->setItem(i, column, new QTableWidgetItem(texts[column]));
        if (row.name == kept || (chosen < 0 && row.isInUse))
            chosen = i;
    }
    m_table->resizeColumnsToContents();
    if (chosen >= 0)
        m_table->selectRow(chosen);
    showSelected();
}

int ModelsDialog::selected() const
{
    const std::vector<int> chosen = marked();
    return chosen.size() == 1 ? chosen.front() : -1;
}

std::vector<int> ModelsDialog::marked() const
{
    std::vector<int> indices;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        indices.push_back(index.row());
    std::sort(indices.begin(), indices.end());
    return indices;
}

/// The two that Compare compares, or none.
std::vector<int> ModelsDialog::compared() const
{
    std::vector<int> indices = marked();
    if (indices.size() == 1) {
        const auto used = std::find_if(m_rows.begin(), m_rows.end(), std::mem_fn(&Row::isInUse));
        if (used != m_rows.end() && used - m_rows.begin() != indices.front())
            indices.push_back(int(used - m_rows.begin()));
        std::sort(indices.begin(), indices.end());
    }
    return indices.size() == 2 ? indices : std::vector<int>();
}

void ModelsDialog::showSelected()
{
    const int index = selected();
    const bool isAny = index >= 0;
    const Row row = isAny ? m_rows[size_t(index)] : Row();
    const bool isOwn = isAny && !row.isShipped;
    m_use->setEnabled(isAny && !row.isInUse);
    m_rename->setEnabled(isOwn);
    m_pin->setEnabled(isOwn);
    m_pin->setText(row.isPinned ? tr("Unpin") : tr("Pin"));
    m_save->setEnabled(isAny);
    m_compare->setEnabled(!compared().empty());
    m_remove->setEnabled(isOwn && !row.isInUse);
    m_removeOld->setEnabled(!unpinned().empty());
    setFilled(m_use, isAny && !row.isInUse);
    m_about->setSentence(aboutText(row));
    m_curve->setVisible(!row.curve.empty());
    m_curve->start(row.curve.empty() ? 0 : row.curve.back().step);
    for (const LearningCurve::Point& point : row.curve)
        m_curve->add(point);
}

void ModelsDialog::askForName()
{
    const int index = selected();
    bool isDone = false;
    const QString name =
        QInputDialog::getText(this, tr("Rename the model"), tr("Name"), QLineEdit::Normal,
                              m_rows[size_t(index)].name, &isDone);
    if (isDone)
        Q_EMIT renameWanted(index, name);
}

void ModelsDialog::askToRemove(const std::vector<int>& indices)
{
    QMessageBox question(QMessageBox::Warning, windowTitle(),
                         tr("Delete %Ln model(s) for good?", nullptr, int(indices.size())),
                         QMessageBox::Cancel, this);
    question.setObjectName(QStringLiteral("removeModels"));
    question.setInformativeText(
        tr("Their weights are removed from the project; this cannot be undone. Save those that you "
           "may want again."));
    QPushButton* remove = question.addButton(tr("Delete"), QMessageBox::DestructiveRole);
    question.setDefaultButton(QMessageBox::Cancel);
    question.exec();
    if (question.clickedButton() == remove)
        Q_EMIT removeWanted(indices);
}

std::vector<int> ModelsDialog::unpinned() const
{
    std::vector<int> indices;
    for (int i = 0; i < int(m_rows.size()); ++i) {
        const Row& row = m_rows[size_t(i)];
        if (!row.isShipped && !row.isInUse && !row.isPinned)
            indices.push_back(i);
    }
    return indices;
}

} // namespace emend
