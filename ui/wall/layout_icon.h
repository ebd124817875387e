#pragma once

#include "ui/common/palette.h"

#include <QIcon>

namespace leedswatch::ui {

class WallLayout;

/// The layout drawn small, from the same rectangles as the wall.
[[nodiscard]] QIcon layoutIcon(const WallLayout& layout, const QColor& colour = palette::text);

}  // namespace leedswatch::ui
