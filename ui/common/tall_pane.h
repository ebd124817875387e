#pragma once

#include <QWidget>

namespace leedswatch::ui {

/// What a scroll area shows, never lower than its layout needs at its width. A scroll area alone asks only for the
/// smallest size, in which a label of wrapped words is cut off instead of scrolled.
class TallPane final : public QWidget {
public:
    using QWidget::QWidget;

protected:
    bool event(QEvent* event) override;
};

}  // namespace leedswatch::ui
