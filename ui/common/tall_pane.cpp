#include "ui/common/tall_pane.h"

#include <QEvent>
#include <QLayout>

namespace leedswatch::ui {

bool TallPane::event(QEvent* event) {
    const bool handled = QWidget::event(event);
    const auto type = event->type();
    const bool isShaped = type == QEvent::Resize || type == QEvent::Show;
    if ((!isShaped && type != QEvent::LayoutRequest) || layout() == nullptr || !layout()->hasHeightForWidth()) {
        return handled;
    }
    if (isShaped) {
        // Texts that were set while this was hidden: a layout inside another still has the heights from before. Not at
        // a layout request, for it makes one.
        for (QLayout* inside : layout()->findChildren<QLayout*>()) {
            inside->invalidate();
        }
    }
    setMinimumHeight(layout()->totalHeightForWidth(width()));
    return handled;
}

}  // namespace leedswatch::ui
