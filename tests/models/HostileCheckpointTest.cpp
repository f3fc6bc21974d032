// SPDX-License-Identifier: Apache-2.0
#include "core/Error.h"
#include "models/Checkpoint.h"
#include "tests/support/ModelFile.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <limits>

using namespace emend;

namespace {

using Spoil = std::function<void(ModelFile&)>;

constexpr auto headBias = "head.bias";
constexpr auto headWeight = "head.weight";

} // namespace

Q_DECLARE_METATYPE(Spoil)

/// Bad, cut and foreign files are answered with a sentence.
class HostileCheckpointTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_model = fullyDescribedModel();
        m_path = m_folder.filePath(QStringLiteral("model.safetensors"));
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

    QTemporaryDir m_folder;
    QString m_path;
    std::shared_ptr<Checkpoint> m_model;
};

void HostileCheckpointTest::aBadFileIsRefused_data()
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

QTEST_GUILESS_MAIN(HostileCheckpointTest)
#include "HostileCheckpointTest.moc"
