#pragma once

#include "video/frame.h"
#include "video/picture_colours.h"

#include <array>
#include <cstdint>
#include <vector>

namespace leedswatch::video {

/// Makes planar 4:2:0 pictures of 8 bits, which is what nearly every camera gives, smaller and turns them into BGRX, in
/// a third of the time that libswscale takes (docs/decisions/0403). Down to half the size it samples between pixels,
/// below it averages over the area. One thread at a time.
class PlanarScaler {
public:
    /// Whether it does that at all; what it does not is libswscale's.
    [[nodiscard]] static bool takes(const PictureColours& colours, PictureSize source, PictureSize target);

    /// `planes` and `strides` are those of Y, U and V. `target` has room for rows of `stride` bytes.
    void scale(const std::array<const std::uint8_t*, 4>& planes, const int* strides, PictureSize source,
               const PictureColours& colours, std::uint8_t* target, int stride, PictureSize size);

private:
    std::vector<std::uint8_t> m_scaled;  ///< Y, U and V one behind the other
};

}  // namespace leedswatch::video
