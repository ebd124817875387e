#pragma once

#include <QLineEdit>

class QAction;

namespace leedswatch::ui {

/// A field for a password: hidden unless the eye is pressed, and it notices Caps Lock from what is typed.
class PasswordField final : public QLineEdit {
    Q_OBJECT

public:
    explicit PasswordField(QWidget* parent = nullptr);
    /// Empties the field and hides what is typed next.
    void reset();

Q_SIGNALS:
    void capsLockChanged(bool on);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void setRevealed(bool revealed);
    void setCapsLock(bool on);

    QAction* m_eye;
    bool m_capsLock = false;
};

}  // namespace leedswatch::ui
