#pragma once

#include "base/time.h"
#include "estate/camera.h"

#include <optional>
#include <string_view>

namespace leedswatch::video {

/// Why there are no pictures in a stretch of time.
enum class GapCause {
    Network,
    Power,  ///< the camera had no power, or its cable was out
    Refused,
    Authentication,
    Codec,
    EncoderFrozen,
    Decoder,
    Storage,            ///< the disk was full or failed
    TooSlow,            ///< the disk could not keep up
    Disabled,           ///< the camera was switched off in the estate
    NotRecordedByMode,  ///< the camera's plan does not record all the time, and nothing happened
    Stopped,            ///< the station was stopped
    Killed,             ///< the station ended without stopping: killed, power cut
    ClockForward,       ///< nothing is missing: the wall clock was set forward over this stretch
    ClockBack,          ///< nothing is missing: the wall clock was set back from `begin` to `end`, and hours repeat
};

[[nodiscard]] std::string_view nameOf(GapCause cause);  ///< "network", ...: as stored
[[nodiscard]] std::optional<GapCause> gapCauseFromName(std::string_view name);
[[nodiscard]] GapCause gapCauseOf(estate::LossCause cause);

struct RecordingGap {
    estate::CameraId camera;
    base::UtcTime begin;
    base::UtcTime end;
    GapCause cause = GapCause::Network;
    bool lasts = false;  ///< it is not over; `end` is when it was looked at
};

/// A gap that still lasts.
struct OpenGap {
    base::UtcTime begin;
    GapCause cause = GapCause::Network;
    bool operator==(const OpenGap&) const = default;
};

}  // namespace leedswatch::video
