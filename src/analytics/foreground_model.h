#pragma once

#include <opencv2/core.hpp>
#include <opencv2/video/background_segm.hpp>

#include <optional>

namespace leedswatch::analytics {

/// How closely a picture is looked at.
enum class Closeness {
    Full,  ///< at half its width and height
    Fast,  ///< at a quarter of them, in about two fifths of the time
    Whole  ///< every pixel of it: of a picture that is small already
};

/// Learns what a scene looks like without anything in it, and marks what is not of it: K nearest neighbours of each
/// pixel's own past (Zivkovic and van der Heijden, 2006; OpenCV's), on the picture made smaller, with a median over the
/// result. How far colours may be apart follows the light and the sensor's noise, judged once in 25 pictures. Shadows
/// are not marked apart: that makes objects smaller than they are, and the model dearer. Only the calling thread works.
/// One thread at a time.
class ForegroundModel {
public:
    /// `distance`: how far colours that belong together may be apart, as a multiple of what is good for most scenes.
    explicit ForegroundModel(Closeness closeness, double distance = 1);

    /// `picture`: 8 bits, blue, green, red, of the size of the first one. The mask is of its size: 255 where something
    /// is that does not belong to the scene, else 0. The first picture is the scene, so its mask is empty. `share`: how
    /// much of the scene is learnt anew with this picture; without it 1 in 500 (more at the beginning), which makes
    /// what stands still a part of the scene after some hundred pictures.
    [[nodiscard]] cv::Mat apply(const cv::Mat& picture, std::optional<double> share = std::nullopt);

    /// From the next time on that the light is judged.
    void setDistance(double distance) { m_distance = distance; }

private:
    void learnTheFirst();
    void judgeLight();

    const Closeness m_closeness;
    double m_distance;
    cv::Ptr<cv::BackgroundSubtractorKNN> m_model;
    cv::Mat m_small;
    cv::Mat m_before;  ///< the picture before one by which the light is judged
    std::int64_t m_pictures = 0;
    cv::Mat m_marked;
    cv::Mat m_calmed;
};

}  // namespace leedswatch::analytics
