// SPDX-License-Identifier: Apache-2.0
#include "models/recipes/ReferenceState.h"

#include "core/Error.h"
#include "core/io/AtomicFile.h"
#include "models/SafetensorsFile.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

#include <cmath>

namespace emend {

namespace {

constexpr auto formatName = "emend-reference-run-1";
const std::string meanPrefix = "mean.";
const std::string squarePrefix = "square.";
const std::string weightPrefix = "weight.";

QString tr(const char* text)
{
    return QCoreApplication::translate("ReferenceState", text);
}

[[noreturn]] void refuse(const QString& path)
{
    throw Error(tr("%1 is no training run that Emend can go on with. Choose another file, or "
                   "begin anew.")
                    .arg(path.left(200)));
}

std::string jsonText(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

QJsonObject progressJson(const ReferenceState& state)
{
    return {{QStringLiteral("step"), state.step},
            {QStringLiteral("updates"), state.updates},
            {QStringLiteral("lossScale"), state.lossScale},
            {QStringLiteral("goodSteps"), state.goodSteps}};
}

QJsonObject jsonOf(const std::map<std::string, std::string>& metadata, const std::string& key)
{
    const auto found = metadata.find(key);
    if (found == metadata.end())
        return {};
    return QJsonDocument::fromJson(QByteArray::fromStdString(found->second)).object();
}

void readMetadata(const std::map<std::string, std::string>& metadata, const QString& path,
                  ReferenceState& state)
{
    const auto format = metadata.find("format");
    if (format == metadata.end() || format->second != formatName)
        refuse(path);
    state.spec = UNetSpec::fromJson(jsonOf(metadata, "spec"));
    state.recipe = jsonOf(metadata, "recipe");
    const QJsonObject progress = jsonOf(metadata, "progress");
    state.step = progress.value(QStringLiteral("step")).toInt(-1);
    state.updates = progress.value(QStringLiteral("updates")).toInt(-1);
    state.lossScale = progress.value(QStringLiteral("lossScale")).toDouble(-1);
    state.goodSteps = progress.value(QStringLiteral("goodSteps")).toInt(-1);
    if (state.step < 0 || state.updates < 0 || state.updates > state.step ||
        !std::isfinite(state.lossScale) || state.lossScale < 0 || state.goodSteps < 0)
        refuse(path);
}

/// Where a tensor of the file goes.
std::map<std::string, WeightTensor>& partFor(const std::string& name, ReferenceState& state)
{
    if (name.starts_with(meanPrefix))
        return state.means;
    return name.starts_with(squarePrefix) ? state.squares : state.weights;
}

SafetensorsFile::Shapes shapesOf(const UNetSpec& spec)
{
    SafetensorsFile::Shapes shapes;
    for (const auto& [name, shape] : spec.weightShapes()) {
        for (const std::string& prefix : {weightPrefix, meanPrefix, squarePrefix})
            shapes[prefix + name] = shape;
    }
    return shapes;
}

} // namespace

void ReferenceState::save(const QString& path) const
{
    SafetensorsFile content;
    content.metadata = {{"format", formatName},
                        {"spec", jsonText(spec.toJson())},
                        {"recipe", jsonText(recipe)},
                        {"progress", jsonText(progressJson(*this))}};
    const auto add = [&content](const std::string& prefix, const auto& tensors) {
        for (const auto& [name, tensor] : tensors)
            content.tensors[prefix + name] = tensor;
    };
    add(weightPrefix, weights);
    add(meanPrefix, means);
    add(squarePrefix, squares);

    AtomicFile file(path);
    const QByteArray bytes = content.toBytes(SafetensorsFile::Type::f32);
    file.write(bytes.constData(), size_t(bytes.size()));
    file.commit();
}

ReferenceState ReferenceState::load(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(
            tr("%1 cannot be opened. Check that it is there and may be read.").arg(path.left(200)));
    ReferenceState state;
    SafetensorsFile content =
        SafetensorsFile::read(file, path, [&](const std::map<std::string, std::string>& metadata) {
            readMetadata(metadata, path, state);
            return shapesOf(state.spec);
        });
    for (auto& [name, tensor] : content.tensors)
        partFor(name, state)[name.substr(name.find('.') + 1)] = std::move(tensor);
    return state;
}

} // namespace emend
