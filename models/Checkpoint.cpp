// SPDX-License-Identifier: Apache-2.0
#include "models/Checkpoint.h"

#include "core/Error.h"
#include "core/io/AtomicFile.h"
#include "models/SafetensorsFile.h"
#include "models/recipes/ReferenceSection.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <cmath>

// The shipped models are compiled into this library; resources of a static library need a call.
static void initialiseShippedModels()
{
#ifdef EMEND_SHIPPED_MODELS
    Q_INIT_RESOURCE(shipped_models);
#endif
}

namespace emend {

namespace {

constexpr auto formatName = "emend-unet-1";

QString tr(const char* text)
{
    return QCoreApplication::translate("Checkpoint", text);
}

std::string jsonText(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

QJsonObject jsonObject(const std::map<std::string, std::string>& metadata, const char* key)
{
    const auto found = metadata.find(key);
    if (found == metadata.end())
        return {};
    return QJsonDocument::fromJson(QByteArray::fromStdString(found->second)).object();
}

QJsonValue scoreJson(const std::optional<double>& score)
{
    return score ? QJsonValue(*score) : QJsonValue();
}

std::optional<double> scoreOf(const QJsonValue& json)
{
    return json.isDouble() ? std::optional(json.toDouble()) : std::nullopt;
}

QJsonObject lineageJson(const Lineage& lineage)
{
    return {{QStringLiteral("name"), lineage.name},
            {QStringLiteral("parent"), lineage.parent},
            {QStringLiteral("data"), lineage.data},
            {QStringLiteral("seed"), QString::number(lineage.seed)},
            {QStringLiteral("steps"), lineage.steps},
            {QStringLiteral("scoreBefore"), scoreJson(lineage.scoreBefore)},
            {QStringLiteral("scoreAfter"), scoreJson(lineage.scoreAfter)},
            {QStringLiteral("created"), lineage.created.toString(Qt::ISODate)}};
}

Lineage lineageOf(const QJsonObject& json)
{
    Lineage lineage;
    lineage.name = json.value(QStringLiteral("name")).toString().left(200);
    lineage.parent = json.value(QStringLiteral("parent")).toString().left(200);
    lineage.data = json.value(QStringLiteral("data")).toString().left(2000);
    lineage.seed = json.value(QStringLiteral("seed")).toString().toULongLong();
    lineage.steps = json.value(QStringLiteral("steps")).toInt();
    lineage.scoreBefore = scoreOf(json.value(QStringLiteral("scoreBefore")));
    lineage.scoreAfter = scoreOf(json.value(QStringLiteral("scoreAfter")));
    lineage.created =
        QDateTime::fromString(json.value(QStringLiteral("created")).toString(), Qt::ISODate);
    return lineage;
}

QJsonObject usageJson(const Checkpoint& model)
{
    return {{QStringLiteral("classes"), QJsonArray::fromStringList(model.classNames)},
            {QStringLiteral("pixelSizeNm"), model.pixelSizeNm},
            {QStringLiteral("minimumPixelSizeNm"), model.minimumPixelSizeNm},
            {QStringLiteral("maximumPixelSizeNm"), model.maximumPixelSizeNm},
            {QStringLiteral("normalisation"), model.normalisation}};
}

[[noreturn]] void refuse(const QString& why)
{
    throw Error(tr("The file is no model that Emend can use: %1. Choose another file.").arg(why));
}

bool takesWholeSlices(const UNetSpec& spec)
{
    return spec.inputChannels == 1 &&
           spec.outputSize(ReferenceSection::inputPx) == ReferenceSection::outputPx;
}

void readUsage(const QJsonObject& json, Checkpoint& model)
{
    model.classNames.clear();
    const QJsonArray names = json.value(QStringLiteral("classes")).toArray();
    for (const QJsonValue& name : names)
        model.classNames << name.toString().left(100);
    const QSet<QString> different(model.classNames.begin(), model.classNames.end());
    if (different.size() != model.spec.classCount || different.contains(QString()) ||
        names.size() != model.spec.classCount)
        refuse(tr("its classes have no names of their own"));
    model.pixelSizeNm = json.value(QStringLiteral("pixelSizeNm")).toDouble();
    model.minimumPixelSizeNm = json.value(QStringLiteral("minimumPixelSizeNm")).toDouble();
    model.maximumPixelSizeNm = json.value(QStringLiteral("maximumPixelSizeNm")).toDouble();
    if (!(model.minimumPixelSizeNm > 0 && model.minimumPixelSizeNm <= model.pixelSizeNm &&
          model.pixelSizeNm <= model.maximumPixelSizeNm && model.maximumPixelSizeNm < 1e6))
        refuse(tr("its pixel size makes no sense"));
    const QString rule = json.value(QStringLiteral("normalisation")).toString();
    if (rule != model.normalisation && rule != Checkpoint::wholeSliceRule())
        refuse(tr("it was made by a newer Emend"));
    model.normalisation = rule;
    if (model.seesWholeSlices() && !takesWholeSlices(model.spec))
        refuse(tr("its network does not take whole slices"));
}

void readMetadata(const std::map<std::string, std::string>& metadata, Checkpoint& model)
{
    const auto format = metadata.find("format");
    if (format == metadata.end() || format->second != formatName)
        refuse(tr("it was not made by Emend"));
    model.spec = UNetSpec::fromJson(jsonObject(metadata, "spec"));
    readUsage(jsonObject(metadata, "usage"), model);
    model.lineage = lineageOf(jsonObject(metadata, "lineage"));
}

QString shippedPath(const QString& name)
{
    return QStringLiteral(":/models/%1.safetensors").arg(name);
}

} // namespace

void Checkpoint::setPixelSize(const VoxelSize& size)
{
    if (!size.isPlaneKnown())
        return;
    pixelSizeNm = std::sqrt(size.xNm * size.yNm);
    minimumPixelSizeNm = 0.75 * pixelSizeNm;
    maximumPixelSizeNm = 1.5 * pixelSizeNm;
}

std::shared_ptr<const Checkpoint> Checkpoint::load(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(
            tr("%1 cannot be opened. Check that it is there and may be read.").arg(path.left(200)));
    return read(file, path);
}

std::shared_ptr<const Checkpoint> Checkpoint::fromBytes(const QByteArray& bytes,
                                                        const QString& name)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    return read(buffer, name);
}

std::shared_ptr<const Checkpoint> Checkpoint::read(QIODevice& device, const QString& name)
{
    auto model = std::make_shared<Checkpoint>();
    SafetensorsFile file = SafetensorsFile::read(
        device, name, [&model](const std::map<std::string, std::string>& metadata) {
            readMetadata(metadata, *model);
            return model->spec.weightShapes();
        });
    model->weights = std::move(file.tensors);
    if (model->lineage.name.isEmpty())
        model->lineage.name = QFileInfo(name).completeBaseName();
    return model;
}

std::shared_ptr<const Checkpoint> Checkpoint::find(const QString& pathOrName)
{
    const QStringList shipped = shippedNames();
    if (shipped.contains(pathOrName) && !QFileInfo(pathOrName).isFile())
        return load(shippedPath(pathOrName));
    if (QFileInfo(pathOrName).isFile())
        return load(pathOrName);
    if (shipped.isEmpty())
        throw Error(
            tr("There is no model %1. Give the file of a model.").arg(pathOrName.left(200)));
    throw Error(tr("There is no model %1. Give a file, or the name of a shipped model: %2.")
                    .arg(pathOrName.left(200), shipped.join(QStringLiteral(", "))));
}

QStringList Checkpoint::shippedNames()
{
    initialiseShippedModels();
    QStringList names;
    const QDir folder(QStringLiteral(":/models"));
    for (const QFileInfo& file : folder.entryInfoList({QStringLiteral("*.safetensors")}))
        names << file.completeBaseName();
    return names;
}

void Checkpoint::save(const QString& path, Numbers numbers) const
{
    AtomicFile file(path);
    const QByteArray bytes = toBytes(numbers);
    file.write(bytes.constData(), size_t(bytes.size()));
    file.commit();
}

QByteArray Checkpoint::toBytes(Numbers numbers) const
{
    SafetensorsFile file;
    file.metadata = {{"format", formatName},
                     {"spec", jsonText(spec.toJson())},
                     {"usage", jsonText(usageJson(*this))},
                     {"lineage", jsonText(lineageJson(lineage))}};
    file.tensors = weights;
    return file.toBytes(numbers == Numbers::full ? SafetensorsFile::Type::f32
                                                 : SafetensorsFile::Type::f16);
}

} // namespace emend
