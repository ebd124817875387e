#include "video/video_codec.h"

namespace leedswatch::video {

std::string_view nameOf(VideoCodec codec) {
    switch (codec) {
        case VideoCodec::H264: return "H.264";
        case VideoCodec::H265: return "H.265";
        case VideoCodec::Mjpeg: return "MJPEG";
        case VideoCodec::Mpeg4: return "MPEG-4";
    }
    return "";
}

}  // namespace leedswatch::video
