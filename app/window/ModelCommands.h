// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace emend {

class Actions;
class ModelsDialog;
class Session;

/// What the window does with models: shows their list, loads and saves them.
///
/// Owned by the main window; everything it is given lives as long.
class ModelCommands : public QObject
{
    Q_OBJECT

public:
    ModelCommands(Session& session, const Actions& actions, QWidget* window);

Q_SIGNALS:
    /// Show the slice as these two see it.
    void compareWanted(int firstModel, int secondModel);

private:
    void showModels();
    void fill(ModelsDialog& dialog) const;
    void load(QWidget* parent);
    void save(int index, QWidget* parent);

    Session& m_session;
    QWidget* m_window;
};

} // namespace emend
