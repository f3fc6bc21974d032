// SPDX-License-Identifier: Apache-2.0
// Works on a project until it is killed, and says after which step everything is on the disk.
// StoreVictim PROJECT FIRST
#include "tests/faults/ScriptedWork.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    emend::ProjectStore store(QString::fromLocal8Bit(argv[1]), emend::ProjectStore::Mode::edit);
    emend::ScriptedWork work(store);
    std::mt19937 random(unsigned(::getpid()));
    for (int step = std::atoi(argv[2]);; ++step) {
        work.doStep(step);
        if (random() % 3 == 0)
            continue;
        if (!store.flush())
            return 1;
        char line[32];
        const int length = std::snprintf(line, sizeof line, "%d\n", step + 1);
        if (::write(STDOUT_FILENO, line, size_t(length)) != length)
            return 1;
    }
}
