#include "ui/shell/keyboard_return.h"

#include <QGuiApplication>

namespace leedswatch::ui {

KeyboardReturn::KeyboardReturn(QObject* parent) : QObject{parent} {
    connect(qGuiApp, &QGuiApplication::focusWindowChanged, this, &KeyboardReturn::follow);
}

void KeyboardReturn::follow(QWindow* focused) {
    if (focused != nullptr) {
        m_last = focused;
        m_under = focused->transientParent();
        return;
    }
    // Whoever has turned to another program has left a window that is still there, and is not called back.
    const bool hasGone = m_last == nullptr || !m_last->isVisible();
    if (hasGone && m_under != nullptr && m_under->isVisible()) {
        m_under->requestActivate();
    }
}

}  // namespace leedswatch::ui
