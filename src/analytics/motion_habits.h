#pragma once

#include <opencv2/core.hpp>

namespace leedswatch::analytics {

/// Learns where in a picture something moves always: an escalator, a flag, a fan, a tree in the wind. One thread at a
/// time.
class MotionHabits {
public:
    /// `marked`: 255 where something differs from the scene. `seconds` since the picture before.
    void learn(const cv::Mat& marked, double seconds);
    /// 255 where something moved more than a twentieth or so of the last minutes' time.
    [[nodiscard]] const cv::Mat& places() const { return m_places; }
    /// 255 where something moved more than a sixtieth of it: what moves there needs a longer look.
    [[nodiscard]] const cv::Mat& restless() const { return m_restless; }
    void clear();

private:
    cv::Mat m_share;  ///< floats, 0 to 255
    cv::Mat m_places;
    cv::Mat m_restless;
};

}  // namespace leedswatch::analytics
