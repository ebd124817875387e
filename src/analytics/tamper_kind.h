#pragma once

#include <optional>
#include <string_view>

namespace leedswatch::analytics {

/// What keeps a camera from showing what it is there to show.
enum class TamperKind {
    Covered,       ///< something before the lens hides all of the view
    PartObscured,  ///< something before the lens hides a part of it, and stays
    Defocused,     ///< the view is there, and its fine detail is not
    Moved,         ///< a sharp picture of something else, or of the same from elsewhere
    Blinded,       ///< a light outshines the view
    Black,
    White,
    Frozen,    ///< one and the same picture, from a camera whose pictures differ
    NoSignal,  ///< what a capture device makes up when nothing comes in: one blue, or noise
};

/// As programs read it: "part-obscured".
[[nodiscard]] std::string_view nameOf(TamperKind kind);
[[nodiscard]] std::optional<TamperKind> tamperKindFromName(std::string_view name);

}  // namespace leedswatch::analytics
