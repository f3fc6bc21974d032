// SPDX-License-Identifier: Apache-2.0
#include "models/Checkpoint.h"

#include "core/Error.h"
#include "tests/support/ModelFile.h"
#include "tests/support/RandomModel.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace emend;

class CheckpointTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        m_model = fullyDescribedModel();
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

private:
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

QTEST_GUILESS_MAIN(CheckpointTest)
#include "CheckpointTest.moc"
