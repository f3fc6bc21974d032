// SPDX-License-Identifier: Apache-2.0
#include "widgets/panels/PanelDock.h"

#include "widgets/theme/ThemeIcon.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>

namespace emend {

namespace {

QFont headingFont(const QFont& base)
{
    QFont font = base;
    font.setBold(true);
    font.setPointSizeF(base.pointSizeF() * 0.85);
    font.setCapitalization(QFont::AllUppercase);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.6);
    return font;
}

QToolButton* smallButton(QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setFixedSize(24, 24);
    button->setIconSize(QSize(16, 16));
    return button;
}

/// Heading, the panel's own small buttons, and close.
class Heading : public QWidget
{
public:
    Heading(PanelDock* dock, const Panel& panel)
        : QWidget(dock)
    {
        setObjectName(panel.objectName() + QStringLiteral("Heading"));
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(12, 6, 8, 4);
        row->setSpacing(0);
        auto* title = new QLabel(panel.windowTitle(), this);
        title->setObjectName(panel.objectName() + QStringLiteral("Title"));
        title->setFont(headingFont(font()));
        row->addWidget(title, 1);
        for (QAction* action : panel.actions())
            row->addWidget(actionButton(action));
        row->addWidget(closeButton(dock, panel));
    }

private:
    QToolButton* actionButton(QAction* action)
    {
        QToolButton* button = smallButton(this);
        button->setDefaultAction(action);
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        button->setAccessibleName(action->text());
        return button;
    }

    QToolButton* closeButton(PanelDock* dock, const Panel& panel)
    {
        QToolButton* button = smallButton(this);
        button->setObjectName(panel.objectName() + QStringLiteral("Close"));
        button->setIcon(themeIcon(QStringLiteral("close")));
        button->setIconSize(QSize(12, 12));
        button->setAccessibleName(PanelDock::tr("Close %1").arg(panel.windowTitle()));
        button->setToolTip(PanelDock::tr("Close; the Window menu brings it back"));
        connect(button, &QToolButton::clicked, dock, &QDockWidget::close);
        return button;
    }
};

} // namespace

PanelDock::PanelDock(Panel* panel, QWidget* parent)
    : QDockWidget(panel->windowTitle(), parent)
{
    setObjectName(panel->objectName() + QStringLiteral("Dock"));
    setTitleBarWidget(new Heading(this, *panel));
    setWidget(panel);
}

} // namespace emend
