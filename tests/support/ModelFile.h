// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/RandomModel.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <cstring>
#include <limits>

namespace emend {

/// A small model that has something to say in every field of its file.
inline std::shared_ptr<Checkpoint> fullyDescribedModel()
{
    auto model = randomModel(UNetSpec::standard(2, 2));
    model->classNames = QStringList{QStringLiteral("membrane"), QStringLiteral("inside")};
    model->pixelSizeNm = 5;
    model->maximumPixelSizeNm = 8;
    model->lineage = {.name = QStringLiteral("larva 3"),
                      .parent = QStringLiteral("membrane"),
                      .data = QStringLiteral("12 corrected slices"),
                      .seed = std::numeric_limits<quint64>::max(),
                      .steps = 400,
                      .scoreBefore = 0.875,
                      .scoreAfter = std::nullopt,
                      .created = QDateTime({2026, 3, 4}, {5, 6, 7}, Qt::UTC)};
    return model;
}

/// A small model's file taken apart, so that a test can spoil one thing and write it again.
struct ModelFile
{
    QJsonObject tensors;
    QJsonObject metadata;
    QByteArray data;
    bool isHashKept = false;  ///< else the hash is made right again after the change
    qint64 headerLength = -1; ///< instead of the true one
    QByteArray headerText;    ///< instead of the one made from tensors and metadata

    static ModelFile read(const QString& path)
    {
        QFile file(path);
        const bool isOpen = file.open(QIODevice::ReadOnly);
        Q_ASSERT(isOpen);
        const QByteArray bytes = file.readAll();
        const auto length = qsizetype(qFromLittleEndian<quint64>(bytes.constData()));
        ModelFile parts;
        parts.tensors = QJsonDocument::fromJson(bytes.mid(8, length)).object();
        parts.metadata = parts.tensors.take(QStringLiteral("__metadata__")).toObject();
        parts.data = bytes.mid(8 + length);
        return parts;
    }

    void write(const QString& path) const
    {
        QJsonObject header = tensors;
        QJsonObject words = metadata;
        if (!isHashKept) {
            const QByteArray hash = QCryptographicHash::hash(data, QCryptographicHash::Sha256);
            words[QStringLiteral("sha256")] = QString::fromLatin1(hash.toHex());
        }
        header[QStringLiteral("__metadata__")] = words;
        const QByteArray text = headerText.isEmpty()
                                    ? QJsonDocument(header).toJson(QJsonDocument::Compact)
                                    : headerText;
        const quint64 length =
            qToLittleEndian(quint64(headerLength >= 0 ? headerLength : text.size()));
        QFile file(path);
        const bool isOpen = file.open(QIODevice::WriteOnly | QIODevice::Truncate);
        Q_ASSERT(isOpen);
        file.write(reinterpret_cast<const char*>(&length), 8);
        file.write(text);
        file.write(data);
    }

    QJsonObject entry(const char* name) const { return tensors[QLatin1String(name)].toObject(); }

    void set(const char* name, const char* field, const QJsonValue& value)
    {
        QJsonObject changed = entry(name);
        changed[QLatin1String(field)] = value;
        tensors[QLatin1String(name)] = changed;
    }

    /// Changes one field of one of the JSON texts in the metadata.
    void setWord(const char* text, const char* field, const QJsonValue& value)
    {
        const QLatin1String key(text);
        QJsonObject json = QJsonDocument::fromJson(metadata[key].toString().toUtf8()).object();
        json[QLatin1String(field)] = value;
        metadata[key] = QString::fromUtf8(QJsonDocument(json).toJson());
    }

    qsizetype offset(const char* name) const
    {
        return qsizetype(entry(name)[QStringLiteral("data_offsets")][0].toInteger());
    }

    void setNumber(const char* name, float value)
    {
        std::memcpy(data.data() + offset(name), &value, sizeof value);
    }
};

} // namespace emend
