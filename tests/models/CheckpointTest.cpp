// SPDX-License-Identifier: Apache-2.0
#include "models/Checkpoint.h"

#include "core/Error.h"
#include "tests/support/RandomModel.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>
#include <qfloat16.h>

#include <functional>
#include <limits>

using namespace emend;

namespace {

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

using Spoil = std::function<void(ModelFile&)>;

constexpr auto headBias = "head.bias";
constexpr auto headWeight = "head.weight";

} // namespace

Q_DECLARE_METATYPE(Spoil)

class CheckpointTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_model = randomModel(UNetSpec::standard(2, 2));
        m_model->classNames = QStringList{QStringLiteral("membrane"), QStringLiteral("inside")};
        m_model->pixelSizeNm = 5;
        m_model->maximumPixelSizeNm = 8;
        m_model->lineage = {.name = QStringLiteral("larva 3"),
                            .parent = QStringLiteral("membrane"),
                            .data = QStringLiteral("12 corrected slices"),
                            .seed = std::numeric_limits<quint64>::max(),
                            .steps = 400,
                            .scoreBefore = 0.875,
                            .scoreAfter = std::nullopt,
                            .created = QDateTime({2026, 3, 4}, {5, 6, 7}, Qt::UTC)};
        m_path = m_folder.filePath(QStringLiteral("model.safetensors"));
    }

    void everythingComesBack()
    {
        m_model->save(m_path);
        const auto loaded = Checkpoint::load(m_path);
        QVERIFY(loaded->spec == m_model->spec);
        QCOMPARE(loaded->classNames, m_model->classNames);
        QCOMPARE(loaded->normalisation, m_model->normalisation);
        QCOMPARE(loaded->pixelSizeNm, 5.0);
        QCOMPARE(loaded->minimumPixelSizeNm, 3.0);
        QCOMPARE(loaded->maximumPixelSizeNm, 8.0);
        QCOMPARE(loaded->lineage.name, m_model->lineage.name);
        QCOMPARE(loaded->lineage.parent, m_model->lineage.parent);
        QCOMPARE(loaded->lineage.data, m_model->lineage.data);
        QCOMPARE(loaded->lineage.seed, m_model->lineage.seed);
        QCOMPARE(loaded->lineage.steps, 400);
        QCOMPARE(loaded->lineage.scoreBefore, m_model->lineage.scoreBefore);
        QVERIFY(!loaded->lineage.scoreAfter);
        QCOMPARE(loaded->lineage.created, m_model->lineage.created);
        QCOMPARE(loaded->weights.size(), m_model->weights.size());
        for (const auto& [name, tensor] : m_model->weights) {
            QCOMPARE(loaded->weights.at(name).shape, tensor.shape);
            QCOMPARE(loaded->weights.at(name).values, tensor.values);
        }
    }

    void savingTwiceGivesTheSameFile()
    {
        m_model->save(m_path);
        const QString again = m_folder.filePath(QStringLiteral("again.safetensors"));
        Checkpoint::load(m_path)->save(again);
        QFile first(m_path);
        QFile second(again);
        QVERIFY(first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly));
        QCOMPARE(first.readAll(), second.readAll());
    }

    void halfNumbersHalveTheFileAndStayClose()
    {
        m_model->save(m_path);
        const qint64 fullSize = QFile(m_path).size();
        m_model->save(m_path, Checkpoint::Numbers::half);
        const auto loaded = Checkpoint::load(m_path);
        const ModelFile parts = ModelFile::read(m_path);
        QCOMPARE(parts.data.size() * 2, m_model->spec.parameterCount() * 4 + runningBytes());
        QVERIFY(QFile(m_path).size() < fullSize);
        for (const auto& [name, tensor] : m_model->weights) {
            const auto& values = loaded->weights.at(name).values;
            for (size_t i = 0; i < values.size(); ++i)
                QVERIFY(std::abs(values[i] - tensor.values[i]) <=
                        std::abs(tensor.values[i]) / 1024 + 1e-7F);
        }
    }

    void numbersTooLargeForHalfStayFull()
    {
        m_model->weights["head.bias"].values = {1e6F, -1e6F};
        m_model->save(m_path, Checkpoint::Numbers::half);
        QCOMPARE(Checkpoint::load(m_path)->weights.at("head.bias").values,
                 (std::vector<float>{1e6F, -1e6F}));
    }

    void theShippedSizeFitsEightMegabytes()
    {
        randomModel(UNetSpec::standard(2))->save(m_path);
        QVERIFY(QFile(m_path).size() <= 8 * 1000 * 1000);
    }

    void bf16NumbersAreRead()
    {
        m_model->save(m_path);
        ModelFile parts = ModelFile::read(m_path);
        // The last tensor's two numbers, as the upper halves of 1.5 and -2.
        const QString last = lastTensor(parts);
        const auto begin = qsizetype(
            parts.tensors[last].toObject()[QStringLiteral("data_offsets")][0].toInteger());
        const qsizetype count = (parts.data.size() - begin) / 4;
        parts.data.truncate(begin);
        for (qsizetype i = 0; i < count; ++i)
            parts.data.append(i == 0 ? "\xc0\x3f" : "\x00\xc0", 2);
        parts.set(last.toLatin1().constData(), "dtype", QStringLiteral("BF16"));
        parts.set(last.toLatin1().constData(), "data_offsets",
                  QJsonArray{begin, begin + 2 * count});
        parts.write(m_path);
        const auto loaded = Checkpoint::load(m_path);
        const auto& values = loaded->weights.at(last.toStdString()).values;
        QCOMPARE(values[0], 1.5F);
        QCOMPARE(values[1], -2.0F);
    }

    void aFileWithoutANameIsCalledAfterItself()
    {
        m_model->lineage.name.clear();
        m_model->save(m_path);
        QCOMPARE(Checkpoint::load(m_path)->lineage.name, QStringLiteral("model"));
    }

    void anUnknownNameIsAnsweredWithASentence()
    {
        try {
            Checkpoint::find(QStringLiteral("no such model"));
            QFAIL("found what is not there");
        } catch (const Error& error) {
            QVERIFY(error.text().contains(QStringLiteral("no such model")));
            for (const QString& name : Checkpoint::shippedNames())
                QVERIFY(error.text().contains(name));
        }
    }

    void everyShippedModelLoads()
    {
        if (Checkpoint::shippedNames().isEmpty())
            QSKIP("no model is compiled in");
        for (const QString& name : Checkpoint::shippedNames()) {
            const auto model = Checkpoint::find(name);
            QVERIFY(model->classNames.size() >= 2);
        }
    }

    void theThresholdIsKept()
    {
        Checkpoint model = *m_model;
        model.membraneThreshold = 0.15;
        model.save(m_path);
        QCOMPARE(Checkpoint::load(m_path)->membraneThreshold, 0.15);
    }

    void anOlderFileDecidesAtOneHalf()
    {
        m_model->save(m_path);
        ModelFile parts = ModelFile::read(m_path);
        parts.setWord("usage", "membraneThreshold", QJsonValue(QJsonValue::Undefined));
        parts.write(m_path);
        QCOMPARE(Checkpoint::load(m_path)->membraneThreshold, 0.5);
    }

    void aBadFileIsRefused_data();

    void aBadFileIsRefused()
    {
        QFETCH(Spoil, spoil);
        m_model->save(m_path);
        ModelFile parts = ModelFile::read(m_path);
        spoil(parts);
        parts.write(m_path);
        refuses();
    }

    void aCutFileIsRefused_data()
    {
        QTest::addColumn<int>("bytes");
        for (const int bytes : {0, 1, 7, 8, 9, 200, 4000, 12000, -1, -4, -1000})
            QTest::addRow("%d bytes", bytes) << bytes;
    }

    void aCutFileIsRefused()
    {
        QFETCH(int, bytes);
        m_model->save(m_path);
        QFile file(m_path);
        QVERIFY(file.resize(bytes >= 0 ? bytes : file.size() + bytes));
        refuses();
    }

    void anotherKindOfFileIsRefused_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::newRow("zip (.pt)") << QByteArray("PK\x03\x04\x00\x00\x08\x08\x00\x00", 10);
        QTest::newRow("pickle (.pth)") << QByteArray("\x80\x02\x8a\x0alfc\x9c\x46\xf9", 11);
        QTest::newRow("TIFF") << QByteArray("II*\x00\x08\x00\x00\x00\x00\x00", 10);
        QTest::newRow("HDF5 (.h5)") << QByteArray("\x89HDF\r\n\x1a\n\x00\x00", 10);
        QTest::newRow("JSON") << QByteArray("{\"spec\": {}}");
        QTest::newRow("zeros") << QByteArray(4096, '\0');
        QTest::newRow("ones") << QByteArray(4096, '\xff');
    }

    void anotherKindOfFileIsRefused()
    {
        QFETCH(QByteArray, start);
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(start);
        file.write(QByteArray(100, 'x'));
        file.close();
        refuses();
    }

