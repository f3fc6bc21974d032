// SPDX-License-Identifier: Apache-2.0
#include "app/window/Translations.h"

#include <QCoreApplication>
#include <QFile>
#include <QLibraryInfo>

namespace emend {

QList<QByteArray> Translations::readContexts()
{
    QFile file(QStringLiteral(":/i18n/contexts.txt"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split('\n') : QList<QByteArray>();
}

QString Translations::translate(const char* context, const char* sourceText,
                                const char* disambiguation, int n) const
{
    const QString found = QTranslator::translate(context, sourceText, disambiguation, n);
    // Qt's own sentences are not ours to guess.
    if (!found.isNull() || !context || QByteArray(context).startsWith('Q'))
        return found;
    static const QList<QByteArray> contexts = readContexts();
    for (const QByteArray& other : contexts) {
        const QString elsewhere =
            QTranslator::translate(other.constData(), sourceText, disambiguation, n);
        if (!elsewhere.isNull())
            return elsewhere;
    }
    return {};
}

void Translations::install(const QLocale& locale)
{
    QCoreApplication* application = QCoreApplication::instance();
    auto* qtWords = new QTranslator(application);
    if (qtWords->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                      QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qtWords);
    // English has only its plurals here, and stands in where a language is missing.
    auto* plurals = new Translations(application);
    if (plurals->load(QStringLiteral(":/i18n/emend_en.qm")))
        QCoreApplication::installTranslator(plurals);
    auto* words = new Translations(application);
    if (words->load(locale, QStringLiteral("emend"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(words);
}

} // namespace emend
