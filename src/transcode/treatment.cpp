#include "transcode/treatment.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace leedswatch::transcode {
namespace {

// Light: in space and time together it takes what a composite signal adds, and leaves texture. docs/measurements.md
// has what other strengths gained and lost.
constexpr const char* kDenoise = "hqdn3d=luma_spatial=1:chroma_spatial=1.5:luma_tmp=3:chroma_tmp=4,";

// Interlaced pictures lose their noise before each field becomes a picture, at half the work for the same result: the
// lines of each field are laid together meanwhile, so that only what was seen at one time is mixed. A field is seen
// again after 40 ms and not 20, and its lines are further apart, hence the other strengths.
constexpr const char* kDenoiseFields =
    "il=l=d:c=d,hqdn3d=luma_spatial=0.6:chroma_spatial=1:luma_tmp=3.5:chroma_tmp=4.5,il=l=i:c=i,";

/// Whether the lines of each field can be laid together: as many of the one as of the other, in colour too.
bool hasWholeFields(const PictureShape& shape) {
    return shape.height % 4 == 0;
}

int evenNear(double length) {
    return std::max(2, static_cast<int>(std::lround(length / 2)) * 2);
}

}  // namespace

AVRational assumedPixelAspect(int width, int height) {
    constexpr std::array kWidths{720, 704, 702, 544, 528, 480, 352};
    constexpr std::array kHeights{576, 480, 288, 240};
    const bool isCif = width == 352 && height < 480;  // square enough, and made by many cameras
    if (std::ranges::find(kWidths, width) == kWidths.end() || std::ranges::find(kHeights, height) == kHeights.end() ||
        isCif) {
        return {1, 1};
    }
    AVRational aspect{};
    av_reduce(&aspect.num, &aspect.den, 4LL * height, 3LL * width, 1 << 16);
    return aspect;
}

SquareSize squareSizeOf(const PictureShape& shape, const Borders& borders) {
    const double width = shape.width - borders.left - borders.right;
    const double height = shape.height - borders.top - borders.bottom;
    const double aspect = shape.pixelAspect.num > 0 ? av_q2d(shape.pixelAspect) : 1;
    return aspect >= 1 ? SquareSize{evenNear(width * aspect), evenNear(height)}
                       : SquareSize{evenNear(width), evenNear(height / aspect)};
}

std::string filtersOf(const Treatment& treatment, const PictureShape& shape) {
    std::string filters;
    const bool areFieldsDenoised = treatment.isDenoised && treatment.isInterlaced && hasWholeFields(shape);
    if (areFieldsDenoised) {
        filters += kDenoiseFields;
    }
    if (treatment.isInterlaced) {
        filters += fmt::format("bwdif=mode={}:parity=auto:deint=interlaced,",
                               treatment.rate == FieldRate::Full ? "send_field" : "send_frame");
    }
    const Borders& borders = treatment.borders;
    if (borders.isAny()) {
        filters += fmt::format("crop={}:{}:{}:{}:exact=1,", shape.width - borders.left - borders.right,
                               shape.height - borders.top - borders.bottom, borders.left, borders.top);
    }
    if (treatment.isDenoised && !areFieldsDenoised) {
        filters += kDenoise;
    }
    const SquareSize square = squareSizeOf(shape, borders);
    const int width = treatment.width > 0 ? treatment.width : square.width;
    const int height = treatment.height > 0 ? treatment.height : square.height;
    if (square.width * std::int64_t{height} == square.height * std::int64_t{width}) {
        filters += fmt::format("scale={}:{}:flags=bicubic,", width, height);
    } else {
        // Of another form than the rest of the recording: whole, between black bars.
        filters += fmt::format(
            "scale={0}:{1}:flags=bicubic,setsar=1,scale={2}:{3}:force_original_aspect_ratio=decrease:"
            "force_divisible_by=2:flags=bicubic,pad={2}:{3}:-1:-1,",
            square.width, square.height, width, height);
    }
    return filters + "setsar=1,format=yuv420p";
}

}  // namespace leedswatch::transcode
