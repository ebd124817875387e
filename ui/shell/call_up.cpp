#include "ui/shell/call_up.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <QWidget>
#include <QWindow>
#include <algorithm>
#include <chrono>
#include <utility>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto quietTime = 3s;
constexpr int mostDigits = 5;

}  // namespace

bool isWritingField(const QWidget* widget) {
    if (const auto* line = qobject_cast<const QLineEdit*>(widget)) {
        return !line->isReadOnly();
    }
    // A field with a list has the keyboard itself, not its line.
    if (const auto* box = qobject_cast<const QComboBox*>(widget)) {
        return box->isEditable();
    }
    if (const auto* text = qobject_cast<const QTextEdit*>(widget)) {
        return !text->isReadOnly();
    }
    return qobject_cast<const QPlainTextEdit*>(widget) != nullptr ||
           qobject_cast<const QAbstractSpinBox*>(widget) != nullptr;
}

CallUp::CallUp(std::function<std::optional<QString>(int)> nameOf, QObject* parent)
    : QObject{parent}, m_nameOf{std::move(nameOf)} {
    m_timeOut.setSingleShot(true);
    m_timeOut.setInterval(quietTime);
    connect(&m_timeOut, &QTimer::timeout, this, &CallUp::clear);
}

void CallUp::typeDigit(int digit) {
    if (std::exchange(m_refused, false)) {
        m_digits.clear();
    }
    if (m_digits.size() < mostDigits) {
        m_digits += QString::number(digit);
    }
    announce();
}

void CallUp::eraseDigit() {
    m_refused = false;
    m_digits.chop(1);
    announce();
}

void CallUp::confirm() {
    const int number = m_digits.toInt();
    if (m_digits.isEmpty() || m_refused) {
        clear();
        return;
    }
    if (!m_nameOf(number)) {
        m_refused = true;
        announce();
        return;
    }
    clear();
    Q_EMIT confirmed(number);
}

void CallUp::clear() {
    m_digits.clear();
    m_refused = false;
    announce();
}

QString CallUp::name() const {
    return m_digits.isEmpty() ? QString{} : m_nameOf(m_digits.toInt()).value_or(QString{});
}

void CallUp::announce() {
    if (m_digits.isEmpty()) {
        m_timeOut.stop();
    } else {
        m_timeOut.start();
    }
    Q_EMIT changed();
}

CallUpKeys::CallUpKeys(CallUp& callUp, QWidget* page) : QObject{page}, m_callUp{callUp}, m_pages{page} {
    QApplication::instance()->installEventFilter(this);
}

void CallUpKeys::addPage(QWidget* page) {
    // Those of windows that were closed since are only markers.
    m_pages.removeAll(nullptr);
    m_pages.append(page);
}

bool CallUpKeys::eventFilter(QObject* watched, QEvent* event) {
    // A key reaches the window first and then the widget with the focus; it is taken once, at the widget.
    if (event->type() != QEvent::KeyPress || !watched->isWidgetType() || !isListening()) {
        return false;
    }
    const auto* press = static_cast<QKeyEvent*>(event);
    return take(press->key(), press->modifiers());
}

bool CallUpKeys::isListening() const {
    const QWidget* focus = QApplication::focusWidget();
    const bool isHere = std::any_of(m_pages.begin(), m_pages.end(), [](const QPointer<QWidget>& page) {
        return page != nullptr && page->isVisible() && page->window()->isActiveWindow();
    });
    return isHere && QApplication::activeModalWidget() == nullptr && QApplication::activePopupWidget() == nullptr &&
           !isWritingField(focus);
}

bool CallUpKeys::take(int key, Qt::KeyboardModifiers modifiers) {
    if ((modifiers & ~Qt::KeyboardModifiers{Qt::KeypadModifier}) != Qt::NoModifier) {
        return false;
    }
    if (key >= Qt::Key_0 && key <= Qt::Key_9) {
        m_callUp.typeDigit(key - Qt::Key_0);
        return true;
    }
    if (m_callUp.isEmpty()) {
        return false;
    }
    switch (key) {
        case Qt::Key_Return:
        case Qt::Key_Enter: m_callUp.confirm(); return true;
        case Qt::Key_Backspace: m_callUp.eraseDigit(); return true;
        case Qt::Key_Escape: m_callUp.clear(); return true;
        default: return false;
    }
}

}  // namespace leedswatch::ui
