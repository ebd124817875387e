#include "ui/wall/stream_choice.h"

namespace leedswatch::ui {

namespace {

// What a camera's small stream has at most, as a rule: 704 by 576.
constexpr QSize largestSub{720, 576};

}  // namespace

video::StreamKind streamFor(QSize room, bool isSpot) {
    const bool isLarge = room.width() > largestSub.width() || room.height() > largestSub.height();
    return isSpot || isLarge ? video::StreamKind::Main : video::StreamKind::Sub;
}

}  // namespace leedswatch::ui
