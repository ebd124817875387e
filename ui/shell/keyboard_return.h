#pragma once

#include <QObject>

class QDialog;

namespace leedswatch::ui {

/// Gives the keyboard to a dialog that opens, and back to the window under it when it goes. A window manager does so by
/// itself; on a desk that runs without one nobody does, and the next key would go nowhere. UI thread only.
class KeyboardReturn final : public QObject {
    Q_OBJECT

public:
    explicit KeyboardReturn(QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    static void giveBack(const QDialog& dialog);
};

}  // namespace leedswatch::ui
