#pragma once

#include "video/ffmpeg_handles.h"
#include "video/frame.h"
#include "video/picture_colours.h"

#include <array>
#include <cstdint>
#include <vector>

namespace leedswatch::video {

/// Makes planar 4:2:0 pictures of 8 bits, which is what nearly every camera gives, smaller and turns them into BGRX, in
/// a third of the time that libswscale takes alone (docs/decisions/0403 and 0404). Down to half the size it filters
/// between neighbours, below it averages over the area. One thread at a time.
class PlanarScaler {
public:
    /// Whether it does that at all; what it does not is libswscale's.
    [[nodiscard]] static bool takes(const PictureColours& colours, PictureSize source, PictureSize target);

    /// `planes` and `strides` are those of Y, U and V. `target` has room for rows of `stride` bytes.
    void scale(const std::array<const std::uint8_t*, 4>& planes, const int* strides, PictureSize source,
               const PictureColours& colours, std::uint8_t* target, int stride, PictureSize size);

private:
    /// Y, U and V of one picture, one behind the other, each row begun where libswscale is quick.
    struct Planes {
        std::array<std::uint8_t*, 4> data{};
        std::array<int, 4> strides{};
        std::vector<std::uint8_t> memory;

        void shape(PictureSize size);
    };

    void lower(const std::array<const std::uint8_t*, 4>& planes, const int* strides, PictureSize source, int height);
    [[nodiscard]] bool narrow(PictureSize from, PictureSize size);

    Planes m_lowered;  ///< of the height that is wanted and the width that was given
    Planes m_scaled;
    ScalerHandle m_narrower;  ///< from the former to the latter
    PictureSize m_narrowerFrom;
    PictureSize m_narrowerTo;
};

}  // namespace leedswatch::video
