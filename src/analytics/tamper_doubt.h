#pragma once

#include "analytics/tamper_kind.h"

#include <optional>

namespace leedswatch::analytics {

/// Which pictures of a stream a detector is given.
enum class TamperPace {
    All,        ///< about four a second
    BehindKey,  ///< the same, and since the one before a key frame came: noise and all were coded anew
    AtRest,     ///< some of the key frames, seconds apart: what lay between them is not known
};

/// What a single picture gives reason to fear.
struct TamperDoubt {
    enum class Sign {
        None,
        Still,  ///< it is the one before once more
        Part,   ///< less of the scene is in its place than as a rule: somebody who passes by, or a patch
        View,   ///< next to nothing of the scene is left
        Kind,   ///< it looks tampered with
    };
    Sign sign = Sign::None;
    std::optional<TamperKind> kind;

    bool operator==(const TamperDoubt&) const = default;
};

}  // namespace leedswatch::analytics