private:
    void refuses()
    {
        try {
            Checkpoint::load(m_path);
            QFAIL("a file that is no good model was taken");
        } catch (const Error& error) {
            QVERIFY(error.text().size() > 20);
            QVERIFY(error.text().endsWith(QLatin1Char('.')));
        }
    }

    qint64 runningBytes() const
    {
        qint64 bytes = 0;
        for (const auto& [name, tensor] : m_model->weights) {
            if (name.find("running_") != std::string::npos)
                bytes += qint64(tensor.values.size()) * 4;
        }
        return bytes;
    }

    static QString lastTensor(const ModelFile& parts)
    {
        for (const QString& name : parts.tensors.keys()) {
            const QJsonValue offsets = parts.tensors[name].toObject()["data_offsets"];
            if (offsets[1].toInteger() == parts.data.size())
                return name;
        }
        return {};
    }

    QTemporaryDir m_folder;
    QString m_path;
    std::shared_ptr<Checkpoint> m_model;
};

void CheckpointTest::aBadFileIsRefused_data()
{
    QTest::addColumn<Spoil>("spoil");
    const auto add = [](const char* name, Spoil spoil) {
        QTest::newRow(name) << spoil;
    };
    const double infinity = std::numeric_limits<double>::infinity();

    add("header longer than the file", [](ModelFile& f) { f.headerLength = 900000; });
    add("header of two megabytes", [](ModelFile& f) { f.headerLength = 2 << 20; });
    add("header length beyond 63 bits",
        [](ModelFile& f) { f.headerLength = std::numeric_limits<qint64>::max(); });
    add("header of nothing", [](ModelFile& f) { f.headerLength = 0; });
    add("header that is no JSON", [](ModelFile& f) { f.headerText = "{\"a\": [1, 2"; });
    add("header that is a list", [](ModelFile& f) { f.headerText = "[1, 2, 3]"; });
    add("header nested without end",
        [](ModelFile& f) { f.headerText = QByteArray(200000, '[') + QByteArray(200000, ']'); });
    add("20000 tensors", [](ModelFile& f) {
        for (int i = 0; i < 20000; ++i)
            f.tensors[QString::number(i)] = 0;
    });

    add("a tensor is missing", [](ModelFile& f) { f.tensors.remove(QLatin1String(headBias)); });
    add("a tensor too many", [](ModelFile& f) { f.tensors["extra"] = f.entry(headBias); });
    add("a tensor of another name",
        [](ModelFile& f) { f.tensors["head.bies"] = f.tensors.take(QLatin1String(headBias)); });
    add("a tensor that is a number", [](ModelFile& f) { f.tensors[headBias] = 3; });
    add("another shape of as many numbers", [](ModelFile& f) {
        f.set(headWeight, "shape", QJsonArray{2, 1, 2, 1});
    });
    add("no shape", [](ModelFile& f) { f.set(headBias, "shape", QJsonValue()); });
    add("a side below 0", [](ModelFile& f) { f.set(headBias, "shape", QJsonArray{-2}); });
    add("a side in fractions", [](ModelFile& f) { f.set(headBias, "shape", QJsonArray{2.5}); });
    add("sides whose product overflows", [](ModelFile& f) {
        f.set(headBias, "shape", QJsonArray{4294967296.0, 4294967296.0});
    });
    add("whole numbers as type", [](ModelFile& f) { f.set(headBias, "dtype", "I64"); });
    add("double as type", [](ModelFile& f) { f.set(headBias, "dtype", "F64"); });
    add("no type", [](ModelFile& f) { f.set(headBias, "dtype", QJsonValue()); });
    add("a type of another width", [](ModelFile& f) { f.set(headBias, "dtype", "F16"); });

    add("no offsets", [](ModelFile& f) { f.set(headBias, "data_offsets", QJsonValue()); });
    add("three offsets", [](ModelFile& f) {
        f.set(headBias, "data_offsets", QJsonArray{0, 8, 9});
    });
    add("offsets below 0", [](ModelFile& f) {
        f.set(headBias, "data_offsets", QJsonArray{-8, 0});
    });
    add("offsets beyond the file", [](ModelFile& f) {
        f.set(headBias, "data_offsets", QJsonArray{1e15, 1e15 + 8});
    });
    add("offsets in reverse", [](ModelFile& f) {
        f.set(headBias, "data_offsets", QJsonArray{8, 0});
    });
    add("offsets in words", [](ModelFile& f) {
        f.set(headBias, "data_offsets", QJsonArray{"0", "8"});
    });
    add("two tensors in one place", [](ModelFile& f) {
        f.set("encoder0.firstNorm.bias", "data_offsets",
              f.entry("encoder0.firstNorm.weight")["data_offsets"]);
    });
    add("a hole before everything", [](ModelFile& f) {
        for (const QString& name : f.tensors.keys()) {
            const QJsonValue offsets = f.tensors[name].toObject()["data_offsets"];
            f.set(name.toLatin1().constData(), "data_offsets",
                  QJsonArray{offsets[0].toInteger() + 4, offsets[1].toInteger() + 4});
        }
        f.data.prepend(4, '\0');
    });
    add("bytes left over", [](ModelFile& f) { f.data.append(16, '\0'); });

    add("a weight that is NaN",
        [](ModelFile& f) { f.setNumber("up1.weight", std::numeric_limits<float>::quiet_NaN()); });
    add("an infinite weight",
        [infinity](ModelFile& f) { f.setNumber("decoder0.second.weight", float(-infinity)); });
    add("one flipped bit", [](ModelFile& f) {
        f.isHashKept = true;
        f.data[f.data.size() / 2] = char(f.data[f.data.size() / 2] ^ 1);
    });
    add("no hash", [](ModelFile& f) {
        f.isHashKept = true;
        f.metadata.remove("sha256");
    });

    add("no metadata", [](ModelFile& f) { f.metadata = {}; });
    add("another program's model", [](ModelFile& f) { f.metadata["format"] = "pt"; });
    add("no spec", [](ModelFile& f) { f.metadata.remove("spec"); });
    add("a spec that is no JSON", [](ModelFile& f) { f.metadata["spec"] = "four levels"; });
    add("a deeper spec than the weights", [](ModelFile& f) { f.setWord("spec", "depth", 5); });
    add("a wider spec than the weights",
        [](ModelFile& f) { f.setWord("spec", "baseChannels", 64); });
    add("another up-convolution", [](ModelFile& f) { f.setWord("spec", "upConvolution", "3x3"); });
    add("a spec without BatchNorm", [](ModelFile& f) { f.setWord("spec", "hasBatchNorm", false); });
    add("a class too few", [](ModelFile& f) { f.setWord("usage", "classes", QJsonArray{"a"}); });
    add("a class without a name", [](ModelFile& f) {
        f.setWord("usage", "classes", QJsonArray{"a", ""});
    });
    add("a class twice", [](ModelFile& f) { f.setWord("usage", "classes", QJsonArray{"a", "a"}); });
    add("no pixel size", [](ModelFile& f) { f.setWord("usage", "pixelSizeNm", QJsonValue()); });
    add("a pixel size outside its own limits",
        [](ModelFile& f) { f.setWord("usage", "pixelSizeNm", 1e3); });
    add("a pixel size below 0", [](ModelFile& f) { f.setWord("usage", "minimumPixelSizeNm", -1); });
    add("an unknown normalisation",
        [](ModelFile& f) { f.setWord("usage", "normalisation", "slice-median"); });
}

QTEST_GUILESS_MAIN(CheckpointTest)
#include "CheckpointTest.moc"
