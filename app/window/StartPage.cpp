// SPDX-License-Identifier: Apache-2.0
#include "app/window/StartPage.h"

#include "app/window/ChoiceCard.h"
#include "widgets/panels/Panel.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace emend {

namespace {

constexpr int columnWidthPx = 736;
constexpr int shownRecent = 6;

QFont scaled(QFont font, double factor, bool isBold)
{
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setBold(isBold);
    return font;
}

} // namespace

StartPage::StartPage(QWidget* parent)
    : QWidget(parent)
    , m_heading(new QLabel(tr("Go on with"), this))
    , m_cards(new QGridLayout)
{
    setObjectName(QStringLiteral("startPage"));
    m_heading->setObjectName(QStringLiteral("recentHeading"));
    m_heading->setFont(scaled(font(), 1.0, true));
    auto* page = new QVBoxLayout(this);
    page->addStretch(2);
    page->addWidget(makeColumn(), 0, Qt::AlignHCenter);
    page->addStretch(3);
    showRecent();
}

QWidget* StartPage::makeColumn()
{
    auto* middle = new QWidget(this);
    middle->setObjectName(QStringLiteral("startColumn"));
    middle->setFixedWidth(columnWidthPx);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(16);

    auto* title = new QLabel(QStringLiteral("Emend"), middle);
    title->setObjectName(QStringLiteral("startTitle"));
    title->setFont(scaled(font(), 2.2, true));
    auto* line = new Sentence(middle);
    line->setObjectName(QStringLiteral("startLine"));
    line->setFixedWidth(columnWidthPx);
    line->setSentence(tr("Open a stack, let a model predict, correct what is wrong, let it learn "
                         "from your corrections."));
    column->addWidget(title);
    column->addWidget(line);
    column->addSpacing(8);

    auto* open = new ChoiceCard(QStringLiteral("startOpen"), tr("Open a stack"),
                                tr("TIFF, PNG, MRC, NRRD or NIfTI; or drop a file here"), middle);
    open->setIconName(QStringLiteral("open"));
    auto* folder =
        new ChoiceCard(QStringLiteral("startFolder"), tr("Open a folder"),
                       tr("One numbered file a section; or drop the folder here"), middle);
    folder->setIconName(QStringLiteral("stack"));
    auto* sample = new ChoiceCard(
        QStringLiteral("startSample"), tr("Try the sample"),
        tr("Forty sections of a fly's brain, predicted and ready to be corrected"), middle);
    sample->setIconName(QStringLiteral("sample"));
    auto* choices = new QGridLayout;
    choices->setSpacing(16);
    choices->addWidget(open, 0, 0);
    choices->addWidget(folder, 0, 1);
    choices->addWidget(sample, 1, 0, 1, 2);
    column->addLayout(choices);
    column->addSpacing(8);
    column->addWidget(m_heading);
    m_cards->setSpacing(16);
    column->addLayout(m_cards);

    connect(open, &QAbstractButton::clicked, this, &StartPage::openWanted);
    connect(folder, &QAbstractButton::clicked, this, &StartPage::folderWanted);
    connect(sample, &QAbstractButton::clicked, this, &StartPage::sampleWanted);
    return middle;
}

// It is the newest of the recent ones: the first card.
void StartPage::offerToContinue(const QString& path)
{
    m_heading->setText(tr("Emend ended unexpectedly. Everything that was saved is there: go on "
                          "with %1")
                           .arg(QFileInfo(path).fileName()));
}

void StartPage::showRecent()
{
    while (QLayoutItem* item = m_cards->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    int shown = 0;
    for (const RecentStacks::Entry& entry : m_recent.entries()) {
        if (shown == shownRecent)
            break;
        const QString date = QLocale().toString(entry.opened.toLocalTime(), QLocale::ShortFormat);
        auto* card =
            new ChoiceCard(QStringLiteral("recent%1").arg(shown + 1), entry.name(),
                           entry.isThere ? date : tr("%1. No longer there").arg(date), this);
        card->setPicture(m_recent.picture(entry.path));
        card->setEnabled(entry.isThere);
        card->setToolTip(entry.path);
        connect(card, &QAbstractButton::clicked, this,
                [this, path = entry.path] { Q_EMIT recentWanted(path); });
        m_cards->addWidget(card, shown / 2, shown % 2);
        ++shown;
    }
    m_cards->setColumnStretch(0, 1);
    m_cards->setColumnStretch(1, 1);
    m_heading->setVisible(shown > 0);
}

} // namespace emend
