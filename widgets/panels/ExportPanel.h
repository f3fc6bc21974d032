// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/panels/Panel.h"

class QComboBox;
class QPushButton;

namespace emend {

/// What to export, and the way to the file dialog.
class ExportPanel : public Panel
{
    Q_OBJECT

public:
    enum class What { masks, classIndices, probabilities };

    explicit ExportPanel(QWidget* parent = nullptr);

    void setCanExport(bool can);

    /// Probabilities come from a prediction.
    void setHasPrediction(bool has);
    What what() const;

Q_SIGNALS:
    void exportWanted();

private:
    QComboBox* m_what;
    QPushButton* m_export;
};

} // namespace emend
