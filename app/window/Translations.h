// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocale>
#include <QStringList>
#include <QTranslator>

namespace emend {

/// Our words in one language.
///
/// The tools that collect sentences from the code cannot always tell to which class a sentence
/// belongs. It means the same wherever it is said, so it is looked for everywhere.
class Translations : public QTranslator
{
    Q_OBJECT

public:
    /// Installs what there is for the locale, with Qt's own words for dialogs. The translators
    /// belong to the application.
    static void install(const QLocale& locale);

    using QTranslator::QTranslator;

    QString translate(const char* context, const char* sourceText, const char* disambiguation,
                      int n) const override;

private:
    static QList<QByteArray> readContexts();
};

} // namespace emend
