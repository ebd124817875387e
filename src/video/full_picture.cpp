#include "video/full_picture.h"

#include "video/picture_colours.h"
#include "video/privacy_mask.h"

namespace leedswatch::video {
namespace {

constexpr int bytesPerPixel = 3;
// The scaler writes some bytes beyond the last pixel.
constexpr std::size_t spare = 64;

}  // namespace

base::Result<FullPicture> fullPictureOf(const AVFrame& picture, const std::shared_ptr<const PrivacyMask>& mask,
                                        base::UtcTime time) {
    MaskPainter masker;
    TRY_ASSIGN(const AVFrame* const masked, masker.masked(picture, mask));
    const PictureColours colours = coloursOf(*masked);
    const ScalerHandle scaler{
        sws_getContext(picture.width, picture.height, colours.format, picture.width, picture.height, AV_PIX_FMT_RGB24,
                       SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_BITEXACT, nullptr, nullptr, nullptr)};
    if (!scaler) {
        return base::fail(cannotBeShown(picture));
    }
    setColours(*scaler, colours);
    FullPicture full;
    full.width = picture.width;
    full.height = picture.height;
    full.time = time;
    if (picture.sample_aspect_ratio.num > 0 && picture.sample_aspect_ratio.den > 0) {
        full.pixelAspectNumerator = picture.sample_aspect_ratio.num;
        full.pixelAspectDenominator = picture.sample_aspect_ratio.den;
    }
    const std::size_t size = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) *
                             static_cast<std::size_t>(bytesPerPixel);
    full.pixels.resize(size + spare);
    std::uint8_t* const planes[4] = {full.pixels.data(), nullptr, nullptr, nullptr};
    const int strides[4] = {picture.width * bytesPerPixel, 0, 0, 0};
    sws_scale(scaler.get(), masked->data, masked->linesize, 0, picture.height, planes, strides);
    full.pixels.resize(size);
    return full;
}

}  // namespace leedswatch::video
