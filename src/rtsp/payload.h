#pragma once

#include "rtsp/glib_handle.h"
#include "rtsp/server.h"

#include <string>

namespace leedswatch::rtsp {

/// What GStreamer is told of a format. The parameter sets are in it, so that the SDP is complete before there is a
/// picture.
[[nodiscard]] SharedCaps makeCaps(const VideoFormat& format);

[[nodiscard]] SharedCaps makeCaps(const SoundFormat& format);

/// The pipeline of one client, as gst_parse_launch reads it: a source named "source", a payloader named "pay0"; where
/// there is sound, a source named "sound" and a payloader named "pay1" too.
[[nodiscard]] std::string launchLineOf(Coding coding, const std::optional<SoundFormat>& sound = {});

/// The element that makes RTP packets of it.
[[nodiscard]] const char* payloaderOf(Coding coding);
[[nodiscard]] const char* payloaderOf(SoundCoding coding);

}  // namespace leedswatch::rtsp
