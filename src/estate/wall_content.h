#pragma once

#include "base/result.h"
#include "estate/camera.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::estate {

using WallViewId = base::Id<struct WallViewTag>;
using SequenceId = base::Id<struct SequenceTag>;

/// A camera as somebody put it on the wall: the id is what it is bound to; the number is what is said when the estate
/// no longer has it. A number that was given to another camera since never brings that one up.
struct CameraRef {
    CameraId id;
    int number = 0;

    bool operator==(const CameraRef&) const = default;
};

/// One tile of a view: a camera, or a sequence, or the spot (which shows whatever was selected last), or nothing.
struct ViewTile {
    CameraRef camera;
    SequenceId sequence;
    bool isSpot = false;

    bool operator==(const ViewTile&) const = default;
};

/// A layout, by its number of tiles, and what was in them.
struct ViewContent {
    int layout = 1;
    std::vector<ViewTile> tiles;

    bool operator==(const ViewContent&) const = default;
};

struct SequenceStep {
    CameraRef camera;
    std::chrono::seconds dwell{10};

    bool operator==(const SequenceStep&) const = default;
};

/// Cameras that are shown in turn in one tile.
struct SequenceContent {
    std::vector<SequenceStep> steps;
    bool passesOverOffline = false;  ///< else a camera that is not live is shown as such for its dwell

    bool operator==(const SequenceContent&) const = default;
};

inline constexpr int mostViewTiles = 36;
inline constexpr std::size_t mostSequenceSteps = 200;
inline constexpr std::chrono::seconds shortestDwell{1};
inline constexpr std::chrono::seconds longestDwell{600};

/// Error: InvalidInput, with the rule that is broken.
[[nodiscard]] base::Result<void> check(const ViewContent& content);
[[nodiscard]] base::Result<void> check(const SequenceContent& content);

/// As stored: JSON. Members that are not known are left out of account, so that a later version may add some.
[[nodiscard]] std::string encode(const ViewContent& content);
[[nodiscard]] std::string encode(const SequenceContent& content);
/// Error: Damaged.
[[nodiscard]] base::Result<void> decode(std::string_view text, ViewContent& content);
[[nodiscard]] base::Result<void> decode(std::string_view text, SequenceContent& content);

}  // namespace leedswatch::estate
