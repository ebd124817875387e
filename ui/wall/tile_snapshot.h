#pragma once

#include "evidence/snapshot.h"
#include "ui/wall/tile_feed.h"

#include <functional>

namespace leedswatch::ui {

/// What a snapshot of a tile is to be.
struct SnapshotOrder {
    evidence::SnapshotSubject subject;
    /// Takes up to some seconds: not for the UI thread.
    std::function<base::Result<video::FullPicture>()> picture;
};

/// Of what the feed shows now: the picture itself, replayed ones included. Where a live tile shows the small stream,
/// the large one is connected to for it and its first picture of the present is taken; if none comes within three
/// seconds, it is the small one's. Zones hide in it also while they are lifted.
[[nodiscard]] SnapshotOrder snapshotOf(const TileFeed& feed, const QString& state);

}  // namespace leedswatch::ui
