#pragma once

#include <opencv2/core.hpp>

namespace leedswatch::analytics {

/// Whether a camera sees by day or by night, from its pictures: it is night when they are dark or, because the camera
/// looks by infrared, have no colours. Dusk flickers, so a change takes ten seconds. One thread at a time.
class LightOfDay {
public:
    /// 8 bits, blue, green, red. Whether it is night now.
    bool apply(const cv::Mat& picture, double seconds);
    [[nodiscard]] bool isNight() const { return m_isNight; }

private:
    bool m_isNight = false;
    bool m_isKnown = false;
    double m_otherwiseSince = -1;  ///< seconds; negative: pictures say what is thought
};

}  // namespace leedswatch::analytics
