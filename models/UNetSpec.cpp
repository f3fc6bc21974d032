// SPDX-License-Identifier: Apache-2.0
#include "models/UNetSpec.h"

#include "core/Error.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <utility>

namespace emend {

namespace {

constexpr int maximumChannels = 4096;

template <class Enum>
struct Word
{
    Enum value;
    const char* text;
};

constexpr std::array paddings = {Word{UNetSpec::Padding::same, "same"},
                                 Word{UNetSpec::Padding::valid, "valid"}};
constexpr std::array upConvolutions = {Word{UNetSpec::UpConvolution::twoByTwo, "2x2"},
                                       Word{UNetSpec::UpConvolution::threeByThree, "3x3"}};
constexpr std::array initialisers = {Word{UNetSpec::Initialiser::heNormal, "he-normal"},
                                     Word{UNetSpec::Initialiser::glorotUniform, "glorot-uniform"}};

[[noreturn]] void refuse(const char* field)
{
    throw Error(QCoreApplication::translate("UNetSpec", "The model's description is not one that "
                                                        "Emend knows (%1). Choose another model.")
                    .arg(QLatin1String(field)));
}

template <class Words, class Enum>
QString wordOf(const Words& words, Enum value)
{
    for (const auto& word : words) {
        if (word.value == value)
            return QLatin1String(word.text);
    }
    return {};
}

template <class Words>
auto valueOf(const Words& words, const QJsonObject& json, const char* field)
{
    const QString text = json.value(QLatin1String(field)).toString();
    for (const auto& word : words) {
        if (text == QLatin1String(word.text))
            return word.value;
    }
    refuse(field);
}

int numberOf(const QJsonObject& json, const char* field, int minimum, int maximum)
{
    const int value = json.value(QLatin1String(field)).toInt(minimum - 1);
    if (value < minimum || value > maximum)
        refuse(field);
    return value;
}

int afterTwoConvolutions(int size, UNetSpec::Padding padding)
{
    return padding == UNetSpec::Padding::same ? size : size - 4;
}

/// The first and last input pixel that an output pixel depends on (same padding): followed
/// backwards through the up path, the bottleneck and the down path.
std::pair<int, int> seenBy(int pixel, const UNetSpec& spec)
{
    constexpr int twoConvolutions = 2;
    // A 3 x 3 up-convolution gives even pixels a share of the coarse pixel before theirs, too.
    const int before = spec.upConvolution == UNetSpec::UpConvolution::threeByThree ? 1 : 0;
    int first = pixel - twoConvolutions;
    int last = pixel + twoConvolutions;
    for (int level = 0; level < spec.depth; ++level) {
        first = ((first - before) >> 1) - twoConvolutions; // >> rounds down, below zero too
        last = (last >> 1) + twoConvolutions;
    }
    for (int level = 0; level < spec.depth; ++level) {
        first = 2 * first - twoConvolutions;
        last = 2 * last + 1 + twoConvolutions;
    }
    return {first, last};
}

} // namespace

UNetSpec UNetSpec::standard(int classCount, int baseChannels)
{
    UNetSpec spec;
    spec.classCount = classCount;
    spec.baseChannels = baseChannels;
    return spec;
}

UNetSpec UNetSpec::reference(int baseChannels, int classCount)
{
    UNetSpec spec;
    spec.baseChannels = baseChannels;
    spec.classCount = classCount;
    spec.padding = Padding::valid;
    spec.upConvolution = UpConvolution::threeByThree;
    spec.hasBatchNorm = false;
    spec.dropout = 0.5;
    spec.initialiser = Initialiser::glorotUniform;
    return spec;
}

UNetSpec UNetSpec::paper(int baseChannels, int classCount)
{
    UNetSpec spec = reference(baseChannels, classCount);
    spec.upConvolution = UpConvolution::twoByTwo;
    spec.initialiser = Initialiser::heNormal;
    return spec;
}

int UNetSpec::haloPx() const
{
    int reach = 0;
    for (int pixel = 0; pixel < stride(); ++pixel) {
        const auto [first, last] = seenBy(pixel, *this);
        reach = std::max({reach, -first, last - (stride() - 1)});
    }
    return (reach + stride() - 1) / stride() * stride();
}

int UNetSpec::outputSize(int inputSize) const
{
    int size = inputSize;
    for (int level = 0; level < depth; ++level) {
        size = afterTwoConvolutions(size, padding);
        if (size <= 0 || size % 2 != 0)
            return 0;
        size /= 2;
    }
    size = afterTwoConvolutions(size, padding);
    for (int level = 0; level < depth && size > 0; ++level)
        size = afterTwoConvolutions(size * 2, padding);
    return size > 0 ? size : 0;
}

qint64 UNetSpec::parameterCount() const
{
    qint64 count = 0;
    for (const auto& [name, shape] : weightShapes()) {
        if (name.find("running_") != std::string::npos)
            continue; // a statistic, not learned by steps
        qint64 product = 1;
        for (qint64 length : shape)
            product *= length;
        count += product;
    }
    return count;
}

std::map<std::string, std::vector<qint64>> UNetSpec::weightShapes() const
{
    std::map<std::string, std::vector<qint64>> shapes;
    const auto convolution = [&](const std::string& name, qint64 in, qint64 out) {
        shapes[name + ".weight"] = {out, in, 3, 3};
        if (!hasBatchNorm) {
            shapes[name + ".bias"] = {out};
            return;
        }
        for (const char* part : {".weight", ".bias", ".running_mean", ".running_var"})
            shapes[name + "Norm" + part] = {out};
    };
    const auto twoConvolutions = [&](const std::string& name, qint64 in, qint64 out) {
        convolution(name + ".first", in, out);
        convolution(name + ".second", out, out);
    };

    qint64 in = inputChannels;
    for (int level = 0; level <= depth; ++level) {
        const qint64 out = qint64(baseChannels) << level;
        twoConvolutions("encoder" + std::to_string(level), in, out);
        in = out;
    }
    const qint64 kernel = upConvolution == UpConvolution::twoByTwo ? 2 : 3;
    for (int level = 0; level < depth; ++level) {
        const qint64 out = qint64(baseChannels) << level;
        shapes["up" + std::to_string(level) + ".weight"] = {2 * out, out, kernel, kernel};
        shapes["up" + std::to_string(level) + ".bias"] = {out};
        twoConvolutions("decoder" + std::to_string(level), 2 * out, out);
    }
    shapes["head.weight"] = {classCount, baseChannels, 1, 1};
    shapes["head.bias"] = {classCount};
    return shapes;
}

QJsonObject UNetSpec::toJson() const
{
    return {{QStringLiteral("depth"), depth},
            {QStringLiteral("baseChannels"), baseChannels},
            {QStringLiteral("inputChannels"), inputChannels},
            {QStringLiteral("classCount"), classCount},
            {QStringLiteral("padding"), wordOf(paddings, padding)},
            {QStringLiteral("upConvolution"), wordOf(upConvolutions, upConvolution)},
            {QStringLiteral("hasBatchNorm"), hasBatchNorm},
            {QStringLiteral("dropout"), dropout},
            {QStringLiteral("initialiser"), wordOf(initialisers, initialiser)}};
}

UNetSpec UNetSpec::fromJson(const QJsonObject& json)
{
    UNetSpec spec;
    spec.depth = numberOf(json, "depth", 1, 6);
    spec.baseChannels = numberOf(json, "baseChannels", 1, maximumChannels >> spec.depth);
    spec.inputChannels = numberOf(json, "inputChannels", 1, 16);
    spec.classCount = numberOf(json, "classCount", 2, 63);
    spec.padding = valueOf(paddings, json, "padding");
    spec.upConvolution = valueOf(upConvolutions, json, "upConvolution");
    const QJsonValue hasBatchNorm = json.value(QStringLiteral("hasBatchNorm"));
    if (!hasBatchNorm.isBool())
        refuse("hasBatchNorm");
    spec.hasBatchNorm = hasBatchNorm.toBool();
    spec.dropout = json.value(QStringLiteral("dropout")).toDouble(-1);
    if (!(spec.dropout >= 0 && spec.dropout < 1))
        refuse("dropout");
    spec.initialiser = valueOf(initialisers, json, "initialiser");
    return spec;
}

} // namespace emend
