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

    /// Keeps itself in the middle of the top of the widget it covers.
    explicit Banner(QWidget* covered);

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
    QLabel* m_icon;
    QLabel* m_text;
    QToolButton* m_close;
    Kind m_kind = Kind::information;
};

} // namespace emend
