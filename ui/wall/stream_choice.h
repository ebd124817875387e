#pragma once

#include "video/relay_address.h"

#include <QSize>

namespace leedswatch::ui {

/// The one rule by which a tile's stream is chosen: the small one, until the room for the picture (in pixels of the
/// screen) has more than a small stream is made for. A spot is there to be looked at closely and always has the full
/// picture. A camera without a small stream has only the one.
[[nodiscard]] video::StreamKind streamFor(QSize room, bool isSpot);

}  // namespace leedswatch::ui
