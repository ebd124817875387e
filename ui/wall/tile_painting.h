#pragma once

#include <QColor>
#include <QFont>

// What the two files that paint a tile share.

namespace leedswatch::ui {

inline constexpr int tilePadding = 8;

[[nodiscard]] inline QFont sized(const QFont& base, int pixels, QFont::Weight weight = QFont::Normal) {
    QFont font{base};
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

[[nodiscard]] inline QColor withAlpha(QColor colour, int alpha) {
    colour.setAlpha(alpha);
    return colour;
}

}  // namespace leedswatch::ui
