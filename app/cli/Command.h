// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/Job.h"

#include <QCommandLineParser>
#include <QString>

#include <memory>
#include <vector>

namespace emend {

/// A command was called wrongly: exit status 2, and the sentence says how to call it.
class UsageError : public Error
{
public:
    using Error::Error;
};

/// One word of the command line, like "predict". Made anew for each call.
class Command
{
public:
    virtual ~Command() = default;

    virtual QString name() const = 0;
    virtual QString summary() const = 0; ///< one line for the list of commands
    virtual void describe(QCommandLineParser& parser) const = 0;

    /// Returns the exit status. Throws UsageError, Error or Cancelled.
    virtual int run(const QCommandLineParser& parser, JobContext& job) = 0;
};

/// All commands, in the order in which help lists them.
std::vector<std::unique_ptr<Command>> allCommands();

/// The positional argument at that place; throws UsageError naming it where it is missing.
QString requiredArgument(const QCommandLineParser& parser, int index, const QString& name);

/// The value of an option that must be there.
QString requiredOption(const QCommandLineParser& parser, const QString& name);

/// An option's whole number within limits, or the default where it is not set.
int integerOption(const QCommandLineParser& parser, const QString& name, int defaultValue,
                  int minimum, int maximum);

/// More positional arguments than the command takes are wrong use.
void refuseFurtherArguments(const QCommandLineParser& parser, int expected);

/// One line on standard output.
void printLine(const QString& text);

/// One line on standard error.
void printNote(const QString& text);

/// A whole file; an old one stands until the new one is there.
void writeFile(const QString& path, const QByteArray& bytes);

} // namespace emend
