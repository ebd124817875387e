#include "analytics/motion_tracker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace leedswatch::analytics {
namespace {

constexpr int leastSightings = 3;
constexpr double leastWay = 4;                              // pixels
constexpr double leastWayOfItsSize = 0.5;                   // of its shorter side
constexpr double mostWay = 12;                              // pixels: a lorry need not cross half the picture
constexpr double leastShareOfAHalf = 0.25;                  // of that way
constexpr std::array<std::size_t, 4> windows{3, 5, 8, 12};  // of its last sightings
constexpr int smallArea = 16;                               // pixels; of less, three sightings are chance
constexpr double longStanding = 3;                          // seconds
constexpr std::size_t remembered = windows.back();
constexpr double leastStep = 2;  // pixels away from where it stood
constexpr double leastStepOfItsSize = 0.35;
constexpr double standsAfter = 1;     // seconds
constexpr double standsAtMost = 60;   // seconds
constexpr double birthsLearnt = 0.1;  // share of a picture in the rate of births
constexpr double birthsInDrizzle = 2;
constexpr double birthsInRain = 5;
constexpr double thingIsKept = 1.0;  // seconds without a sighting
constexpr double blobIsKept = 0.5;
constexpr double newIsAsFastAs = 0.6;  // picture widths a second
constexpr double leastReach = 4;       // pixels
constexpr double sizeErrs = 0.75;      // from where it is expected, of its size
constexpr double thingErrs = 0.75;     // of the way that is expected of it
constexpr double blobErrs = 0.5;
constexpr double covered = 0.4;           // of its box
constexpr double newVelocityShare = 0.5;  // share of a new velocity
constexpr double mostGrowth = 4;          // area of one picture to the next

struct Match {
    double cost = 0;
    std::size_t track = 0;
    std::size_t blob = 0;
};

cv::Point2f centreOf(const cv::Rect2f& box) {
    return {box.x + box.width / 2, box.y + box.height / 2};
}

cv::Rect2f expected(const MotionTrack& track, double seconds) {
    return track.box + track.velocity * static_cast<float>(seconds - track.lastSeen);
}

double reachOf(const MotionTrack& track, cv::Size picture, double seconds) {
    const double size = (static_cast<double>(track.box.width) + track.box.height) / 2;
    const double since = seconds - track.lastSeen;
    if (track.sightings == 1) {
        return std::max({leastReach, size, newIsAsFastAs * picture.width * since});
    }
    const double errs = track.isThing ? thingErrs : blobErrs;
    return std::max({leastReach, size * sizeErrs, cv::norm(track.velocity) * since * errs});
}

/// How far it went with all of it, along one axis: as far as the edge that went less, none if they went apart. An edge
/// at the picture's border cannot be seen going.
double wayAlong(float firstLow, float firstHigh, float low, float high, int size, bool isBorderTrusted) {
    const double lows = low - firstLow;
    const double highs = high - firstHigh;
    const auto isAtLowBorder = [](float edge) { return edge <= 1; };
    const auto isAtHighBorder = [size](float edge) { return edge >= static_cast<float>(size - 1); };
    const bool isLowHidden = isAtLowBorder(firstLow) || isAtLowBorder(low);
    const bool isHighHidden = isAtHighBorder(firstHigh) || isAtHighBorder(high);
    if ((isLowHidden || isHighHidden) && !isBorderTrusted) {
        return 0;
    }
    if (isLowHidden && isHighHidden) {
        return 0;
    }
    if (isLowHidden) {
        return highs;
    }
    if (isHighHidden) {
        return lows;
    }
    if (lows * highs <= 0) {
        return 0;
    }
    return std::abs(lows) < std::abs(highs) ? lows : highs;
}

cv::Point2d wayBetween(const cv::Rect2f& a, const cv::Rect2f& b, cv::Size picture, bool isBorderTrusted) {
    return {wayAlong(a.x, a.x + a.width, b.x, b.x + b.width, picture.width, isBorderTrusted),
            wayAlong(a.y, a.y + a.height, b.y, b.y + b.height, picture.height, isBorderTrusted)};
}

/// In both halves of its last sightings, in one direction, and not by one leap.
bool hasGone(std::span<const std::pair<double, cv::Rect2f>> past, bool isLongStanding, cv::Size picture) {
    const cv::Rect2f& first = past.front().second;
    const cv::Rect2f& middle = past[past.size() / 2].second;
    const cv::Rect2f& last = past.back().second;
    const cv::Point2d way = wayBetween(first, last, picture, !isLongStanding);
    const double length = cv::norm(way);
    const double size = std::min({first.width, first.height, last.width, last.height});
    if (length < (isLongStanding ? 2 : 1) * std::clamp(leastWayOfItsSize * size, leastWay, mostWay)) {
        return false;
    }
    const auto along = [&](const cv::Point2d& part) { return part.dot(way) / length; };
    const double leastPart = leastShareOfAHalf * length;
    return along(wayBetween(first, middle, picture, !isLongStanding)) >= leastPart &&
           along(wayBetween(middle, last, picture, !isLongStanding)) >= leastPart;
}

MotionTrack begin(const MotionBlob& blob, int number, double seconds) {
    MotionTrack track;
    track.number = number;
    track.box = cv::Rect2f{blob.box};
    track.area = blob.area;
    track.firstSeen = track.lastSeen = track.goesSince = track.standsSince = seconds;
    track.sightings = 1;
    track.isSeenNow = true;
    track.isRestlessPlace = blob.isRestlessPlace;
    track.place = track.origin = blob.centre();
    track.past = {{seconds, track.box}};
    return track;
}

void sight(MotionTrack& track, const MotionBlob& blob, double seconds) {
    const cv::Rect2f box{blob.box};
    const double since = seconds - track.lastSeen;
    const cv::Point2f step = centreOf(box) - centreOf(track.box);
    if (since > 0) {
        const cv::Point2f velocity = step * (1 / since);
        track.velocity =
            track.sightings == 1 ? velocity : velocity * newVelocityShare + track.velocity * (1 - newVelocityShare);
    }
    track.box = box;
    const cv::Point2f centre = centreOf(box);
    const double leaves = std::max(leastStep, leastStepOfItsSize * std::min(box.width, box.height));
    if (cv::norm(centre - track.place) > leaves) {
        track.place = centre;
        track.standsSince = seconds;
    }
    track.farthest = std::max(track.farthest, static_cast<float>(cv::norm(centre - track.origin)));
    if (!track.isThing) {
        track.past.emplace_back(seconds, box);
        if (track.past.size() > remembered) {
            track.past.erase(track.past.begin());
        }
    }
    track.area = blob.area;
    track.isRestlessPlace = blob.isRestlessPlace;
    track.lastSeen = seconds;
    ++track.sightings;
    track.isSeenNow = true;
}

}  // namespace

