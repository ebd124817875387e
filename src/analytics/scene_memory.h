#pragma once

#include "analytics/scene_picture.h"

namespace leedswatch::analytics {

/// How a picture stands to what its camera normally shows. Shares are from 0 to 1.
struct SceneMatch {
    double kept = 1;        ///< of the anchors, those that are where they were
    double firm = 1;        ///< of the anchors, those that are where they were to the pixel
    double contrast = 1;    ///< of the layout, as a part of what it was
    double anchors = 0;     ///< of all blocks, those with structure that is there nearly always
    cv::Mat isAnchor;       ///< field of 0 and 255
    cv::Mat isKept;         ///< field: anchors that are where they were
    double layout = 1;      ///< how alike the coarse pictures are, -1 to 1: the view without its detail
    double sharpness = 1;   ///< fine detail that is where it was, as a part of what there was, at equal contrast
    double fineEnergy = 1;  ///< fine detail wherever it is, in the same way
};

/// What a camera normally shows: not how bright it is, but where brightness changes and which way, so that light, night
/// and a switch to infrared leave it as it is. Blocks that are hidden again and again, or whose leaves move, do not
/// count. A part that stays different is learnt in minutes. One thread.
class SceneMemory {
public:
    void forget();
    /// What has been seen is enough to judge by.
    [[nodiscard]] bool isReady() const { return m_learnt >= leastLearnt; }
    [[nodiscard]] SceneMatch match(const ScenePicture& picture) const;
    /// To be called with good pictures only, about four a second, each with its own match. `pace`: 1, or
    /// less for pictures in which much of the scene is not to be seen.
    void learn(const ScenePicture& picture, const SceneMatch& match, double pace);
    /// The mean gradients of the small picture, and the mean brightness of its blocks.
    [[nodiscard]] const cv::Mat& gradients() const { return m_gradients; }
    [[nodiscard]] const cv::Mat& brightness() const { return m_brightness; }
    [[nodiscard]] const cv::Mat& energy() const { return m_energy; }

private:
    static constexpr int leastLearnt = 12;

    [[nodiscard]] cv::Mat likenessOf(const ScenePicture& picture) const;
    [[nodiscard]] cv::Mat hasAppeared(const ScenePicture& picture, const SceneMatch& match) const;

    int m_learnt = 0;
    cv::Mat m_gradients;
    cv::Mat m_fineGradients;
    cv::Mat m_coarseGradients;
    cv::Mat m_brightness;  ///< field
    cv::Mat m_energy;      ///< field: of the mean gradients, not the mean of the energies, so without noise
    cv::Mat m_steadiness;  ///< field: how alike good pictures are to the memory
    double m_fineEnergy = 0;
};

}  // namespace leedswatch::analytics
