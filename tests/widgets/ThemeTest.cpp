// SPDX-License-Identifier: Apache-2.0
#include "widgets/theme/Theme.h"

#include "widgets/theme/EmendStyle.h"
#include "widgets/theme/ThemeIcon.h"

#include <QApplication>
#include <QDir>
#include <QPushButton>
#include <QtTest>

using namespace emend;

class ThemeTest : public QObject
{
    Q_OBJECT

private:
    static bool hasNoTint(const QColor& c) { return c.red() == c.green() && c.green() == c.blue(); }

    static QColor meanInk(const QImage& image)
    {
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y).alpha() == 255)
                    return image.pixelColor(x, y);
            }
        }
        return {};
    }

private Q_SLOTS:

    void textHasEnoughContrast_data()
    {
        QTest::addColumn<int>("scheme");
        QTest::newRow("dark") << int(ColourScheme::dark);
        QTest::newRow("light") << int(ColourScheme::light);
    }

    void textHasEnoughContrast()
    {
        QFETCH(int, scheme);
        const ThemeColours& c = themeColours(ColourScheme(scheme));
        for (const QColor& ground : {c.window, c.control, c.controlHover}) {
            QVERIFY(contrastRatio(c.text, ground) >= 4.5);
            QVERIFY(contrastRatio(c.secondaryText, ground) >= 4.5);
        }
        QVERIFY(contrastRatio(c.onAccent, c.accent) >= 4.5);
        QVERIFY(contrastRatio(c.accentText, c.window) >= 4.5);
        QVERIFY(contrastRatio(c.warning, c.control) >= 4.5);
        QVERIFY(contrastRatio(c.accent, c.window) >= 3);
    }

    void greysHaveNoTint_data() { textHasEnoughContrast_data(); }

    void greysHaveNoTint()
    {
        QFETCH(int, scheme);
        const ThemeColours& c = themeColours(ColourScheme(scheme));
        for (const QColor& grey : {c.window, c.surround, c.control, c.border, c.divider})
            QVERIFY(hasNoTint(grey));
    }

    void contrastOfBlackAndWhiteIs21()
    {
        QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrastRatio(Qt::white, Qt::white), 1.0);
    }

    void aChosenThemeChangesThePalette()
    {
        Theme theme;
        theme.setChoice(Theme::Choice::light);
        QCOMPARE(QApplication::palette().color(QPalette::Window),
                 themeColours(ColourScheme::light).window);
        QSignalSpy changed(&theme, &Theme::changed);
        theme.setChoice(Theme::Choice::dark);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(QApplication::palette().color(QPalette::Window),
                 themeColours(ColourScheme::dark).window);
    }

    void choicesSurviveAsText()
    {
        for (auto choice : {Theme::Choice::system, Theme::Choice::dark, Theme::Choice::light})
            QCOMPARE(Theme::choiceFromText(Theme::textFromChoice(choice)), choice);
        QCOMPARE(Theme::choiceFromText(QStringLiteral("purple")), Theme::Choice::system);
    }

    void iconsFollowTheTheme()
    {
        Theme theme;
        const QIcon icon = themeIcon(QStringLiteral("brush"));
        for (auto choice : {Theme::Choice::dark, Theme::Choice::light}) {
            theme.setChoice(choice);
            const QColor ink = meanInk(icon.pixmap(64).toImage());
            QCOMPARE(ink, themeColours(theme.scheme()).text);
            const QColor disabled = meanInk(icon.pixmap(64, QIcon::Disabled).toImage());
            QCOMPARE(disabled, themeColours(theme.scheme()).disabledText);
        }
    }

    void everyIconDrawsSomething()
    {
        themePixmap(QStringLiteral("brush"), 20, Qt::black, 1);
        const QStringList files = QDir(QStringLiteral(":/icons")).entryList();
        QVERIFY(files.count() > 20);
        for (const QString& file : files) {
            const QImage image = themePixmap(file.chopped(4), 20, Qt::red, 2).toImage();
            QCOMPARE(image.size(), QSize(40, 40));
            QVERIFY2(meanInk(image) == QColor(Qt::red), qPrintable(file));
        }
    }

    void aFilledButtonIsDrawnInTheAccent()
    {
        Theme theme;
        QPushButton button(QStringLiteral("Go"));
        button.resize(80, 28);
        const QColor accent = themeColours(theme.scheme()).accent;
        QVERIFY(button.grab().toImage().pixelColor(8, 14) != accent);
        setFilled(&button, true);
        QCOMPARE(button.grab().toImage().pixelColor(8, 14), accent);
        button.setEnabled(false);
        QVERIFY(button.grab().toImage().pixelColor(8, 14) != accent);
    }
};

QTEST_MAIN(ThemeTest)
#include "ThemeTest.moc"
