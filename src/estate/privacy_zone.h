#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::estate {

/// A place in a camera's picture, in ten-thousandths of its width from the left and of its height from the top: the
/// same for the large and the small stream.
struct ZonePoint {
    static constexpr int whole = 10'000;
    int x = 0;
    int y = 0;
    bool operator==(const ZonePoint&) const = default;
};

/// A part of a camera's picture that nobody is to see: a window of a home, a garden. Its last corner is joined to the
/// first. Where its outline crosses itself, what is wound around is hidden too.
struct PrivacyZone {
    std::vector<ZonePoint> corners;
    bool operator==(const PrivacyZone&) const = default;
};

inline constexpr std::size_t mostPrivacyZones = 32;
inline constexpr std::size_t mostZoneCorners = 5'000;

/// The rule for a camera's zones: at most 32, each of 3 to 5,000 corners inside the picture, and each hiding something.
/// Error: InvalidInput; the message says which zone and what to do.
[[nodiscard]] base::Result<void> checkPrivacyZones(const std::vector<PrivacyZone>& zones);

/// As stored: `[[[x,y],[x,y],[x,y]],...]`.
[[nodiscard]] std::string textOfPrivacyZones(const std::vector<PrivacyZone>& zones);
/// Error: Damaged, if the text is anything that `textOfPrivacyZones` does not write for zones that keep the rule.
[[nodiscard]] base::Result<std::vector<PrivacyZone>> privacyZonesFromText(std::string_view text);

}  // namespace leedswatch::estate
