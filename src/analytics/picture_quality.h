#pragma once

#include <opencv2/core.hpp>

#include <optional>
#include <vector>

namespace leedswatch::analytics {

/// How good a camera's picture is, apart from what it shows. Read at 640 pixels' width at most, so that cameras of
/// different sizes compare; a series of one camera says more than one reading.
struct PictureQuality {
    double sharpness = 0;  ///< part of the contrast that lies in the finest detail, without noise: 0 to about 0.3
    double exposure = 0;   ///< mean level, 0 black to 1 white
    double clipped = 0;    ///< share of the pixels that are quite black or quite white, 0 to 1
    double contrast = 0;   ///< standard deviation of the levels, 0 to 0.5
    double noise = 0;      ///< standard deviation of a pixel from picture to picture, in levels of 255
    double redCast = 0;    ///< mean of red less mean of all three, in levels of 255
    double greenCast = 0;  ///< the same of green
    double blueCast = 0;   ///< the same of blue
};

/// Collects a few pictures of a minute and reads them: each value the median over them, so that a passing lorry or a
/// flash is none of the camera's. One thread.
class PictureQualityMeter {
public:
    /// `picture`: 8 bits, blue, green, red. A second or so apart; one of another size begins anew.
    void add(const cv::Mat& picture);
    /// How many pictures were compared with the one before them; four are plenty.
    [[nodiscard]] std::size_t count() const { return m_readings.size(); }
    /// The reading of what has been collected, which is forgotten. Nothing if there were fewer than two pictures, for
    /// noise shows only in two.
    [[nodiscard]] std::optional<PictureQuality> take();

private:
    std::vector<PictureQuality> m_readings;
    cv::Size m_size;
    cv::Mat m_before;
};

}  // namespace leedswatch::analytics
