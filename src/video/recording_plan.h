#pragma once

#include "base/time.h"
#include "base/weekly_schedule.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace leedswatch::video {

/// When a camera is recorded.
enum class RecordingMode { Always, OnEvent, Scheduled, ScheduledElseOnEvent };

[[nodiscard]] std::string_view nameOf(RecordingMode mode);  ///< "always", "event", "schedule", "schedule-or-event"
[[nodiscard]] std::optional<RecordingMode> recordingModeFromName(std::string_view name);

struct RecordingPlan {
    RecordingMode mode = RecordingMode::Always;
    std::chrono::seconds preRoll{10};   ///< kept from before an event
    std::chrono::seconds postRoll{30};  ///< kept from behind it
    base::WeeklySchedule schedule;
    bool operator==(const RecordingPlan&) const = default;

    [[nodiscard]] bool takesEvents() const {
        return mode == RecordingMode::OnEvent || mode == RecordingMode::ScheduledElseOnEvent;
    }
};

/// Something happened from `begin` on; no end: it still does.
struct RecordingEvent {
    base::UtcTime begin;
    std::optional<base::UtcTime> end;
    bool manual = false;  ///< a person asked for it: it counts in every mode
    bool operator==(const RecordingEvent&) const = default;
};

}  // namespace leedswatch::video
