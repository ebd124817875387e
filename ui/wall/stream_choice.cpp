#include "ui/wall/stream_choice.h"

#include <algorithm>

namespace leedswatch::ui {

namespace {

// What small streams have as a rule, until one has been seen.
constexpr QSize usualSub{704, 396};
constexpr double grownEnough = 1.1;
constexpr double shrunkEnough = 0.9;

}  // namespace

video::StreamKind streamFor(const StreamNeed& need) {
    if (need.use == TileUse::Spot) {
        return video::StreamKind::Main;
    }
    const QSize sub = need.sub.isEmpty() ? usualSub : need.sub;
    const bool isMainLarger =
        need.main.isEmpty() || need.main.width() > sub.width() || need.main.height() > sub.height();
    if (!isMainLarger) {
        return video::StreamKind::Sub;
    }
    // How many pixels of the screen one pixel of the small stream would fill.
    const double wide = static_cast<double>(need.room.width()) / sub.width();
    const double high = static_cast<double>(need.room.height()) / sub.height();
    const double enlarged = std::min(wide, high) * need.zoom;
    const double limit = need.shown == video::StreamKind::Sub ? grownEnough : shrunkEnough;
    return enlarged > limit ? video::StreamKind::Main : video::StreamKind::Sub;
}

}  // namespace leedswatch::ui
