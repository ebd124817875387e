#include "estate/privacy_zone.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace leedswatch::estate {
namespace {

constexpr std::size_t fewestCorners = 3;
// What a corner's text may take: "[10000,10000]," and the brackets of its zone.
constexpr std::size_t longestText = mostPrivacyZones * (mostZoneCorners * 16 + 8);

base::Result<void> refuse(std::size_t zone, const std::string& why) {
    return base::fail(base::ErrorCode::InvalidInput, "privacy zone " + std::to_string(zone + 1) + " " + why);
}

bool isInside(const ZonePoint& point) {
    return point.x >= 0 && point.x <= ZonePoint::whole && point.y >= 0 && point.y <= ZonePoint::whole;
}

/// Whether all corners lie on one line, so that there is no area between them.
bool isFlat(const std::vector<ZonePoint>& corners) {
    const ZonePoint& origin = corners.front();
    const auto other = std::find_if(corners.begin(), corners.end(), [&](const auto& point) { return point != origin; });
    if (other == corners.end()) {
        return true;
    }
    return std::all_of(corners.begin(), corners.end(), [&](const ZonePoint& point) {
        const auto across = std::int64_t{other->x - origin.x} * (point.y - origin.y) -
                            std::int64_t{other->y - origin.y} * (point.x - origin.x);
        return across == 0;
    });
}

base::Result<ZonePoint> pointFrom(const nlohmann::json& value) {
    const auto damaged = [] {
        return base::fail(base::ErrorCode::Damaged, "a corner of a privacy zone is unreadable");
    };
    if (!value.is_array() || value.size() != 2) {
        return damaged();
    }
    for (const auto& number : value) {
        // Before it is turned into an int, so that nothing wraps into the picture.
        if (!number.is_number_integer() || number < 0 || number > ZonePoint::whole) {
            return damaged();
        }
    }
    return ZonePoint{value[0].get<int>(), value[1].get<int>()};
}

}  // namespace

base::Result<void> checkPrivacyZones(const std::vector<PrivacyZone>& zones) {
    if (zones.size() > mostPrivacyZones) {
        return base::fail(base::ErrorCode::InvalidInput, "a camera has at most 32 privacy zones: join some of them");
    }
    for (std::size_t zone = 0; zone < zones.size(); ++zone) {
        const auto& corners = zones[zone].corners;
        if (corners.size() < fewestCorners) {
            return refuse(zone, "needs three corners or more");
        }
        if (corners.size() > mostZoneCorners) {
            return refuse(zone, "has more than 5,000 corners: draw it with fewer");
        }
        if (!std::all_of(corners.begin(), corners.end(), isInside)) {
            return refuse(zone, "reaches out of the picture: move its corners inside");
        }
        if (isFlat(corners)) {
            return refuse(zone, "hides nothing: its corners lie on one line");
        }
    }
    return {};
}

std::string textOfPrivacyZones(const std::vector<PrivacyZone>& zones) {
    auto all = nlohmann::json::array();
    for (const PrivacyZone& zone : zones) {
        auto corners = nlohmann::json::array();
        for (const ZonePoint& corner : zone.corners) {
            corners.push_back(nlohmann::json::array({corner.x, corner.y}));
        }
        all.push_back(std::move(corners));
    }
    return all.dump();
}

base::Result<std::vector<PrivacyZone>> privacyZonesFromText(std::string_view text) {
    const auto damaged = [](const std::string& what) {
        return base::fail(base::ErrorCode::Damaged, "the stored privacy zones are damaged: " + what);
    };
    if (text.size() > longestText) {
        return damaged("they are too long");
    }
    const auto parsed = nlohmann::json::parse(text, nullptr, false);
    if (!parsed.is_array()) {
        return damaged("they are not a list");
    }
    std::vector<PrivacyZone> zones;
    for (const auto& corners : parsed) {
        if (!corners.is_array()) {
            return damaged("a zone is not a list of corners");
        }
        PrivacyZone zone;
        for (const auto& corner : corners) {
            const auto point = pointFrom(corner);
            if (!point) {
                return damaged(point.error().message);
            }
            zone.corners.push_back(*point);
        }
        zones.push_back(std::move(zone));
    }
    if (const auto checked = checkPrivacyZones(zones); !checked) {
        return damaged(checked.error().message);
    }
    return zones;
}

}  // namespace leedswatch::estate
