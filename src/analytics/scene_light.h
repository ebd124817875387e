#pragma once

#include <opencv2/core.hpp>

#include <vector>

namespace leedswatch::analytics {

/// What the scene looks like in grey without anything in it, to tell changes of light from things: the sun, a cloud, a
/// camera that opens its iris make the scene lighter or darker and leave its structure as it was. One thread at a time.
class SceneLight {
public:
    /// The scene is what this picture shows. 8 bits, grey.
    void learnAnew(const cv::Mat& grey);
    /// How much lighter the picture is than the scene as it was learnt, where nothing is in front of it: the middle of
    /// what samples outside `things` say. 1 if nothing can be said.
    [[nodiscard]] double gainOf(const cv::Mat& grey, const std::vector<cv::Rect>& things) const;
    /// 255 where the picture differs from the scene by more than so many levels, and by more than it does as a rule:
    /// leaves in the wind always differ.
    [[nodiscard]] cv::Mat differencesOf(const cv::Mat& grey, double levels) const;
    /// `marked`: 255 where something is in front of the scene; there it is learnt slowly. `seconds` since the last one.
    void learn(const cv::Mat& grey, const cv::Mat& marked, double seconds);
    /// The camera's exposure stays as it is: the scene becomes as light as the pictures are, over a minute or two.
    void adopt(double gain, double seconds);
    /// Whether in that part of the picture, where it is marked, nothing but the light differs from the scene.
    [[nodiscard]] bool isOnlyLight(const cv::Mat& grey, const cv::Mat& marked, const cv::Rect& part) const;
    [[nodiscard]] bool isEmpty() const { return m_scene.empty(); }

private:
    cv::Mat m_scene;      ///< floats
    cv::Mat m_variation;  ///< floats: how far the pictures are from it as a rule
};

}  // namespace leedswatch::analytics
