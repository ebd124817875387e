#pragma once

#include <QObject>
#include <QPointer>
#include <QWindow>

namespace leedswatch::ui {

/// Gives the keyboard back to the window under a dialog that goes. A window manager does so by itself; on a desk that
/// runs without one nobody does, and the next key would go nowhere. UI thread only.
class KeyboardReturn final : public QObject {
    Q_OBJECT

public:
    explicit KeyboardReturn(QObject* parent);

private:
    void follow(QWindow* focused);

    QPointer<QWindow> m_last;   ///< had the keyboard
    QPointer<QWindow> m_under;  ///< what that one stood over, if it was a dialog
};

}  // namespace leedswatch::ui
