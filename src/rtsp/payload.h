#pragma once

#include "rtsp/glib_handle.h"
#include "rtsp/server.h"

#include <string>

namespace leedswatch::rtsp {

/// What GStreamer is told of a format. The parameter sets are in it, so that the SDP is complete before there is a
/// picture.
[[nodiscard]] SharedCaps makeCaps(const VideoFormat& format);

/// The pipeline of one client, as gst_parse_launch reads it: a source named "source", a payloader named "pay0".
[[nodiscard]] std::string launchLineOf(Coding coding);

/// The element that makes RTP packets of it.
[[nodiscard]] const char* payloaderOf(Coding coding);

}  // namespace leedswatch::rtsp
