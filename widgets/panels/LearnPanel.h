// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/panels/LearningCurve.h"
#include "widgets/panels/Panel.h"

class QComboBox;
class QFormLayout;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace emend {

/// The one button "Learn from my corrections", how it goes, and what came of it.
class LearnPanel : public Panel
{
    Q_OBJECT

public:
    /// What is under Advanced.
    struct Options
    {
        int steps = 0; ///< 0: chosen by the program
        int seed = 1;
        bool startsFromModel = true; ///< else from random weights
    };

    explicit LearnPanel(QWidget* parent = nullptr);

    /// Only while there are corrections and nothing else runs.
    void setCanLearn(bool can);
    void setNextStep(bool isNextStep);

    /// The model that learning starts from.
    void setModelName(const QString& name);

    void start();
    void addPoint(int steps, const LearningCurve::Point& point);

    /// What came of learning.
    struct Outcome
    {
        std::optional<double> before; ///< scores on held-out pixels, empty where there are none
        std::optional<double> after;
        bool isKept = true;    ///< the new model is in use
        qint64 corrected = 0;  ///< pixels of predicted slices that it learned from
        qint64 wrong = 0;      ///< of these, where the prediction had another class
        bool isEnough = false; ///< the last rounds brought next to nothing
    };

    void finish(const Outcome& outcome);

    /// Learning was stopped or failed; nothing has changed.
    void abandon();

    Options options() const;

    LearningCurve* curve() const { return m_curve; }

Q_SIGNALS:
    void learnWanted();

private:
    QWidget* makeAdvanced();
    void addSteps(QFormLayout& form);
    void unfold(bool isOpen);
    static QString scoreSentence(const Outcome& outcome);

    QPushButton* m_learn;
    LearningCurve* m_curve;
    Sentence* m_result;
    QToolButton* m_fold;
    QSpinBox* m_steps = nullptr;
    QSpinBox* m_seed = nullptr;
    QComboBox* m_start = nullptr;
    QWidget* m_advanced;
    bool m_isLearning = false;
};

} // namespace emend
