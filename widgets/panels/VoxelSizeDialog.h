// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image/Geometry.h"

#include <QDialog>

class QDoubleSpinBox;
class QFormLayout;

namespace emend {

/// Lets the user type the voxel size that the file does not say, in nanometres.
class VoxelSizeDialog : public QDialog
{
    Q_OBJECT

public:
    /// explanation: where the present size comes from.
    VoxelSizeDialog(VoxelSize size, const QString& explanation, QWidget* parent = nullptr);

    VoxelSize voxelSize() const;

private:
    QDoubleSpinBox* addField(QFormLayout& form, const QString& objectName, const QString& text,
                             double valueNm);

    QDoubleSpinBox* m_x;
    QDoubleSpinBox* m_y;
    QDoubleSpinBox* m_z;
    bool m_isSquare; ///< y follows x until the user types another y
};

} // namespace emend
