// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/ClassPanel.h"

#include "widgets/panels/ClassRow.h"
#include "widgets/theme/ThemeIcon.h"

#include <QAction>
#include <QScrollArea>
#include <QVBoxLayout>

namespace emend {

namespace {

constexpr int rowHeightPx = 28;

/// As high as its rows, from two to twelve of them. Where there is less room it scrolls, but up to
/// five are always to be seen: a column of docks makes room for a new one only where it must.
class RowList : public QScrollArea
{
public:
    using QScrollArea::QScrollArea;

    QSize sizeHint() const override { return {200, heightOf(12)}; }

    QSize minimumSizeHint() const override { return {160, heightOf(5)}; }

private:
    int heightOf(int mostRows) const
    {
        return std::clamp(widget()->sizeHint().height(), 2 * rowHeightPx, mostRows * rowHeightPx);
    }
};

} // namespace

ClassPanel::ClassPanel(QWidget* parent)
    : Panel(QStringLiteral("classPanel"), tr("Classes"), parent)
    , m_add(new QAction(themeIcon(QStringLiteral("plus")), tr("Add a class"), this))
    , m_list(new RowList(this))
{
    m_add->setObjectName(QStringLiteral("addClass"));
    m_add->setToolTip(tr("Add a class"));
    QWidget::addAction(m_add);
    connect(m_add, &QAction::triggered, this, &ClassPanel::classWanted);

    m_list->setObjectName(QStringLiteral("classList"));
    m_list->setAccessibleName(tr("Classes"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_list->setWidgetResizable(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->viewport()->setAutoFillBackground(false);
    auto* rows = new QWidget;
    rows->setObjectName(QStringLiteral("classRows"));
    rows->setAutoFillBackground(false);
    auto* column = new QVBoxLayout(rows);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addStretch();
    m_list->setWidget(rows);
    this->column()->setContentsMargins(8, 0, 8, 8);
    this->column()->addWidget(m_list);
}

void ClassPanel::setClasses(const ClassTable& classes)
{
    if (int(m_rows.size()) != classes.count())
        fillRows(classes);
    for (int i = 1; i <= classes.count(); ++i)
        m_rows[size_t(i - 1)]->setClass(classes.at(i));
    setCurrentClass(m_current);
}

void ClassPanel::fillRows(const ClassTable& classes)
{
    while (int(m_rows.size()) > classes.count()) {
        m_rows.back()->hide();
        m_rows.back()->deleteLater();
        m_rows.pop_back();
    }
    while (int(m_rows.size()) < classes.count())
        m_rows.push_back(makeRow(int(m_rows.size()) + 1));
    m_list->updateGeometry();
}

ClassRow* ClassPanel::makeRow(int classIndex)
{
    auto* row = new ClassRow(classIndex, m_list->widget());
    auto* column = static_cast<QVBoxLayout*>(m_list->widget()->layout());
    column->insertWidget(column->count() - 1, row);
    connect(row, &ClassRow::chosen, this, [=, this] { Q_EMIT classChosen(classIndex); });
    connect(row, &ClassRow::edited, this,
            [=, this](const LabelClass& edited) { Q_EMIT classEdited(classIndex, edited); });
    row->show();
    column->activate();
    return row;
}

void ClassPanel::setCurrentClass(int classIndex)
{
    m_current = classIndex;
    for (size_t i = 0; i < m_rows.size(); ++i)
        m_rows[i]->setCurrent(int(i) + 1 == classIndex);
}

} // namespace emend
