// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace emend {

/// One plain sentence over the top of another widget, closable, never modal.
///
/// Lies above that widget instead of pushing it down: what the user works on does not move.
class Banner : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { information, problem };

    /// Keeps itself in the middle of the top of the widget that it covers.
    explicit Banner(QWidget* covered);

    /// Lies at the top of this part of the covered widget instead.
    void setAnchor(QWidget* anchor);

    void tell(const QString& text, Kind kind = Kind::information);
    QString text() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void place();
    void showKind();

    QWidget* m_covered;
    QWidget* m_anchor;
    QLabel* m_icon;
    QLabel* m_text;
    QToolButton* m_close;
    Kind m_kind = Kind::information;
};

} // namespace emend
