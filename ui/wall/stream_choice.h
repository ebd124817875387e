#pragma once

#include "video/relay_address.h"

#include <QSize>

namespace leedswatch::ui {

/// What a place on a wall is for.
enum class TileUse {
    Tile,
    Spot,  ///< there to be looked at closely
};

/// All that decides which stream a tile shows.
struct StreamNeed {
    QSize room;       ///< for the picture, in pixels of the screen
    double zoom = 1;  ///< how much closer than the whole picture
    TileUse use = TileUse::Tile;
    QSize sub = {};                                    ///< the small stream as last seen; empty if it has not been
    QSize main = {};                                   ///< the large one
    video::StreamKind shown = video::StreamKind::Sub;  ///< what is shown now
};

/// The one rule by which a tile's stream is chosen: the small one for as long as it has the pixels for what is shown of
/// it. A choice that was made stays for a tenth of the size either way, so that resizing does not flap. A spot always
/// has the large one. A camera without a small stream has only the one.
[[nodiscard]] video::StreamKind streamFor(const StreamNeed& need);

}  // namespace leedswatch::ui
