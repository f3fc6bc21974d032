// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Command.h"

#include "core/io/AtomicFile.h"

#include <QCoreApplication>

#include <cstdio>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

} // namespace

QString requiredArgument(const QCommandLineParser& parser, int index, const QString& name)
{
    const QStringList arguments = parser.positionalArguments();
    if (index >= arguments.size())
        throw UsageError(tr("%1 is missing.").arg(name));
    return arguments[index];
}

QString requiredOption(const QCommandLineParser& parser, const QString& name)
{
    if (!parser.isSet(name) || parser.value(name).isEmpty())
        throw UsageError(
            tr("The option %1 is missing.")
                .arg((name.size() == 1 ? QStringLiteral("-") : QStringLiteral("--")) + name));
    return parser.value(name);
}

int integerOption(const QCommandLineParser& parser, const QString& name, int defaultValue,
                  int minimum, int maximum)
{
    if (!parser.isSet(name))
        return defaultValue;
    bool isNumber = false;
    const int value = parser.value(name).toInt(&isNumber);
    if (!isNumber || value < minimum || value > maximum)
        throw UsageError(
            tr("--%1 takes a whole number from %2 to %3.").arg(name).arg(minimum).arg(maximum));
    return value;
}

void refuseFurtherArguments(const QCommandLineParser& parser, int expected)
{
    const QStringList arguments = parser.positionalArguments();
    if (arguments.size() > expected)
        throw UsageError(tr("\"%1\" is one argument too many.").arg(arguments[expected].left(80)));
}

void printLine(const QString& text)
{
    std::fprintf(stdout, "%s\n", qUtf8Printable(text));
    std::fflush(stdout);
}

void printNote(const QString& text)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(text));
}

void writeFile(const QString& path, const QByteArray& bytes)
{
    AtomicFile file(path);
    file.write(bytes.constData(), size_t(bytes.size()));
    file.commit();
}

} // namespace emend
