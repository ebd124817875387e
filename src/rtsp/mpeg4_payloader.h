#pragma once

namespace leedswatch::rtsp {

/// The name of the element below in a pipeline.
inline constexpr const char* kMpeg4Payloader = "leedswatchmpeg4pay";

/// Makes a payloader of MPEG-4 part 2 (RFC 6416, section 5) known to GStreamer, that sends each picture when it comes.
/// GStreamer's own, rtpmp4vpay, keeps one back until the next begins: then a client that joins waits for a picture that
/// is in memory, and everybody sees everything one picture late. Safe to call often.
void registerMpeg4Payloader();

}  // namespace leedswatch::rtsp
