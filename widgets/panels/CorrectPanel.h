// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/panels/Panel.h"

class QPushButton;
class QToolButton;

namespace emend {

/// How far correcting has come, where to go on, and "this slice is right" or "this
/// place is right".
class CorrectPanel : public Panel
{
    Q_OBJECT

public:
    explicit CorrectPanel(QWidget* parent = nullptr);

    void setCounts(int confirmedSlices, int partlySlices);

    /// The slice that most needs a look, from 0; -1 for none.
    void setNextSlice(int z);

    /// What is predicted on the slice shown can be confirmed.
    void setCanConfirm(bool can);

    /// A place that the user was led to is in sight.
    void setCanConfirmPlace(bool can);
    void setNextStep(bool isNextStep);

Q_SIGNALS:
    void confirmWanted();

    /// What is predicted in the place that is shown is right.
    void placeConfirmed();
    void sliceWanted(int z);

private:
    Sentence* m_counts;
    QToolButton* m_next;
    QPushButton* m_confirm;
    QPushButton* m_confirmPlace;
    int m_nextSlice = -1;
};

} // namespace emend
