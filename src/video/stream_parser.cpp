#include "video/stream_parser.h"

#include "video/h264.h"

namespace leedswatch::video {

std::unique_ptr<StreamParser> StreamParser::create(VideoCodec codec) {
    switch (codec) {
        case VideoCodec::H264: return std::make_unique<H264Stream>();
        case VideoCodec::H265:
        case VideoCodec::Mjpeg:
        case VideoCodec::Mpeg4: return nullptr;
    }
    return nullptr;
}

}  // namespace leedswatch::video
