#pragma once

#include "analytics/scene_memory.h"
#include "analytics/scene_shift.h"
#include "analytics/tamper_kind.h"

#include <optional>

namespace leedswatch::analytics {

/// What one picture shows that has to do with tamper, by itself, against the scene and against the pictures of the last
/// second. Shares are from 0 to 1, of the picture unless said.
struct TamperSigns {
    SceneMatch match;
    double darkest = 0;      ///< the level that one pixel in a hundred is below
    double brightest = 255;  ///< the level that one in a hundred is above
    double dazzled = 0;      ///< blocks at the limit of the sensor that more daylight would not have brought there
    double oneBlue = 0;      ///< pixels of one and the same blue
    double white = 0;        ///< how much of its variance is lost where 4 by 4 pixels become one: noise has little else
    double deviation = 0;    ///< of its levels
    double likeBefore = 1;   ///< correlation of its levels with those of the picture before
    double smooth = 0;       ///< blocks without structure
    double steady =
        0;  ///< of the blocks with structure that is not the scene's, those where it stays: a view, not a passer-by
    double calm = 1;                  ///< of all blocks with structure, those where it stays
    cv::Mat isObscured;               ///< field: smooth, steady, and not as the scene is there
    double obscured = 0;              ///< blocks in the largest patch of those that have been so for some time
    double obscuredAnchors = 0;       ///< of the anchors
    double keptElsewhere = 1;         ///< of the anchors that are not obscured
    std::optional<SceneShift> shift;  ///< where the scene is now; only sought where much of it is not in its place
};

/// What was seen lately.
struct ScenePast {
    const ScenePicture* before = nullptr;   ///< the last picture, if there is one
    const ScenePicture* earlier = nullptr;  ///< that of half a second ago
    cv::Mat obscured;  ///< field: blocks that were so in nearly all of the last pictures; may be empty
};

[[nodiscard]] TamperSigns signsOf(const ScenePicture& picture, const SceneMemory& memory, const ScenePast& past);

/// What good pictures of a camera are like. Some cameras have noise or traffic in every block.
struct NormalSigns {
    double calm = 1;
    double layout = 1;
    double kept = 1;
};

/// What one picture is taken for. A kind that holds for some time is an event.
struct TamperOpinion {
    bool isViewLost = false;  ///< next to nothing of the scene is where it was; by itself no tamper
    std::optional<TamperKind> kind;
};

/// Whether the scene lies elsewhere in the picture.
[[nodiscard]] bool isShifted(const TamperSigns& signs);
/// `isShiftRecent`: the scene was lately seen slipping away.
[[nodiscard]] TamperOpinion opinionOn(const TamperSigns& signs, const NormalSigns& normal, bool isReady,
                                      bool isShiftRecent);

}  // namespace leedswatch::analytics
