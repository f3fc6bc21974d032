// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/panels/LearningCurve.h"
#include "widgets/panels/Panel.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QSpinBox;
class QToolButton;

namespace emend {

/// The one button "Learn from my corrections", which model is taught, how it goes, and what came
/// of it.
class LearnPanel : public Panel
{
    Q_OBJECT

public:
    /// What learning begins with: the model in use, the one that came with the program, or random
    /// weights.
    enum class Start { current, base, nothing };

    /// What the user has chosen. 0: chosen by the program.
    struct Options
    {
        int steps = 0;
        int batch = 0;
        double learningRate = 0;
        int seed = 1;
        Start start = Start::current;
    };

    /// What the program chooses where the user does not.
    struct Automatic
    {
        int steps = 0; ///< at most
        int batch = 0;
        int patchPx = 0;
        double learningRate = 0;
    };

    explicit LearnPanel(QWidget* parent = nullptr);

    /// Only while there are corrections and nothing else runs.
    void setCanLearn(bool can);
    void setNextStep(bool isNextStep);

    /// The models that can be taught on; empty for none. base is offered where it is another one.
    void setModels(const QString& current, const QString& base);

    void setAutomatic(const Automatic& automatic);

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

    /// Another start was chosen; options() has it.
    void startChosen();

private:
    QScrollArea* makeAdvanced();
    QLayout* makeStart();
    void addNumbers(QFormLayout& form);
    QString startSentence() const;
    void unfold(bool isOpen);
    static QString scoreSentence(const Outcome& outcome);

    QPushButton* m_learn;
    LearningCurve* m_curve;
    Sentence* m_result;
    QToolButton* m_fold;
    QComboBox* m_start;
    QSpinBox* m_steps = nullptr;
    QSpinBox* m_batch = nullptr;
    QDoubleSpinBox* m_rate = nullptr;
    QLabel* m_patch = nullptr;
    QSpinBox* m_seed = nullptr;
    QScrollArea* m_advanced;         ///< a low window shows part of it
    Start m_wanted = Start::current; ///< by the user, whether it is to be had now or not
    QString m_current;
    QString m_base;
    bool m_isLearning = false;
};

} // namespace emend
