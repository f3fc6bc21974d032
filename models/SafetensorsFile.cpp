// SPDX-License-Identifier: Apache-2.0
#include "models/SafetensorsFile.h"

#include "core/Error.h"
#include "core/io/AtomicFile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QFloat16>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <bit>
#include <cmath>

namespace emend {

namespace {

constexpr qint64 maximumHeaderBytes = 1 << 20;
constexpr int maximumTensors = 10000;

QString tr(const char* text) { return QCoreApplication::translate("SafetensorsFile", text); }

[[noreturn]] void refuse(const QString& path, const QString& why)
{
    throw Error(tr("%1 is no model that Emend can use: %2. Choose another file.")
                    .arg(QFileInfo(path).fileName().left(120), why));
}

/// Where one tensor's numbers are, as the header says.
struct Entry
{
    std::string name;
    std::string type;
    std::vector<qint64> shape;
    qint64 begin = 0;
    qint64 end = 0;

    qint64 count() const
    {
        qint64 product = 1;
        for (qint64 length : shape)
            product *= length;
        return product;
    }

    int bytesPerNumber() const { return type == "F32" ? 4 : 2; }
};

QJsonObject readHeader(QFile& file, const QString& path)
{
    quint64 lengthBytes = 0;
    if (file.read(reinterpret_cast<char*>(&lengthBytes), 8) != 8)
        refuse(path, tr("it is too short"));
    const quint64 length = qFromLittleEndian(lengthBytes);
    if (length < 2 || length > quint64(maximumHeaderBytes) || qint64(length) > file.size() - 8)
        refuse(path, tr("it is no safetensors file"));
    QJsonParseError error;
    const QJsonDocument header = QJsonDocument::fromJson(file.read(qint64(length)), &error);
    if (error.error != QJsonParseError::NoError || !header.isObject())
        refuse(path, tr("its header cannot be read"));
    return header.object();
}

std::map<std::string, std::string> readMetadata(const QJsonObject& header)
{
    std::map<std::string, std::string> metadata;
    const QJsonObject json = header.value(QStringLiteral("__metadata__")).toObject();
    for (auto it = json.begin(); it != json.end(); ++it)
        metadata[it.key().toStdString()] = it.value().toString().toStdString();
    return metadata;
}

/// A whole number that JSON holds exactly, or -1.
qint64 wholeNumber(const QJsonValue& value)
{
    const double number = value.toDouble(-1);
    return number >= 0 && number < 9e15 && std::floor(number) == number ? qint64(number) : -1;
}

Entry readEntry(const QString& path, const std::string& name, const QJsonObject& json)
{
    Entry entry;
    entry.name = name;
    entry.type = json.value(QStringLiteral("dtype")).toString().toStdString();
    if (entry.type != "F32" && entry.type != "F16" && entry.type != "BF16")
        refuse(path, tr("its numbers are of a kind that weights do not have"));
    const QJsonArray shape = json.value(QStringLiteral("shape")).toArray();
    for (const QJsonValue& length : shape)
        entry.shape.push_back(wholeNumber(length));
    const QJsonArray offsets = json.value(QStringLiteral("data_offsets")).toArray();
    if (offsets.size() != 2)
        refuse(path, tr("its header is damaged"));
    entry.begin = wholeNumber(offsets[0]);
    entry.end = wholeNumber(offsets[1]);
    return entry;
}

/// Only tensors that are expected, in their expected shapes: sizes are ours from here on.
std::vector<Entry> readEntries(const QString& path, const QJsonObject& header,
                               const SafetensorsFile::Shapes& expected)
{
    std::vector<Entry> entries;
    for (auto it = header.begin(); it != header.end(); ++it) {
        if (it.key() == u"__metadata__")
            continue;
        const std::string name = it.key().toStdString();
        const auto found = expected.find(name);
        if (found == expected.end() || entries.size() >= size_t(maximumTensors))
            refuse(path, tr("it has weights that its network does not have"));
        entries.push_back(readEntry(path, name, it.value().toObject()));
        if (entries.back().shape != found->second)
            refuse(path, tr("a weight has another size than its network needs"));
    }
    if (entries.size() != expected.size())
        refuse(path, tr("weights of its network are missing"));
    return entries;
}

/// Offsets must cover the data without holes and without overlap.
void checkOffsets(const QString& path, std::vector<Entry> entries, qint64 dataBytes)
{
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.begin < b.begin; });
    qint64 position = 0;
    for (const Entry& entry : entries) {
        if (entry.begin != position
            || entry.end - entry.begin != entry.count() * entry.bytesPerNumber())
            refuse(path, tr("its weights do not lie where its header says"));
        position = entry.end;
    }
    if (position != dataBytes)
        refuse(path, tr("it is cut short, or longer than its header says"));
}

