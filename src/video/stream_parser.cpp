#include "video/stream_parser.h"

#include "video/h264.h"
#include "video/h265.h"
#include "video/mjpeg.h"
#include "video/mpeg4.h"

namespace leedswatch::video {

std::unique_ptr<StreamParser> StreamParser::create(VideoCodec codec) {
    switch (codec) {
        case VideoCodec::H264: return std::make_unique<H264Stream>();
        case VideoCodec::H265: return std::make_unique<H265Stream>();
        case VideoCodec::Mjpeg: return std::make_unique<MjpegStream>();
        case VideoCodec::Mpeg4: return std::make_unique<Mpeg4Stream>();
    }
    return nullptr;
}

}  // namespace leedswatch::video
