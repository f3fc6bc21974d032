// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace emend {

/// What runs, how far it is, how long it still takes, Stop. Hidden while nothing runs.
class JobBar : public QWidget
{
    Q_OBJECT

public:
    explicit JobBar(QWidget* parent = nullptr);

    void start(const QString& title);

    /// remainingSeconds: -1 as long as it cannot be told.
    void setProgress(double fraction, const QString& stage, double remainingSeconds);
    void finish();

    /// "about 2 minutes left"; empty for -1.
    static QString remainingText(double seconds);

Q_SIGNALS:
    void stopWanted();

private:
    QLabel* m_stage;
    QProgressBar* m_bar;
    QLabel* m_remaining;
    QPushButton* m_stop;
};

} // namespace emend
