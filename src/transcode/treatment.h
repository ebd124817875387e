#pragma once

#include "transcode/border_finder.h"
#include "transcode/filter_graph.h"

#include <string>

namespace leedswatch::transcode {

enum class FieldRate {
    Full,  ///< a picture of each field: 50 or 59.94 a second of 25 or 29.97
    Half,  ///< a picture of each two
};

/// What is done to pictures, in this order: noise taken out of fields, fields made whole, borders cut off, noise taken
/// out of whole pictures, pixels made square.
struct Treatment {
    /// Of the pictures that are marked as interlaced (AVFrame::interlaced_frame, top_field_first); others stay.
    bool isInterlaced = false;
    FieldRate rate = FieldRate::Full;
    Borders borders;
    bool isDenoised = true;
    int width = 0;  ///< of the result; 0: as the pictures come out
    int height = 0;
};

/// The same as libavfilter's chain, for pictures of that shape. What comes out is 8 bits, 4:2:0, pixels square.
[[nodiscard]] std::string filtersOf(const Treatment& treatment, const PictureShape& shape);

/// Of a size that only analogue video has, that which makes it 4:3; else square.
[[nodiscard]] AVRational assumedPixelAspect(int width, int height);

/// The size that pictures of that shape have without their borders, with square pixels: the side that is too short
/// grows, so no detail is lost. Even numbers.
struct SquareSize {
    int width = 0;
    int height = 0;
};
[[nodiscard]] SquareSize squareSizeOf(const PictureShape& shape, const Borders& borders);

}  // namespace leedswatch::transcode
