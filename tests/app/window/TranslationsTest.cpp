// SPDX-License-Identifier: Apache-2.0
#include "app/window/Translations.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>

using namespace emend;

class TranslationsTest : public QObject
{
    Q_OBJECT

private:
    struct Message
    {
        QString source;
        QStringList translations;
        bool isFinished = true;
    };

    static QList<Message> read(const QString& path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QXmlStreamReader xml(&file);
        QList<Message> messages;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            if (xml.name() == u"message") {
                messages.append(Message());
            } else if (xml.name() == u"source") {
                messages.last().source = xml.readElementText();
            } else if (xml.name() == u"translation") {
                messages.last().isFinished = !xml.attributes().hasAttribute(QStringLiteral("type"));
                readTranslation(xml, messages.last());
            }
        }
        return messages;
    }

    static void readTranslation(QXmlStreamReader& xml, Message& message)
    {
        QString text;
        while (xml.readNext() != QXmlStreamReader::EndElement || xml.name() != u"translation") {
            if (xml.isCharacters())
                text += xml.text();
            if (xml.isStartElement())
                message.translations << xml.readElementText();
        }
        if (message.translations.isEmpty())
            message.translations << text;
    }

    static QString germanFile()
    {
        return QStringLiteral(EMEND_SOURCE_DIR "/translations/emend_de.ts");
    }

    static QStringList placeholders(const QString& text)
    {
        static const QRegularExpression pattern(QStringLiteral("%(L?\\d|L?n)"));
        QStringList found;
        auto matches = pattern.globalMatch(text);
        while (matches.hasNext())
            found << matches.next().captured();
        found.sort();
        return found;
    }

private Q_SLOTS:

    void everySentenceOfTheCodeHasItsGerman()
    {
        // Collects the sentences anew, into a copy: code that came since must not speak English.
        QTemporaryDir folder;
        const QString copy = folder.filePath(QStringLiteral("emend_de.ts"));
        QVERIFY(QFile::copy(germanFile(), copy));
        QProcess lupdate;
        lupdate.setWorkingDirectory(QStringLiteral(EMEND_SOURCE_DIR));
        QStringList arguments =
            QStringLiteral(EMEND_LUPDATE_ARGUMENTS).split(u'|', Qt::SkipEmptyParts);
        lupdate.start(QStringLiteral(EMEND_LUPDATE), arguments << QStringLiteral("-ts") << copy);
        QVERIFY(lupdate.waitForFinished(120000));
        QCOMPARE(lupdate.exitCode(), 0);
        const QList<Message> messages = read(copy);
        QVERIFY(messages.count() > 300);
        QStringList missing;
        for (const Message& message : messages) {
            if (!message.isFinished)
                missing << message.source;
        }
        QVERIFY2(missing.isEmpty(), qPrintable(QStringLiteral("Run ninja update_translations and "
                                                              "translate:\n") +
                                               missing.join(u'\n')));
    }

    void everyPlaceholderIsInTheTranslation()
    {
        for (const Message& message : read(germanFile())) {
            for (const QString& translation : message.translations)
                QVERIFY2(placeholders(translation) == placeholders(message.source),
                         qPrintable(message.source));
        }
    }

    void menusHaveOneMnemonicEach()
    {
        for (const Message& message : read(germanFile())) {
            if (message.source.count(u'&') == 1)
                QVERIFY2(message.translations.first().count(u'&') == 1, qPrintable(message.source));
        }
    }

    void germanIsSpokenInGermany()
    {
        Translations::install(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(QCoreApplication::translate("emend::PredictPanel", "This slice"),
                 QStringLiteral("Dieser Schnitt"));
        // Said by a part of the program that lupdate files under another name.
        QCOMPARE(QCoreApplication::translate("Elsewhere", "This slice"),
                 QStringLiteral("Dieser Schnitt"));
        QCOMPARE(
            QCoreApplication::translate("emend::JobBar", "about %Ln minute(s) left", nullptr, 1),
            QStringLiteral("noch etwa 1 Minute"));
    }

    void englishCountsOneSlice()
    {
        for (QTranslator* old : QCoreApplication::instance()->findChildren<QTranslator*>())
            QCoreApplication::removeTranslator(old);
        Translations::install(QLocale(QLocale::English, QLocale::UnitedKingdom));
        const auto confirmed = [](int slices) {
            return QCoreApplication::translate("emend::CorrectPanel", "%Ln slice(s) confirmed",
                                               nullptr, slices);
        };
        QCOMPARE(confirmed(1), QStringLiteral("1 slice confirmed"));
        QCOMPARE(confirmed(2), QStringLiteral("2 slices confirmed"));
    }
};

QTEST_GUILESS_MAIN(TranslationsTest)
#include "TranslationsTest.moc"
