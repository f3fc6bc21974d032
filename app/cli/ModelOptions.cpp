// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ModelOptions.h"

#include "app/cli/Command.h"

#include <QCoreApplication>

namespace emend::ModelOptions {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("CommandLine", text);
}

} // namespace

void describeDevice(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("device"), tr("auto, cpu, or a graphics card like cuda:0."),
                      QStringLiteral("DEVICE"), QStringLiteral("auto")});
    parser.addOption({QStringLiteral("precision"), tr("auto, fp32, mixed, bf16 or fp16."),
                      QStringLiteral("PRECISION"), QStringLiteral("auto")});
}

void describeModel(QCommandLineParser& parser)
{
    parser.addOption(
        {QStringLiteral("model"),
         tr("A model's file, or the name of a shipped model (%1) or of one in the project.")
             .arg(Checkpoint::shippedNames().join(QStringLiteral(", "))),
         QStringLiteral("MODEL")});
}

std::shared_ptr<const Checkpoint> model(const QCommandLineParser& parser)
{
    return Checkpoint::find(requiredOption(parser, QStringLiteral("model")));
}

ComputeDevice device(const QCommandLineParser& parser)
{
    return ComputeDevice::parse(parser.value(QStringLiteral("device")));
}

void describeViews(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("views"),
                      tr("Predict each place 1, 2, 4 or 8 times, mirrored and turned, and take the "
                         "mean: slower, mostly better."),
                      QStringLiteral("N"), QStringLiteral("1")});
}

int views(const QCommandLineParser& parser)
{
    const QString text = parser.value(QStringLiteral("views"));
    for (const int count : {1, 2, 4, 8})
        if (text == QString::number(count))
            return count;
    throw UsageError(tr("--views is 1, 2, 4 or 8, not \"%1\".").arg(text.left(80)));
}

void describeLearning(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("threads"),
                      tr("Threads of the processor; as many as it has cores where it is not set."),
                      QStringLiteral("N")});
    parser.addOption({QStringLiteral("reproducible"),
                      tr("The same seed and data give the same model, bit for bit, on one device "
                         "with one build of Emend and one number of threads; slower on a graphics "
                         "card.")});
}

int threads(const QCommandLineParser& parser)
{
    return integerOption(parser, QStringLiteral("threads"), 0, 1, 1024);
}

bool isReproducible(const QCommandLineParser& parser)
{
    return parser.isSet(QStringLiteral("reproducible"));
}

Precision precision(const QCommandLineParser& parser, const ComputeDevice& device)
{
    return device.resolve(precisionFromText(parser.value(QStringLiteral("precision"))));
}

} // namespace emend::ModelOptions
