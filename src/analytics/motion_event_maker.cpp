#include "analytics/motion_event_maker.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace leedswatch::analytics {
namespace {

constexpr double longestPause = 2.0;  // seconds between things that are two events
constexpr double insideShare = 0.15;  // of a thing in the zones, or
constexpr double zoneShare = 0.08;    // of the zones in the thing: two that meet are one blob
constexpr double notedEvery = 1.0;    // seconds
constexpr std::size_t mostSightings = 256;

MotionBox boxOf(const cv::Rect2f& box, cv::Size size) {
    const auto part = [](double value, int of) {
        return static_cast<int>(std::lround(std::clamp(value / of, 0.0, 1.0) * estate::ZonePoint::whole));
    };
    const int left = part(box.x, size.width);
    const int top = part(box.y, size.height);
    return {left, top, part(box.x + box.width, size.width) - left, part(box.y + box.height, size.height) - top};
}

bool isWhereItCounts(const MotionTrack& track, const cv::Mat& activity, const cv::Mat& places, int placesArea) {
    const cv::Rect box = cv::Rect{track.box} & cv::Rect{{0, 0}, places.size()};
    if (box.empty()) {
        return false;
    }
    const int inside = cv::countNonZero(activity(box) & places(box));
    return inside > 0 && inside >= std::min(insideShare * track.area, zoneShare * placesArea);
}

}  // namespace

std::vector<MotionEvent> MotionEventMaker::apply(const std::vector<MotionTrack>& tracks, const cv::Mat& activity,
                                                 const cv::Mat& places, double seconds, bool isCounting) {
    std::vector<MotionEvent> ended;
    if (m_event && seconds - m_event->end > longestPause) {
        ended.push_back(*finish());
    }
    forgetLost(tracks);
    const int placesArea = tracks.empty() ? 0 : cv::countNonZero(places);
    std::int64_t moving = 0;
    for (const MotionTrack& track : tracks) {
        if (isCounting && track.isSeenNow && isWhereItCounts(track, activity, places, placesArea)) {
            entered(track, seconds).last = seconds;
            moving += track.isThing ? track.area : 0;
        }
    }
    extendByThings(tracks, places.size());
    const int share = static_cast<int>(moving * estate::ZonePoint::whole /
                                       std::max<std::int64_t>(1, static_cast<std::int64_t>(places.total())));
    if (m_event && share > m_event->peakShare) {
        m_event->peakShare = share;
        m_event->peak = seconds;
    }
    return ended;
}

void MotionEventMaker::forgetLost(const std::vector<MotionTrack>& tracks) {
    std::erase_if(m_entered, [&tracks](const Entered& entered) {
        return std::ranges::find(tracks, entered.track, &MotionTrack::number) == tracks.end();
    });
}

MotionEventMaker::Entered& MotionEventMaker::entered(const MotionTrack& track, double seconds) {
    const auto known = std::ranges::find(m_entered, track.number, &Entered::track);
    if (known != m_entered.end()) {
        return *known;
    }
    return m_entered.emplace_back(Entered{track.number, seconds, seconds, -std::numeric_limits<double>::infinity()});
}

// It is a thing only after some pictures, when it may have left already, but it came with the first of them.
void MotionEventMaker::extendByThings(const std::vector<MotionTrack>& tracks, cv::Size size) {
    for (const MotionTrack& track : tracks) {
        const auto known = std::ranges::find(m_entered, track.number, &Entered::track);
        if (track.isThing && known != m_entered.end() && known->last >= track.goesSince) {
            extend(track, *known, size);
        }
    }
}

void MotionEventMaker::extend(const MotionTrack& track, Entered& entered, cv::Size size) {
    const double since = std::max(entered.since, track.goesSince);
    if (!m_event) {
        m_event = MotionEvent{since, entered.last, entered.last, 0, {}};
    }
    m_event->start = std::min(m_event->start, since);
    m_event->end = std::max(m_event->end, entered.last);
    if (entered.last - entered.noted >= notedEvery && m_event->sightings.size() < mostSightings) {
        m_event->sightings.push_back({entered.last, boxOf(track.box, size)});
        entered.noted = entered.last;
    }
}

std::optional<MotionEvent> MotionEventMaker::finish() {
    return std::exchange(m_event, std::nullopt);
}

}  // namespace leedswatch::analytics
