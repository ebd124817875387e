#pragma once

#include <algorithm>
#include <memory>

namespace leedswatch::video {

class PrivacyMask;

struct PictureSize {
    int width = 0;
    int height = 0;
    bool operator==(const PictureSize&) const = default;
};

/// A part of a picture in the picture's own shape, in shares of its width and height: what a digital zoom shows.
struct PictureRegion {
    static constexpr double mostZoom = 8;

    double left = 0;
    double top = 0;
    double extent = 1;  ///< of the width and of the height

    [[nodiscard]] double zoom() const { return 1 / extent; }
    [[nodiscard]] bool isWhole() const { return extent >= 1; }
    bool operator==(const PictureRegion&) const = default;

    /// Zoomed by `factor` so that the point at (x, y), in shares of what is shown, stays where it is; from 1 to 8 times
    /// and never beyond the picture's edges.
    [[nodiscard]] PictureRegion zoomedBy(double factor, double x, double y) const {
        const double to = std::clamp(extent / factor, 1 / mostZoom, 1.0);
        return PictureRegion{left + (extent - to) * x, top + (extent - to) * y, to}.inside();
    }
    /// Moved by shares of what is shown.
    [[nodiscard]] PictureRegion movedBy(double right, double down) const {
        return PictureRegion{left + right * extent, top + down * extent, extent}.inside();
    }

private:
    [[nodiscard]] PictureRegion inside() const {
        return {std::clamp(left, 0.0, 1 - extent), std::clamp(top, 0.0, 1 - extent), extent};
    }
};

/// How a reader wants a stream's pictures.
struct Presentation {
    enum class Fit {
        Fill,         ///< as large as the box allows
        NeverLarger,  ///< but not larger than the camera sent it
    };

    PictureSize box = {};  ///< the room for the picture, in pixels
    /// What must not be seen. Null: not known, and then nothing is shown at all.
    std::shared_ptr<const PrivacyMask> mask = {};
    PictureRegion region = {};
    Fit fit = Fit::Fill;

    bool operator==(const Presentation&) const = default;
};

}  // namespace leedswatch::video
