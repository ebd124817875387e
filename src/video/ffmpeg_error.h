#pragma once

#include "base/result.h"

#include <string_view>

namespace leedswatch::video {

/// The one mapping of FFmpeg's error numbers. `what` says what was being done to what, without credentials
/// ("open rtsp://10.1.2.3/main"); the message is `what`, a colon and FFmpeg's reason.
[[nodiscard]] base::Error errorFromFfmpeg(int number, std::string_view what);

/// Silences FFmpeg's own log for the process (it prints addresses with their passwords), and bounds what it makes room
/// for at once. Safe to call often.
void quietFfmpeg();

}  // namespace leedswatch::video
