#pragma once

#include "ui/shell/call_up.h"

#include <QWidget>

namespace leedswatch::ui {

/// Shows the number being typed and the camera that it would call up.
class CallUpDisplay final : public QWidget {
    Q_OBJECT

public:
    explicit CallUpDisplay(CallUp& callUp, QWidget* parent = nullptr);
    /// The monitor that the camera will be shown on, if that is another one; 0: here.
    void setTarget(int monitor);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void take();
    /// The words behind the number, and their colour.
    [[nodiscard]] std::pair<QString, QColor> words() const;

    CallUp& m_callUp;
    int m_target = 0;
};

}  // namespace leedswatch::ui
