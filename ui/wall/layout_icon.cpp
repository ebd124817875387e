#include "ui/wall/layout_icon.h"

#include "ui/wall/wall_layout.h"

#include <QPainter>
#include <QPixmap>

namespace leedswatch::ui {

QIcon layoutIcon(const WallLayout& layout, const QColor& colour) {
    QIcon icon;
    for (const int side : {20, 32, 40, 64}) {
        QPixmap picture{side, side};
        picture.fill(Qt::transparent);
        QPainter painter{&picture};
        painter.translate(1, side / 8);
        const QSize wall{side - 2, side - side / 4};
        const int gap = side < 40 ? 1 : 2;
        for (int tile = 0; tile < layout.tileCount(); ++tile) {
            painter.fillRect(layout.tileRect(tile, wall, gap), colour);
        }
        painter.end();
        icon.addPixmap(picture);
    }
    return icon;
}

}  // namespace leedswatch::ui
