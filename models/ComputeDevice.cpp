// SPDX-License-Identifier: Apache-2.0
#include "models/ComputeDevice.h"

#include "core/Error.h"
#include "models/torch/cards/GraphicsCards.h"
#include "models/torch/winograd/WinogradKernels.h"

#include <QCoreApplication>
#include <QThread>

#include <array>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ComputeDevice", text);
}

struct PrecisionWord
{
    Precision precision;
    const char* word;
};

constexpr std::array precisionWords = {
    PrecisionWord{Precision::automatic, "auto"}, PrecisionWord{Precision::fp32, "fp32"},
    PrecisionWord{Precision::mixed, "mixed"}, PrecisionWord{Precision::bf16, "bf16"},
    PrecisionWord{Precision::fp16, "fp16"}};

} // namespace

Precision precisionFromText(const QString& text)
{
    for (const PrecisionWord& known : precisionWords) {
        if (text == QLatin1String(known.word))
            return known.precision;
    }
    throw Error(tr("There is no precision \"%1\". Choose auto, fp32, mixed, bf16 or fp16.")
                    .arg(text.left(40)));
}

QString textFromPrecision(Precision precision)
{
    for (const PrecisionWord& known : precisionWords) {
        if (precision == known.precision)
            return QLatin1String(known.word);
    }
    Q_UNREACHABLE();
}

ComputeDevice ComputeDevice::cpu()
{
    return {};
}

ComputeDevice ComputeDevice::best()
{
    ComputeDevice device;
    if (!graphicsCards().empty())
        device.m_cudaIndex = 0;
    return device;
}

ComputeDevice ComputeDevice::parse(const QString& text)
{
    if (text == QLatin1String("auto"))
        return best();
    if (text == QLatin1String("cpu"))
        return cpu();
    const QString cuda = QStringLiteral("cuda");
    const QString cudaNumbered = QStringLiteral("cuda:");
    bool isNumber = false;
    const int index = text == cuda ? 0 : text.mid(cudaNumbered.size()).toInt(&isNumber);
    if (text != cuda && (!text.startsWith(cudaNumbered) || !isNumber || index < 0))
        throw Error(tr("There is no device \"%1\". Choose auto, cpu, or a graphics card like "
                       "cuda:0.")
                        .arg(text.left(40)));
    if (index >= int(graphicsCards().size()))
        throw Error(tr("This computer has no graphics card %1 that Emend can use. Choose auto "
                       "or cpu.")
                        .arg(text));
    ComputeDevice device;
    device.m_cudaIndex = index;
    return device;
}

Precision ComputeDevice::resolve(Precision wanted) const
{
    if (wanted == Precision::fp16 && !isCuda())
        throw Error(tr("FP16 is slow on a CPU. Choose auto, bf16 or fp32."));
    if (wanted == Precision::mixed && isCuda())
        throw Error(tr("On a graphics card there is no \"mixed\". Choose auto, bf16 or fp16, which "
                       "keep FP32 where it is needed."));
    if (wanted == Precision::mixed && !winograd::hasFastBf16())
        throw Error(tr("This processor is not faster in bf16. Choose auto or fp32."));
    if (wanted != Precision::automatic)
        return wanted;
    if (!isCuda()) // by Winograd's method FP32 keeps up with bf16 in the usual way
        return winograd::hasFastBf16() ? Precision::mixed : Precision::fp32;
    const GraphicsCard& card = graphicsCards()[size_t(m_cudaIndex)];
    if (card.hasBf16)
        return Precision::bf16;
    return card.hasFastFp16 ? Precision::fp16 : Precision::fp32;
}

QString ComputeDevice::describe(Precision precision) const
{
    const QString numbers = textFromPrecision(resolve(precision));
    if (isCuda()) {
        //: %1 is the name of a graphics card, %2 the kind of numbers it computes with
        return tr("GPU %1, %2").arg(graphicsCards()[size_t(m_cudaIndex)].name, numbers);
    }
    const int cores = QThread::idealThreadCount();
    //: %2 is the kind of numbers the processor computes with
    return cores == 1 ? tr("CPU, 1 core, %1").arg(numbers)
                      : tr("CPU, %1 cores, %2").arg(cores).arg(numbers);
}

} // namespace emend
