// SPDX-License-Identifier: Apache-2.0
// emend-cli: the commands without any display library, for servers and cluster nodes.
#include "app/cli/CommandLine.h"
#include "models/ComputeDevice.h"

#include <QCoreApplication>

namespace {

int run(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("Emend"));
    QCoreApplication::setApplicationName(QStringLiteral("emend"));
    return emend::runCommandLine(application.arguments().mid(1));
}

} // namespace

int main(int argc, char** argv)
{
    emend::prepareProcessForCompute();
    emend::endProgram(run(argc, argv));
}
