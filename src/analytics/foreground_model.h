#pragma once

#include <opencv2/core.hpp>
#include <opencv2/video/background_segm.hpp>

namespace leedswatch::analytics {

/// How closely a picture is looked at.
enum class Closeness {
    Full,  ///< at half its width and height
    Fast,  ///< at a quarter of them, in about two fifths of the time
};

/// Learns what a scene looks like without anything in it, and marks what is not of it: K nearest neighbours of each
/// pixel's own past (Zivkovic and van der Heijden, 2006; OpenCV's), on the picture made smaller, with a median over the
/// result. How far colours may be apart follows the light and the sensor's noise, judged once in 25 pictures. Shadows
/// are not marked apart: that makes objects smaller than they are, and the model dearer. Only the calling thread works.
/// One thread at a time.
class ForegroundModel {
public:
    explicit ForegroundModel(Closeness closeness);

    /// `picture`: 8 bits, blue, green, red, of the size of the first one. The mask is of its size: 255 where something
    /// is that does not belong to the scene, else 0. The first picture is the scene, so its mask is empty.
    [[nodiscard]] cv::Mat apply(const cv::Mat& picture);

private:
    void learnTheFirst();
    void judgeLight();

    const Closeness m_closeness;
    cv::Ptr<cv::BackgroundSubtractorKNN> m_model;
    cv::Mat m_small;
    cv::Mat m_before;  ///< the picture before one by which the light is judged
    std::int64_t m_pictures = 0;
    cv::Mat m_marked;
    cv::Mat m_calmed;
};

}  // namespace leedswatch::analytics
