// SPDX-License-Identifier: Apache-2.0
// emend: the window, and every command.
#include "app/cli/CommandLine.h"
#include "app/cli/Interrupt.h"
#include "app/window/FileCommands.h"
#include "app/window/MainWindow.h"
#include "app/window/Translations.h"
#include "models/ComputeDevice.h"
#include "widgets/theme/Theme.h"
#include "widgets/view/VtkSurface.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QLocale>
#include <QTimer>

#include <cstdio>
#include <stop_token>

namespace {

void nameProgram()
{
    QCoreApplication::setOrganizationName(QStringLiteral("Emend"));
    QCoreApplication::setApplicationName(QStringLiteral("emend"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EMEND_VERSION));
}

/// Docks, window positions and pens work better on X than on Wayland where both are there; who
/// wants another platform says so in QT_QPA_PLATFORM.
bool hasDisplay()
{
    if (qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        return true;
    if (qEnvironmentVariableIsSet("DISPLAY"))
        return qputenv("QT_QPA_PLATFORM", "xcb");
    return qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
}

QStringList argumentsOf(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    return arguments;
}

int runWindow(QApplication& application, const QCommandLineParser& parser, bool isDemo)
{
    emend::Theme theme;
    theme.setChoice(emend::Settings().theme());
    emend::MainWindow window(theme);
    window.show();
    const QString path = parser.positionalArguments().value(0);
    // After the first paint, so that the window is there at once.
    QTimer::singleShot(0, &window, [&] {
        if (isDemo)
            window.files().openDemo(path);
        else if (!path.isEmpty())
            window.files().open(path);
    });
    // Whoever logs out or shuts down closes the project as by hand: all that was done is saved.
    const emend::Interrupt interrupt;
    const std::stop_callback end(interrupt.token(), [&application] {
        QMetaObject::invokeMethod(
            &application, [] { QCoreApplication::exit(); }, Qt::QueuedConnection);
    });
    return application.exec();
}

int runCommand(int argc, char** argv, const QStringList& arguments)
{
    const QCoreApplication application(argc, argv);
    return emend::runCommandLine(arguments);
}

/// Without arguments that name a command.
int runProgram(int argc, char** argv)
{
    if (!hasDisplay()) {
        std::fputs("There is no display. The commands work without one: emend --help\n", stderr);
        return 1;
    }
    emend::VtkSurface::prepareApplication();
    QApplication application(argc, argv);
    QApplication::setApplicationDisplayName(QStringLiteral("Emend"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/org.emend.Emend.svg")));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.emend.Emend"));
    emend::Translations::install(QLocale());

    QCommandLineParser parser;
    const QCommandLineOption demo(QStringLiteral("demo"),
                                  QStringLiteral("open the sample and predict it"));
    parser.addOption(demo);
    if (!parser.parse(application.arguments())) {
        std::fprintf(stderr, "%s\n", qPrintable(parser.errorText()));
        return 2;
    }
    return runWindow(application, parser, parser.isSet(demo));
}

} // namespace

int main(int argc, char** argv)
{
    emend::prepareProcessForCompute();
    nameProgram();
    const QStringList arguments = argumentsOf(argc, argv);
    emend::endProgram(emend::isCommand(arguments) ? runCommand(argc, argv, arguments)
                                                  : runProgram(argc, argv));
}
