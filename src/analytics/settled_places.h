#pragma once

#include <opencv2/core.hpp>

#include <vector>

namespace leedswatch::analytics {

/// Places that differ from the scene and do not change any more: a car that was there in the first picture and has
/// left, or one that has parked. The foreground model takes minutes to learn them; until then they are remembered here,
/// so that they neither hide what passes in front nor count. One thread at a time.
class SettledPlaces {
public:
    /// Takes out of `marked` (255 where the picture differs from the scene) what has settled. `grey`: the picture.
    /// What lies in `things` does not settle: a person who stands still is a person. `seconds` since the picture
    /// before; `steady`: how long a place must not change.
    void apply(const cv::Mat& grey, cv::Mat& marked, const std::vector<cv::Rect>& things, double seconds,
               double steady);
    void clear() { m_before.release(); }

private:
    cv::Mat m_before;
    cv::Mat m_steadyFor;    ///< hundredths of a second, 16 bits
    cv::Mat m_settledGrey;  ///< what it looked like when it settled
    cv::Mat m_isSettled;
};

}  // namespace leedswatch::analytics
