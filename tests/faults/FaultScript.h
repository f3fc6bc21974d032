// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace emend {

/// What FaultVictim does in a folder, for it and for who looks at the folder afterwards.
namespace FaultScript {

/// A project whose program was killed after some steps: opened, gone on with and closed.
const QString killed = QStringLiteral("killed.emend");
constexpr int killedAfter = 12;
constexpr int killedSteps = 18;

/// A project that is made, worked on, copied, closed, and opened and worked on once more.
const QString fresh = QStringLiteral("fresh.emend");
const QString copy = QStringLiteral("copy.emend");
constexpr int closedAfter = 16;
constexpr int freshSteps = 24;

/// A file that is there and is replaced.
const QString replaced = QStringLiteral("notes.json");
const QByteArray oldContent = QByteArray(5000, 'o');
const QByteArray newContent = QByteArray(9000, 'n');

} // namespace FaultScript

} // namespace emend
