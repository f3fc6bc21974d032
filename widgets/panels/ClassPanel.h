// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/labels/ClassTable.h"
#include "widgets/panels/Panel.h"

#include <vector>

class QAction;
class QScrollArea;

namespace emend {

class ClassRow;

/// The classes: digit, colour, name, eye, lock; the current one is highlighted.
class ClassPanel : public Panel
{
    Q_OBJECT

public:
    explicit ClassPanel(QWidget* parent = nullptr);

    void setClasses(const ClassTable& classes);
    void setCurrentClass(int classIndex);

    QAction* addAction() const { return m_add; }

Q_SIGNALS:
    void classChosen(int classIndex);
    void classEdited(int classIndex, const emend::LabelClass& labelClass);
    void classWanted(); ///< one more

private:
    void fillRows(const ClassTable& classes);
    ClassRow* makeRow(int classIndex);

    QAction* m_add;
    QScrollArea* m_list;
    std::vector<ClassRow*> m_rows;
    int m_current = 1;
};

} // namespace emend
