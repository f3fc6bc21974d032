// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

namespace emend {

class Actions;

/// What keys and mouse do: the table of actions, and what the section itself understands.
class KeysDialog : public QDialog
{
    Q_OBJECT

public:
    explicit KeysDialog(const Actions& actions, QWidget* parent = nullptr);
};

} // namespace emend
