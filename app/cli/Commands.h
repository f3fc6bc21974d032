// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Command.h"
#include "app/cli/WorkInput.h"
#include "app/jobs/ExportJob.h"
#include "models/benchmark/NetworkBenchmark.h"

#include <QCoreApplication>

namespace emend {

/// Prints what a stack or a project is.
class InfoCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    QString name() const override { return QStringLiteral("info"); }

    QString summary() const override { return tr("tells what a stack or a project is"); }

    void describe(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, JobContext& job) override;
};

/// Any supported stack to plain grey TIFF.
class ConvertCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    QString name() const override { return QStringLiteral("convert"); }

    QString summary() const override { return tr("writes a stack as plain grey TIFF"); }

    void describe(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, JobContext& job) override;
};

/// Teaches a model from labels.
class TrainCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    QString name() const override { return QStringLiteral("train"); }

    QString summary() const override { return tr("teaches a model from labels"); }

    void describe(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, JobContext& job) override;
};

/// Runs a model over a stack and writes masks.
class PredictCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    QString name() const override { return QStringLiteral("predict"); }

    QString summary() const override { return tr("runs a model over a stack, writes masks"); }

    void describe(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, JobContext& job) override;
};

/// Scores a model against the truth.
class EvaluateCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    QString name() const override { return QStringLiteral("evaluate"); }

    QString summary() const override { return tr("scores a model against labels"); }

    void describe(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, JobContext& job) override;
};

/// Writes labels the way the window exports them.
class ExportCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    QString name() const override { return QStringLiteral("export"); }

    QString summary() const override { return tr("writes labels as masks, one file a class"); }

    void describe(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, JobContext& job) override;

private:
    ExportJob::Snapshot snapshotOf(const QString& path, const QCommandLineParser& parser);

    std::unique_ptr<WorkInput> m_input; ///< the project whose labels are exported
};

/// Verifies every tile of a project.
class CheckCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    QString name() const override { return QStringLiteral("check"); }

    QString summary() const override { return tr("verifies every tile of a project"); }

    void describe(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, JobContext& job) override;
};

/// Brings what is intact of a damaged project into a new one.
class RepairCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    QString name() const override { return QStringLiteral("repair"); }

    QString summary() const override
    {
        return tr("brings what is intact of a damaged project into a new one");
    }

    void describe(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, JobContext& job) override;
};

/// The whole loop on a sample, without a window.
class DemoCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    QString name() const override { return QStringLiteral("demo"); }

    QString summary() const override { return tr("shows the whole loop on a sample stack"); }

    void describe(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, JobContext& job) override;
};

/// Measures what the user's work brings.
class CorrectionBenchmarkCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    QString name() const override { return QStringLiteral("benchmark corrections"); }

    QString summary() const override { return tr("measures what corrections bring"); }

    void describe(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, JobContext& job) override;
};

/// Measures how fast networks predict, or learn.
class NetworkBenchmarkCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    explicit NetworkBenchmarkCommand(NetworkBenchmark::Mode mode)
        : m_mode(mode)
    {
    }

    QString name() const override
    {
        return m_mode == NetworkBenchmark::Mode::inference ? QStringLiteral("benchmark inference")
                                                           : QStringLiteral("benchmark training");
    }

    QString summary() const override
    {
        return m_mode == NetworkBenchmark::Mode::inference
                   ? tr("measures how fast networks predict")
                   : tr("measures how fast networks learn");
    }

    void describe(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, JobContext& job) override;

private:
    NetworkBenchmark::Mode m_mode;
};

/// Shows what mixed precision and Emend's own ways through a network bring, each and together.
class FeaturesBenchmarkCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    QString name() const override { return QStringLiteral("benchmark features"); }

    QString summary() const override
    {
        return tr("measures what mixed precision and fused ways bring");
    }

    void describe(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, JobContext& job) override;
};

/// Shows in which layers a network spends its time, computed LibTorch's way and Emend's.
class LayersBenchmarkCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    QString name() const override { return QStringLiteral("benchmark layers"); }

    QString summary() const override { return tr("shows in which layers the time goes"); }

    void describe(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, JobContext& job) override;
};

/// Makes the shipped membrane model from free data.
class MakeBaseModelCommand : public Command
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)

public:
    QString name() const override { return QStringLiteral("make-base-model"); }

    QString summary() const override { return tr("makes the shipped model from free data"); }

    void describe(QCommandLineParser& parser) const override;
    int run(const QCommandLineParser& parser, JobContext& job) override;
};

} // namespace emend