bool MotionTracker::hasThing() const {
    return std::ranges::any_of(m_tracks, &MotionTrack::isThing);
}

bool MotionTracker::isStanding(const MotionTrack& track) const {
    return track.isThing && m_seconds - track.standsSince > standsAfter;
}

bool MotionTracker::isPresent(const MotionTrack& track) const {
    return track.isThing && m_seconds - track.standsSince < standsAtMost;
}

void MotionTracker::apply(const std::vector<MotionBlob>& blobs, cv::Size picture, double seconds) {
    m_picture = picture;
    m_seconds = seconds;
    for (MotionTrack& track : m_tracks) {
        track.isSeenNow = false;
    }
    const int before = m_lastNumber;
    join(blobs, seconds);
    m_births += (m_lastNumber - before - m_births) * birthsLearnt;
    keepCovered(blobs, seconds);
    judge();
    const double kept = m_births > birthsInRain ? 0 : blobIsKept;  // of many drops one is always near
    std::erase_if(m_tracks, [seconds, kept](const MotionTrack& track) {
        return seconds - track.lastSeen > (track.isThing ? thingIsKept : kept);
    });
}

void MotionTracker::join(const std::vector<MotionBlob>& blobs, double seconds) {
    std::vector<Match> matches;
    for (std::size_t t = 0; t < m_tracks.size(); ++t) {
        const cv::Rect2f box = expected(m_tracks[t], seconds);
        const double reach = reachOf(m_tracks[t], m_picture, seconds);
        for (std::size_t b = 0; b < blobs.size(); ++b) {
            const double distance = cv::norm(blobs[b].centre() - centreOf(box)) / reach;
            const double growth = std::abs(std::log(static_cast<double>(blobs[b].area) / m_tracks[t].area));
            if (distance < 1 && growth < std::log(mostGrowth)) {
                matches.push_back({distance + growth / 2 - (m_tracks[t].isThing ? 0.3 : 0.0), t, b});
            }
        }
    }
    std::ranges::sort(matches, {}, &Match::cost);
    std::vector<bool> isTaken(blobs.size());
    for (const Match& match : matches) {
        if (!m_tracks[match.track].isSeenNow && !isTaken[match.blob]) {
            sight(m_tracks[match.track], blobs[match.blob], seconds);
            isTaken[match.blob] = true;
        }
    }
    for (std::size_t b = 0; b < blobs.size(); ++b) {
        if (!isTaken[b]) {
            m_tracks.push_back(begin(blobs[b], ++m_lastNumber, seconds));
        }
    }
}

// Two that meet are one blob; neither has gone.
void MotionTracker::keepCovered(const std::vector<MotionBlob>& blobs, double seconds) {
    for (MotionTrack& track : m_tracks) {
        if (!track.isThing || track.isSeenNow) {
            continue;
        }
        const cv::Rect2f box = expected(track, seconds);
        for (const MotionBlob& blob : blobs) {
            if ((box & cv::Rect2f{blob.box}).area() > covered * box.area()) {
                track.box = box;
                track.lastSeen = seconds;
                track.isSeenNow = true;
                break;
            }
        }
    }
}

// Three sightings of something small may be chance, and in rain so may eight.
std::size_t MotionTracker::leastWindow(const MotionTrack& track) const {
    if (m_births > birthsInRain || track.isRestlessPlace) {
        return windows[2];
    }
    return track.area < smallArea || m_births > birthsInDrizzle ? windows[1] : windows[0];
}

void MotionTracker::judge() {
    for (MotionTrack& track : m_tracks) {
        if (track.isThing || track.sightings < leastSightings) {
            continue;
        }
        // What has long stood must go farther, and at a border it may be a part that comes and goes: a camera that
        // sways.
        const bool isLongStanding = m_seconds - track.standsSince > longStanding;
        for (const std::size_t window : windows) {
            if (window >= leastWindow(track) && window <= track.past.size() &&
                hasGone(std::span{track.past}.last(window), isLongStanding, m_picture)) {
                track.isThing = true;
                track.goesSince = track.past[track.past.size() - window].first;
                track.past = {};
                break;
            }
        }
    }
}

}  // namespace leedswatch::analytics
