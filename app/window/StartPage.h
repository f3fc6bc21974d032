// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/window/RecentStacks.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace emend {

/// What the window shows while nothing is open: open a stack, try the sample, go on with a
/// recent one.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);

    /// Reads the recent stacks anew.
    void showRecent();

    /// Offers the project that was open when the program ended unexpectedly.
    void offerToContinue(const QString& path);

Q_SIGNALS:
    void openWanted();
    void folderWanted();
    void sampleWanted();
    void recentWanted(const QString& path);

private:
    QWidget* makeColumn();

    RecentStacks m_recent;
    QLabel* m_heading;
    QGridLayout* m_cards;
};

} // namespace emend