float number(const Entry& entry, const uchar* bytes)
{
    if (entry.type == "F32")
        return std::bit_cast<float>(qFromLittleEndian<quint32>(bytes));
    const quint16 half = qFromLittleEndian<quint16>(bytes);
    if (entry.type == "BF16")
        return std::bit_cast<float>(quint32(half) << 16);
    return float(std::bit_cast<qfloat16>(half));
}

WeightTensor readTensor(QFile& file, const QString& path, const Entry& entry, qint64 dataStart)
{
    if (!file.seek(dataStart + entry.begin))
        refuse(path, tr("it cannot be read"));
    const QByteArray bytes = file.read(entry.end - entry.begin);
    if (bytes.size() != entry.end - entry.begin)
        refuse(path, tr("it cannot be read"));
    WeightTensor tensor{entry.shape, {}};
    tensor.values.resize(size_t(entry.count()));
    const auto* from = reinterpret_cast<const uchar*>(bytes.constData());
    for (float& value : tensor.values) {
        value = number(entry, from);
        from += entry.bytesPerNumber();
        if (!std::isfinite(value))
            refuse(path, tr("some of its weights are no numbers"));
    }
    return tensor;
}

QByteArray encode(const WeightTensor& tensor, SafetensorsFile::Type type)
{
    QByteArray bytes;
    bytes.reserve(qsizetype(tensor.values.size()) * 4);
    for (float value : tensor.values) {
        if (type == SafetensorsFile::Type::f32) {
            const quint32 bits = qToLittleEndian(std::bit_cast<quint32>(value));
            bytes.append(reinterpret_cast<const char*>(&bits), 4);
        } else {
            const quint16 bits = qToLittleEndian(std::bit_cast<quint16>(qfloat16(value)));
            bytes.append(reinterpret_cast<const char*>(&bits), 2);
        }
    }
    return bytes;
}

} // namespace

SafetensorsFile SafetensorsFile::load(const QString& path, const MetadataCheck& check)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(tr("%1 cannot be opened. Check that it is there and may be read.")
                        .arg(path.left(200)));
    const QJsonObject header = readHeader(file, path);
    const qint64 dataStart = file.pos();

    SafetensorsFile content;
    content.metadata = readMetadata(header);
    const std::vector<Entry> entries = readEntries(path, header, check(content.metadata));
    checkOffsets(path, entries, file.size() - dataStart);
    for (const Entry& entry : entries)
        content.tensors[entry.name] = readTensor(file, path, entry, dataStart);
    return content;
}

void SafetensorsFile::save(const QString& path, Type type) const
{
    QJsonObject header;
    QJsonObject json;
    for (const auto& [key, value] : metadata)
        json.insert(QString::fromStdString(key), QString::fromStdString(value));
    header.insert(QStringLiteral("__metadata__"), json);
    qint64 position = 0;
    for (const auto& [name, tensor] : tensors) {
        const qint64 bytes = qint64(tensor.values.size()) * (type == Type::f32 ? 4 : 2);
        QJsonArray shape;
        for (qint64 length : tensor.shape)
            shape.append(length);
        header.insert(
            QString::fromStdString(name),
            QJsonObject{
                {QStringLiteral("dtype"), type == Type::f32 ? QStringLiteral("F32")
                                                            : QStringLiteral("F16")},
                {QStringLiteral("shape"), shape},
                {QStringLiteral("data_offsets"), QJsonArray{position, position + bytes}}});
        position += bytes;
    }

    QByteArray text = QJsonDocument(header).toJson(QJsonDocument::Compact);
    while (text.size() % 8 != 0)
        text.append(' '); // the data begins at a multiple of 8
    const quint64 length = qToLittleEndian(quint64(text.size()));
    AtomicFile file(path);
    file.write(&length, sizeof length);
    file.write(text.constData(), size_t(text.size()));
    for (const auto& [name, tensor] : tensors) {
        const QByteArray bytes = encode(tensor, type);
        file.write(bytes.constData(), size_t(bytes.size()));
    }
    file.commit();
}

} // namespace emend
