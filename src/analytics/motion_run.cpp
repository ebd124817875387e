#include "analytics/motion_run.h"

#include "analytics/analysis_scaler.h"
#include "analytics/picture_reader.h"

namespace leedswatch::analytics {
namespace {

MotionZone relativeZone(const PixelZone& zone, int width, int height) {
    MotionZone relative{zone.kind, {}};
    for (const cv::Point& corner : zone.corners) {
        const auto part = [](int pixels, int of) {
            return static_cast<int>(static_cast<std::int64_t>(pixels) * estate::ZonePoint::whole / std::max(1, of));
        };
        relative.corners.push_back({part(corner.x, width), part(corner.y, height)});
    }
    return relative;
}

}  // namespace

base::Result<std::vector<MotionEvent>> findMotion(const std::filesystem::path& film, MotionRule rule,
                                                  const std::vector<PixelZone>& zones, const std::stop_token& stop,
                                                  const std::function<void(double, std::optional<double>)>& told) {
    TRY_ASSIGN(PictureReader reader, PictureReader::open(film));
    for (const PixelZone& zone : zones) {
        rule.zones.push_back(relativeZone(zone, reader.width(), reader.height()));
    }
    TRY(checkMotionRule(rule));
    MotionDetector detector{std::move(rule)};
    AnalysisScaler scaler;
    std::vector<MotionEvent> events;
    while (true) {
        if (stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "looking at " + film.string() + " was stopped");
        }
        TRY_ASSIGN(const auto picture, reader.next());
        if (!picture) {
            break;
        }
        if (!detector.wants(picture->seconds)) {
            continue;
        }
        TRY_ASSIGN(const cv::Mat small, scaler.scale(*picture->frame));
        for (MotionEvent& event : detector.apply(small, picture->seconds)) {
            events.push_back(std::move(event));
        }
        told(picture->seconds, reader.length());
    }
    if (auto last = detector.finish()) {
        events.push_back(std::move(*last));
    }
    return events;
}

}  // namespace leedswatch::analytics
