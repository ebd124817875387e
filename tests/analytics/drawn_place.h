#pragma once

#include <opencv2/core.hpp>

#include <functional>
#include <vector>

namespace leedswatch::analytics {

/// A place as a fixed camera sees it, in the size in which pictures of 704x576 are analysed: a structured wall and
/// floor, a sensor's noise, and what a test puts into it. The same pictures each time.
class DrawnPlace {
public:
    inline static const cv::Size size{237, 194};
    using Change = std::function<void(cv::Mat& picture, double seconds)>;

    DrawnPlace();

    /// What happens in it, in this order; the noise comes last.
    DrawnPlace& with(Change change);
    [[nodiscard]] cv::Mat at(double seconds);

private:
    cv::RNG m_random{7};
    cv::Mat m_place;
    std::vector<Change> m_changes;
};

/// Somebody of that height (pixels) with a dark coat whose feet go from `from` at `start` to `to` at `end`, stand there
/// until `until`, and are gone then.
[[nodiscard]] DrawnPlace::Change walker(int height, cv::Point from, cv::Point to, double start, double end,
                                        double until = -1);

}  // namespace leedswatch::analytics
