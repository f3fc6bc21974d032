// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/panels/Panel.h"

class QCheckBox;
class QComboBox;
class QPushButton;
class QSlider;

namespace emend {

/// Which model predicts what, and how strongly labels are shown.
class PredictPanel : public Panel
{
    Q_OBJECT

public:
    explicit PredictPanel(QWidget* parent = nullptr);

    /// current: -1 for none.
    void setModels(const QStringList& names, int current);
    void setSliceCount(int slices);

    /// Only while a stack is open and nothing else runs.
    void setCanPredict(bool can);
    void setOverlayOpacity(double opacity);
    void setNextStep(bool isNextStep);

Q_SIGNALS:
    void modelChosen(int index);
    void sliceWanted();
    void allWanted();
    void overlayOpacityChosen(double opacity);

    /// Look at each place from all sides: slower, mostly better.
    void carefulChosen(bool isCareful);

private:
    void showOpacity(int percent);

    QComboBox* m_model;
    QPushButton* m_slice;
    QPushButton* m_all;
    QCheckBox* m_careful;
    QSlider* m_opacity;
    QLabel* m_percent;
    bool m_hasModel = false;
    bool m_can = false;
};

} // namespace emend
