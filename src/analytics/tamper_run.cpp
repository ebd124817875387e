#include "analytics/tamper_run.h"

#include "analytics/picture_reader.h"
#include "analytics/tamper_still.h"

#include <algorithm>
#include <system_error>

namespace leedswatch::analytics {
namespace {

void addTo(std::vector<TamperEvent>& events, const TamperEvent& event) {
    const auto begun = std::ranges::find_if(
        events, [&](const TamperEvent& e) { return !e.end && e.kind == event.kind && e.start == event.start; });
    if (begun != events.end()) {
        *begun = event;
    } else {
        events.push_back(event);
    }
}

base::Result<void> writeIfAny(const cv::Mat& still, const std::filesystem::path& file) {
    return still.empty() ? base::Result<void>{} : writeStill(still, {}, file);
}

}  // namespace

base::Result<TamperReport> findTamper(const std::filesystem::path& film, const std::stop_token& stop,
                                      const std::function<void(double)>& told) {
    TRY_ASSIGN(auto reader, PictureReader::open(film));
    ColourConverter colours;
    TamperDetector detector;
    TamperReport report;
    for (;;) {
        TRY_ASSIGN(const auto picture, reader.next());
        if (!picture) {
            return report;
        }
        if (stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "stopped");
        }
        report.seconds = picture->seconds;
        if (!detector.isDue(picture->seconds)) {
            continue;
        }
        TRY_ASSIGN(const cv::Mat colour, colours.convert(*picture->frame));
        for (const TamperEvent& event : detector.apply(colour, picture->seconds)) {
            addTo(report.events, event);
        }
        told(picture->seconds);
    }
}

base::Result<void> writeStills(const TamperReport& report, const std::string& name,
                               const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return base::fail(base::ErrorCode::StorageFailed, folder.string() + " cannot be made: " + error.message());
    }
    for (std::size_t i = 0; i < report.events.size(); ++i) {
        const TamperEvent& event = report.events[i];
        const std::string stem = name + "-" + std::to_string(i + 1) + "-" + std::string{nameOf(event.kind)};
        TRY(writeIfAny(event.before, folder / (stem + "-before.png")));
        TRY(writeIfAny(event.after, folder / (stem + "-after.png")));
    }
    return {};
}

}  // namespace leedswatch::analytics
