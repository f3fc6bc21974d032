// SPDX-License-Identifier: Apache-2.0
#include "models/SafetensorsFile.h"

#include "core/Error.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFileInfo>
#include <QFloat16>
#include <QIODevice>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace emend {

namespace {

constexpr qint64 maximumHeaderBytes = 1 << 20;
constexpr int maximumTensors = 10000;
constexpr auto hashKey = "sha256";

static_assert(std::endian::native == std::endian::little, "numbers are copied as they lie");

QString tr(const char* text)
{
    return QCoreApplication::translate("SafetensorsFile", text);
}

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

QJsonObject readHeader(QIODevice& file, const QString& path)
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

/// Offsets must cover the data without holes and without overlap; entries in file order.
void checkOffsets(const QString& path, const std::vector<Entry>& entries, qint64 dataBytes)
{
    qint64 position = 0;
    for (const Entry& entry : entries) {
        if (entry.begin != position ||
            entry.end - entry.begin != entry.count() * entry.bytesPerNumber())
            refuse(path, tr("its weights do not lie where its header says"));
        position = entry.end;
    }
    if (position != dataBytes)
        refuse(path, tr("it is cut short, or longer than its header says"));
}

std::vector<float> toFloats(const QByteArray& bytes, const std::string& type)
{
    const bool isFull = type == "F32";
    std::vector<float> values(size_t(bytes.size()) / (isFull ? 4 : 2));
    if (isFull) {
        std::memcpy(values.data(), bytes.constData(), size_t(bytes.size()));
    } else if (type == "F16") {
        std::vector<qfloat16> halves(values.size());
        std::memcpy(halves.data(), bytes.constData(), size_t(bytes.size()));
        qFloatFromFloat16(values.data(), halves.data(), qsizetype(halves.size()));
    } else { // BF16: the upper half of an F32
        const char* from = bytes.constData();
        for (float& value : values) {
            value = std::bit_cast<float>(quint32(qFromLittleEndian<quint16>(from)) << 16);
            from += 2;
        }
    }
    return values;
}

bool areFinite(const std::vector<float>& values)
{
    return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

QByteArray readBytes(QIODevice& file, const QString& path, const Entry& entry, qint64 dataStart)
{
    QByteArray bytes;
    if (file.seek(dataStart + entry.begin))
        bytes = file.read(entry.end - entry.begin);
    if (bytes.size() != entry.end - entry.begin)
        refuse(path, tr("it cannot be read"));
    return bytes;
}

/// One tensor as it goes to the file.
struct Encoded
{
    SafetensorsFile::Type type;
    QByteArray bytes;
};

Encoded encode(const std::vector<float>& values, SafetensorsFile::Type type)
{
    if (type == SafetensorsFile::Type::f16) {
        QByteArray bytes(qsizetype(values.size() * sizeof(qfloat16)), Qt::Uninitialized);
        qFloatToFloat16(reinterpret_cast<qfloat16*>(bytes.data()), values.data(),
                        qsizetype(values.size()));
        // Numbers above 65504 would become infinite: such a tensor stays F32.
        if (areFinite(toFloats(bytes, "F16")))
            return {type, bytes};
    }
    return {
        SafetensorsFile::Type::f32,
        {reinterpret_cast<const char*>(values.data()), qsizetype(values.size() * sizeof(float))}};
}

QJsonObject describe(const Encoded& data, const std::vector<qint64>& sides, qint64 position)
{
    QJsonArray shape;
    for (qint64 length : sides)
        shape.append(length);
    const bool isFull = data.type == SafetensorsFile::Type::f32;
    return {{QStringLiteral("dtype"), isFull ? QStringLiteral("F32") : QStringLiteral("F16")},
            {QStringLiteral("shape"), shape},
            {QStringLiteral("data_offsets"), QJsonArray{position, position + data.bytes.size()}}};
}

/// Sorted by place, so that the hash is that of the file's data from front to back.
std::vector<Entry> inFileOrder(std::vector<Entry> entries)
{
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    return entries;
}

} // namespace

SafetensorsFile SafetensorsFile::read(QIODevice& file, const QString& path,
                                      const MetadataCheck& check)
{
    const QJsonObject header = readHeader(file, path);
    const qint64 dataStart = file.pos();

    SafetensorsFile content;
    content.metadata = readMetadata(header);
    const auto entries = inFileOrder(readEntries(path, header, check(content.metadata)));
    checkOffsets(path, entries, file.size() - dataStart);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const Entry& entry : entries) {
        const QByteArray bytes = readBytes(file, path, entry, dataStart);
        hash.addData(bytes);
        std::vector<float> values = toFloats(bytes, entry.type);
        if (!areFinite(values))
            refuse(path, tr("some of its weights are no numbers"));
        content.tensors[entry.name] = {entry.shape, std::move(values)};
    }
    if (content.metadata[hashKey] != hash.result().toHex().toStdString())
        refuse(path, tr("it is damaged"));
    return content;
}

QByteArray SafetensorsFile::toBytes(Type type) const
{
    QJsonObject header;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    std::vector<QByteArray> parts;
    qint64 position = 0;
    for (const auto& [name, tensor] : tensors) {
        Encoded data = encode(tensor.values, type);
        header.insert(QString::fromStdString(name), describe(data, tensor.shape, position));
        position += data.bytes.size();
        hash.addData(data.bytes);
        parts.push_back(std::move(data.bytes));
    }
    QJsonObject words;
    for (const auto& [key, value] : metadata)
        words.insert(QString::fromStdString(key), QString::fromStdString(value));
    words.insert(QLatin1String(hashKey), QString::fromLatin1(hash.result().toHex()));
    header.insert(QStringLiteral("__metadata__"), words);

    QByteArray text = QJsonDocument(header).toJson(QJsonDocument::Compact);
    while (text.size() % 8 != 0)
        text.append(' '); // the data begins at a multiple of 8
    const quint64 length = qToLittleEndian(quint64(text.size()));
    QByteArray bytes(reinterpret_cast<const char*>(&length), sizeof length);
    bytes += text;
    for (const QByteArray& part : parts)
        bytes += part;
    return bytes;
}

} // namespace emend
