// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme/Theme.h"

#include <QByteArray>
#include <QString>

namespace emend {

/// What the window remembers from one start to the next. A handle without state of its own.
class Settings
{
public:
    Theme::Choice theme() const;
    void setTheme(Theme::Choice choice);

    double overlayOpacity() const;
    void setOverlayOpacity(double opacity);

    /// File dialogs remember their folder for each kind of file: "stack", "export", "model".
    QString folder(const QString& kind) const;
    void setFolder(const QString& kind, const QString& folder);

    /// The project that is open; at the start of the program, that of one which did not get to
    /// close it. Empty: none.
    QString openProject() const;
    void setOpenProject(const QString& path);

    /// States of main windows, as QMainWindow::saveState gives them.
    QByteArray bytes(const QString& key) const;
    void setBytes(const QString& key, const QByteArray& bytes);
};

} // namespace emend
