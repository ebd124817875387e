#include "ui/shell/keyboard_return.h"

#include <QApplication>
#include <QDialog>
#include <QEvent>
#include <QTimer>
#include <chrono>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

}  // namespace

KeyboardReturn::KeyboardReturn(QObject* parent) : QObject{parent} {
    qApp->installEventFilter(this);
}

bool KeyboardReturn::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide) {
        if (auto* dialog = qobject_cast<QDialog*>(watched)) {
            event->type() == QEvent::Show ? dialog->activateWindow() : giveBack(*dialog);
        }
    }
    return QObject::eventFilter(watched, event);
}

void KeyboardReturn::giveBack(const QDialog& dialog) {
    if (dialog.parentWidget() == nullptr) {
        return;
    }
    // At once, and again after Qt has heard that the dialog has lost the keyboard, which it believes a moment later.
    for (const auto later : {0ms, 200ms}) {
        QWidget* const under = dialog.parentWidget()->window();
        QTimer::singleShot(later, under, [under] {
            const bool isFree = QApplication::activeModalWidget() == nullptr && QApplication::activeWindow() == nullptr;
            if (isFree && under->isVisible()) {
                under->activateWindow();
            }
        });
    }
}

}  // namespace leedswatch::ui
