// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CommandLine.h"

#include "app/cli/Command.h"
#include "app/cli/Interrupt.h"
#include "app/cli/TerminalProgress.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <new>

namespace emend {

namespace {

enum ExitStatus { done = 0, failed = 1, wrongUse = 2, interrupted = 130 };

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

QString programName()
{
    return QStringLiteral("emend-cli");
}

void printOverview()
{
    printLine(tr("Emend labels serial-section electron microscopy stacks."));
    printLine(QString());
    printLine(tr("Use: %1 COMMAND [OPTIONS]").arg(programName()));
    printLine(QString());
    for (const auto& command : allCommands())
        printLine(QStringLiteral("  %1 %2").arg(command->name(), -22).arg(command->summary()));
    printLine(QString());
    printLine(tr("%1 COMMAND --help tells more. Slices count from 0.").arg(programName()));
}

/// A command is named by one word or by two, like "benchmark inference".
QStringList wordsOf(const Command& command)
{
    return command.name().split(u' ');
}

std::unique_ptr<Command> findCommand(const QStringList& arguments)
{
    for (auto& command : allCommands()) {
        const QStringList words = wordsOf(*command);
        if (arguments.mid(0, words.size()) == words)
            return std::move(command);
    }
    return nullptr;
}

/// The first of two words.
bool isGroup(const QString& word)
{
    for (const auto& command : allCommands()) {
        const QStringList words = wordsOf(*command);
        if (words.size() > 1 && words.first() == word)
            return true;
    }
    return false;
}

int wrongUseOf(const QString& command, const QString& text)
{
    printNote(tr("%1 %2 --help tells how to use it.").arg(text, programName() + u' ' + command));
    return wrongUse;
}

int runJobOf(Command& command, const QCommandLineParser& parser)
{
    Interrupt interrupt;
    TerminalProgress progress;
    JobContext job(interrupt.token(), [&progress](double fraction, const QString& stage) {
        progress.report(fraction, stage);
    });
    try {
        return command.run(parser, job);
    } catch (const Cancelled&) {
        progress.clear();
        printNote(tr("Interrupted; nothing was written."));
        return interrupted;
    } catch (const UsageError& error) {
        progress.clear();
        return wrongUseOf(command.name(), error.text());
    } catch (const Error& error) {
        progress.clear();
        printNote(error.text());
    } catch (const std::bad_alloc&) {
        progress.clear();
        printNote(tr("The memory of this computer is not enough. Close other programs, or work on "
                     "fewer slices."));
    } catch (const std::exception& error) {
        progress.clear();
        printNote(tr("Something unexpected went wrong: %1").arg(QString::fromUtf8(error.what())));
    }
    return failed;
}

} // namespace

bool isCommand(const QStringList& arguments)
{
    if (arguments.isEmpty())
        return false;
    static const QStringList words = {QStringLiteral("--help"), QStringLiteral("-h"),
                                      QStringLiteral("help"), QStringLiteral("--version")};
    return words.contains(arguments.first()) || isGroup(arguments.first()) ||
           findCommand(arguments) != nullptr;
}

int runCommandLine(const QStringList& arguments)
{
    if (arguments.isEmpty()) {
        printOverview();
        return wrongUse;
    }
    const QString word = arguments.first();
    if (word == u"--version") {
        printLine(QStringLiteral("Emend " EMEND_VERSION));
        return done;
    }
    const auto asksForHelp = [](const QString& text) {
        return text == u"--help" || text == u"-h" || text == u"help";
    };
    if (asksForHelp(word) || (isGroup(word) && asksForHelp(arguments.value(1)))) {
        printOverview();
        return done;
    }
    const std::unique_ptr<Command> command = findCommand(arguments);
    if (!command) {
        const QString unknown = arguments.mid(0, isGroup(word) ? 2 : 1).join(u' ');
        printNote(tr("There is no command \"%1\". %2 --help lists them.")
                      .arg(unknown.left(80), programName()));
        return wrongUse;
    }

    QCommandLineParser parser;
    parser.setApplicationDescription(command->summary());
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")},
                                  tr("Tells how to use the command."));
    parser.addOption(help);
    command->describe(parser);
    const QString name = command->name();
    if (!parser.parse(QStringList(programName() + u' ' + name) +
                      arguments.mid(wordsOf(*command).size())))
        return wrongUseOf(name, parser.errorText() + u'.');
    if (parser.isSet(help)) {
        printLine(parser.helpText().trimmed());
        return done;
    }
    return runJobOf(*command, parser);
}

void endProgram(int status)
{
#ifdef __SANITIZE_ADDRESS__
    std::exit(status); // then it looks for leaks
#else
    std::fflush(nullptr);
    std::_Exit(status);
#endif
}

} // namespace emend
