#pragma once

#include <QString>
#include <QWidget>
#include <vector>

class QLabel;
class QToolButton;

namespace leedswatch::ui {

/// All layouts as small drawings with their numbers of tiles. A typed number is taken as soon as it can be no other
/// (8, but not 1, which may become 10); Enter takes what stands there, arrows go from one to the next, Esc closes. It
/// closes by itself when it loses the keyboard.
class LayoutChooser final : public QWidget {
    Q_OBJECT

public:
    /// `current` is the layout that is marked at first.
    LayoutChooser(int current, QWidget* parent);
    /// Under `anchor`, and with the keyboard.
    void showUnder(const QWidget& anchor);

Q_SIGNALS:
    void chosen(int tiles);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void makeButtons(int current);
    void type(QChar digit);
    void mark(int place);
    void take(int tiles);
    void showHint();

    std::vector<QToolButton*> m_buttons;  ///< in the order of WallLayout::all()
    QLabel* m_hint;
    QString m_digits;
    int m_marked = 0;
};

}  // namespace leedswatch::ui
