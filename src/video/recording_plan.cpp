#include "video/recording_plan.h"

#include <array>
#include <utility>

namespace leedswatch::video {
namespace {

constexpr std::array modeNames{
    std::pair{RecordingMode::Always, std::string_view{"always"}},
    std::pair{RecordingMode::OnEvent, std::string_view{"event"}},
    std::pair{RecordingMode::Scheduled, std::string_view{"schedule"}},
    std::pair{RecordingMode::ScheduledElseOnEvent, std::string_view{"schedule-or-event"}},
};

}  // namespace

std::string_view nameOf(RecordingMode mode) {
    for (const auto& [one, name] : modeNames) {
        if (one == mode) {
            return name;
        }
    }
    return "always";
}

std::optional<RecordingMode> recordingModeFromName(std::string_view name) {
    for (const auto& [mode, known] : modeNames) {
        if (known == name) {
            return mode;
        }
    }
    return std::nullopt;
}

}  // namespace leedswatch::video
