#include "video/picture_colours.h"

#include <string>

extern "C" {
#include <libavutil/pixdesc.h>
}

namespace leedswatch::video {
namespace {

/// The deprecated "J" formats say full range in their name; the scaler wants to be told apart from it.
AVPixelFormat plainFormat(int format) {
    switch (format) {
        case AV_PIX_FMT_YUVJ420P: return AV_PIX_FMT_YUV420P;
        case AV_PIX_FMT_YUVJ422P: return AV_PIX_FMT_YUV422P;
        case AV_PIX_FMT_YUVJ444P: return AV_PIX_FMT_YUV444P;
        default: return static_cast<AVPixelFormat>(format);
    }
}

int matrixOf(const AVFrame& picture) {
    if (picture.colorspace == AVCOL_SPC_BT709) {
        return SWS_CS_ITU709;
    }
    const bool unknown = picture.colorspace == AVCOL_SPC_UNSPECIFIED;
    return unknown && picture.height >= 720 ? SWS_CS_ITU709 : SWS_CS_ITU601;
}

}  // namespace

PictureColours coloursOf(const AVFrame& picture) {
    const AVPixelFormat plain = plainFormat(picture.format);
    const bool isFullRange = picture.color_range == AVCOL_RANGE_JPEG || plain != picture.format;
    return {plain, isFullRange, matrixOf(picture)};
}

void setColours(SwsContext& scaler, const PictureColours& colours) {
    sws_setColorspaceDetails(&scaler, sws_getCoefficients(colours.matrix), colours.isFullRange ? 1 : 0,
                             sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16, 1 << 16);
}

base::Error cannotBeShown(const AVFrame& picture) {
    const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(picture.format));
    return {base::ErrorCode::Unsupported,
            "pictures in the pixel format " + std::string{name == nullptr ? "?" : name} + " cannot be shown"};
}

}  // namespace leedswatch::video
