#pragma once

#include "ui/common/palette.h"

#include <QColor>
#include <QIcon>
#include <QString>

namespace leedswatch::ui::icons {

/// A line icon of resources/icons, 20 by 20, drawn in one colour; sharp at any scale. Disabled it is dimmed.
[[nodiscard]] QIcon line(const QString& name, const QColor& colour = palette::text);
/// The same as a picture of `size` logical pixels.
[[nodiscard]] QPixmap picture(const QString& name, int size, const QColor& colour, qreal devicePixelRatio);
[[nodiscard]] QIcon application();

}  // namespace leedswatch::ui::icons
