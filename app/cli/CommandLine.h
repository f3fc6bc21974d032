// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace emend {

/// Whether the first argument is a command ("predict", "--version", "--help", ...), so that
/// `emend` answers it without a window.
bool isCommand(const QStringList& arguments);

/// Runs one command: info, convert, train, predict, evaluate, export, demo, make-base-model.
/// arguments: without the program's name. Needs a QCoreApplication. Returns the exit status: 0
/// done, 1 failed, 2 wrong use, 130 interrupted with nothing half-written left.
int runCommandLine(const QStringList& arguments);

/// Ends the program, last in main: what it printed is written, what libraries do at an exit is left
/// out. LibTorch would take its operators out of its tables one by one, a tenth of a second.
[[noreturn]] void endProgram(int status);

} // namespace emend
