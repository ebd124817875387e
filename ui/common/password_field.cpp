#include "ui/common/password_field.h"

#include "ui/common/icons.h"

#include <QAction>
#include <QKeyEvent>
#include <utility>

namespace leedswatch::ui {

PasswordField::PasswordField(QWidget* parent) : QLineEdit{parent}, m_eye{new QAction{this}} {
    m_eye->setCheckable(true);
    addAction(m_eye, QLineEdit::TrailingPosition);
    connect(m_eye, &QAction::toggled, this, &PasswordField::setRevealed);
    setRevealed(false);
}

void PasswordField::reset() {
    clear();
    m_eye->setChecked(false);
}

void PasswordField::keyPressEvent(QKeyEvent* event) {
    const QString text = event->text();
    if (event->key() == Qt::Key_CapsLock) {
        setCapsLock(!m_capsLock);
    } else if (text.size() == 1 && text.at(0).isLetter()) {
        setCapsLock(text.at(0).isUpper() != event->modifiers().testFlag(Qt::ShiftModifier));
    }
    QLineEdit::keyPressEvent(event);
}

void PasswordField::focusOutEvent(QFocusEvent* event) {
    setCapsLock(false);
    QLineEdit::focusOutEvent(event);
}

void PasswordField::setRevealed(bool revealed) {
    setEchoMode(revealed ? QLineEdit::Normal : QLineEdit::Password);
    m_eye->setIcon(icons::line(revealed ? QStringLiteral("eye-off") : QStringLiteral("eye"), palette::textDim));
    m_eye->setToolTip(revealed ? QStringLiteral("Hide the password") : QStringLiteral("Show the password"));
}

void PasswordField::setCapsLock(bool on) {
    if (std::exchange(m_capsLock, on) != on) {
        Q_EMIT capsLockChanged(on);
    }
}

}  // namespace leedswatch::ui
