#include "video/planar_scaler.h"

#include <libyuv.h>

namespace leedswatch::video {
namespace {

// libyuv averages an area by a whole number of 65536ths: beyond this many pixels a side that makes pictures darker.
constexpr int mostTimes = 8;

const libyuv::YuvConstants& constantsOf(const PictureColours& colours) {
    if (colours.matrix == SWS_CS_ITU709) {
        return colours.isFullRange ? libyuv::kYuvF709Constants : libyuv::kYuvH709Constants;
    }
    return colours.isFullRange ? libyuv::kYuvJPEGConstants : libyuv::kYuvI601Constants;
}

}  // namespace

bool PlanarScaler::takes(const PictureColours& colours, PictureSize source, PictureSize target) {
    const auto fits = [](int from, int to) { return to <= from && from <= to * mostTimes; };
    return colours.format == AV_PIX_FMT_YUV420P && fits(source.width, target.width) &&
           fits(source.height, target.height);
}

void PlanarScaler::scale(const std::array<const std::uint8_t*, 4>& planes, const int* strides, PictureSize source,
                         const PictureColours& colours, std::uint8_t* target, int stride, PictureSize size) {
    const libyuv::YuvConstants& constants = constantsOf(colours);
    if (source == size) {
        libyuv::I420ToARGBMatrix(planes[0], strides[0], planes[1], strides[1], planes[2], strides[2], target, stride,
                                 &constants, size.width, size.height);
        return;
    }
    const int chromaWidth = (size.width + 1) / 2;
    const auto lumaBytes = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
    const auto chromaBytes = static_cast<std::size_t>(chromaWidth) * static_cast<std::size_t>((size.height + 1) / 2);
    m_scaled.resize(lumaBytes + 2 * chromaBytes);
    std::uint8_t* const luma = m_scaled.data();
    std::uint8_t* const blue = luma + lumaBytes;
    std::uint8_t* const red = blue + chromaBytes;
    libyuv::I420Scale(planes[0], strides[0], planes[1], strides[1], planes[2], strides[2], source.width, source.height,
                      luma, size.width, blue, chromaWidth, red, chromaWidth, size.width, size.height,
                      libyuv::kFilterBox);
    libyuv::I420ToARGBMatrix(luma, size.width, blue, chromaWidth, red, chromaWidth, target, stride, &constants,
                             size.width, size.height);
}

}  // namespace leedswatch::video
