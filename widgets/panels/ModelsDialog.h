// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/panels/LearningCurve.h"

#include <QDateTime>
#include <QDialog>

#include <optional>
#include <vector>

class QPushButton;
class QTableWidget;

namespace emend {

class Sentence;

/// The list of all models with where they come from and how well they do; lets the user choose,
/// rename, pin, delete and compare them.
///
/// Only shows and asks: who owns the models does what is wanted and calls setModels() again.
class ModelsDialog : public QDialog
{
    Q_OBJECT

public:
    struct Row
    {
        QString name;
        QString parent;      ///< empty: from random weights, or not known
        QStringList classes; ///< that it tells apart
        QString data;        ///< what it learned from, in words
        QDateTime made;
        std::optional<double> before; ///< held-out score of its parent
        std::optional<double> after;
        int steps = 0;
        quint64 seed = 0;
        std::vector<LearningCurve::Point> curve;
        bool isInUse = false;
        bool isShipped = false; ///< stays as it is
        bool isPinned = false;
    };

    explicit ModelsDialog(QWidget* parent = nullptr);

    /// Keeps the row that was selected.
    void setModels(std::vector<Row> rows);

    /// -1 while there is none, or more than one.
    int selected() const;

Q_SIGNALS:
    void useWanted(int index);
    void renameWanted(int index, const QString& name);
    void pinWanted(int index, bool isPinned);
    void removeWanted(const std::vector<int>& indices);
    void loadWanted();
    void saveWanted(int index);

    /// first is the older one.
    void compareWanted(int first, int second);

private:
    void addButtons();
    QPushButton* addButton(QLayout& row, const char* objectName, const QString& text);
    void showSelected();
    void askForName();
    void askToRemove(const std::vector<int>& indices);
    std::vector<int> unpinned() const;
    std::vector<int> marked() const;
    std::vector<int> compared() const;

    std::vector<Row> m_rows;
    QTableWidget* m_table;
    LearningCurve* m_curve;
    Sentence* m_about;
    QPushButton* m_use = nullptr;
    QPushButton* m_rename = nullptr;
    QPushButton* m_pin = nullptr;
    QPushButton* m_remove = nullptr;
    QPushButton* m_removeOld = nullptr;
    QPushButton* m_save = nullptr;
    QPushButton* m_compare = nullptr;
};

} // namespace emend
