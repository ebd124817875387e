#pragma once

#include "analytics/frozen_judge.h"
#include "analytics/scene_memory.h"
#include "analytics/tamper_gate.h"

#include <opencv2/core.hpp>

#include <deque>
#include <optional>
#include <vector>

namespace leedswatch::analytics {

/// A camera that does not show what it should, from `start` to `end` on the clock of its pictures, in seconds.
struct TamperEvent {
    TamperKind kind{};
    double start = 0;
    std::optional<double> end;  ///< none while it lasts
    cv::Mat before;             ///< the last good picture that was kept, up to 4 s older than the start; may be empty
    cv::Mat after;              ///< when it was certain
};

/// Finds tamper in the pictures of one camera, as they come. It learns for three seconds; from then on each kind is
/// found within three seconds. What lasts never becomes normal by itself: it ends when the view is back, or when
/// somebody says that the new view is right. A picture of another size begins all anew. Only the calling thread works,
/// about 3 ms for each picture that is due. One thread at a time.
class TamperDetector {
public:
    /// Whether `apply` would look at a picture of this time; about four a second are enough, others may be left out
    /// before they are converted.
    [[nodiscard]] bool isDue(double seconds) const;
    /// `picture`: 8 bits, blue, green, red, of any size; 320 to 720 pixels wide are best. What has begun or ended with
    /// it, an end with the start of its beginning. Pictures that are not due are not looked at.
    [[nodiscard]] std::vector<TamperEvent> apply(const cv::Mat& picture, double seconds);
    /// The present view is the right one: what lasts ends, and the view is learnt.
    [[nodiscard]] std::optional<TamperEvent> learnAnew(double seconds);
    /// What lasts.
    [[nodiscard]] const std::optional<TamperEvent>& ongoing() const { return m_ongoing; }
    /// The last picture's; for measurements.
    [[nodiscard]] const TamperSigns& signs() const { return m_signs; }

private:
    struct Still {
        double seconds;
        cv::Mat picture;
    };

    [[nodiscard]] TamperOpinion judge(const ScenePicture& picture, const cv::Mat& grey);
    [[nodiscard]] ScenePast past(double seconds) const;
    void learn(const ScenePicture& picture);
    void keep(const cv::Mat& picture, double seconds);
    [[nodiscard]] cv::Mat stillBefore(double seconds) const;
    [[nodiscard]] std::vector<TamperEvent> follow(const cv::Mat& picture, double seconds);
    [[nodiscard]] TamperEvent end(double seconds);

    cv::Size m_size;
    std::optional<double> m_last;
    SceneMemory m_memory;
    FrozenJudge m_frozen;
    TamperGate m_gate;
    TamperSigns m_signs;
    NormalSigns m_normal;
    std::deque<double> m_shifts;        ///< when the scene was seen elsewhere, lately
    std::optional<double> m_lostSince;  ///< the view, without a kind
    std::deque<ScenePicture> m_recent;  ///< of the last second
    std::deque<cv::Mat> m_obscured;     ///< of the last pictures
    std::deque<Still> m_stills;
    std::optional<TamperEvent> m_ongoing;
};

}  // namespace leedswatch::analytics
