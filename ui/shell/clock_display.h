#pragma once

#include "base/clock.h"

#include <QTimer>
#include <QWidget>

namespace leedswatch::ui {

/// The room's clock: Europe/London to the second, with BST or GMT said, and the date.
class ClockDisplay final : public QWidget {
    Q_OBJECT

public:
    explicit ClockDisplay(const base::Clock& clock, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void tick();

    const base::Clock& m_clock;
    QTimer m_timer;
};

}  // namespace leedswatch::ui
