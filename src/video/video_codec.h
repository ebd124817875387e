#pragma once

#include <string_view>

namespace leedswatch::video {

/// How a camera codes its pictures. Every part of the path from a packet to the archive, the relay, the wall and a clip
/// carries all of them.
enum class VideoCodec {
    H264,   ///< ITU-T H.264, MPEG-4 part 10
    H265,   ///< ITU-T H.265, HEVC
    Mjpeg,  ///< a JPEG a picture
    Mpeg4,  ///< ISO/IEC 14496-2, MPEG-4 part 2
};

[[nodiscard]] std::string_view nameOf(VideoCodec codec);  ///< "H.264", ...: as people write it

}  // namespace leedswatch::video
