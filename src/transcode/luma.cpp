#include "transcode/luma.h"

#include "video/picture_colours.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace leedswatch::transcode {
namespace {

bool hasPlaneOfBrightness(const AVFrame& picture) {
    const AVPixFmtDescriptor* kind = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(picture.format));
    constexpr std::uint64_t kOther = AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_HWACCEL |
                                     AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_BAYER;
    return kind != nullptr && (kind->flags & kOther) == 0 && kind->comp[0].plane == 0 && kind->comp[0].step == 1 &&
           kind->comp[0].offset == 0 && kind->comp[0].depth == 8;
}

}  // namespace

base::Result<Luma> LumaReader::read(const AVFrame& picture) {
    if (!hasPlaneOfBrightness(picture)) {
        return convert(picture);
    }
    video::FrameHandle same{av_frame_clone(&picture)};
    if (!same) {
        return base::fail(base::ErrorCode::Internal, "no memory for a picture");
    }
    return Luma{std::move(same)};
}

base::Result<Luma> LumaReader::convert(const AVFrame& picture) {
    m_scaler.reset(sws_getCachedContext(m_scaler.release(), picture.width, picture.height,
                                        video::coloursOf(picture).format, picture.width, picture.height,
                                        AV_PIX_FMT_GRAY8, SWS_POINT, nullptr, nullptr, nullptr));
    video::FrameHandle grey{av_frame_alloc()};
    grey->format = AV_PIX_FMT_GRAY8;
    grey->width = picture.width;
    grey->height = picture.height;
    if (!m_scaler) {
        return base::fail(video::cannotBeShown(picture));
    }
    if (av_frame_get_buffer(grey.get(), 0) < 0) {
        return base::fail(base::ErrorCode::Internal, "no memory for a picture");
    }
    sws_scale(m_scaler.get(), picture.data, picture.linesize, 0, picture.height, grey->data, grey->linesize);
    return Luma{std::move(grey)};
}

}  // namespace leedswatch::transcode
