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
    bool isLost = false;        ///< it ended with a picture of another shape: nobody knows whether the view is back
};

/// Finds tamper in the pictures of one camera, as they come. It learns for three seconds; from then on each kind is
/// found within three seconds. What lasts never becomes normal by itself: it ends when the view is back, or when
/// somebody says that the new view is right. A picture of another shape begins all anew. Only the calling thread works,
/// about 3 ms for each picture that is due. One thread at a time.
///
/// Key frames alone may do while all is well (TamperPace::AtRest): they are learnt, and `doubtOf` says when what lies
/// between them is needed too.
class TamperDetector {
public:
    TamperDetector();

    /// Whether `apply` would look at a picture of this time; about four a second are enough, others may be left out
    /// before they are converted.
    [[nodiscard]] bool isDue(double seconds) const;
    /// `picture`: 8 bits, blue, green, red, of any size; 320 to 720 pixels wide are best. What has begun or ended with
    /// it, an end with the start of its beginning. Pictures that are not due are not looked at.
    [[nodiscard]] std::vector<TamperEvent> apply(const cv::Mat& picture, double seconds,
                                                 TamperPace pace = TamperPace::All);
    /// What a picture that was not applied yet gives reason to fear. Nothing is learnt; the work is not done again if
    /// the next call applies it.
    [[nodiscard]] TamperDoubt doubtOf(const cv::Mat& picture, double seconds);
    /// The same of the last picture that was applied.
    [[nodiscard]] const TamperDoubt& doubt() const { return m_doubt; }
    /// The view is known well enough to judge by.
    [[nodiscard]] bool isReady() const { return m_memory.isReady(); }
    /// Something may have begun or ended, and further pictures will tell.
    [[nodiscard]] bool isUndecided(double seconds) const;
    /// Before the first picture: this kind of tamper lasts, and `before` is the view as it should be. It ends when a
    /// picture shows that view.
    void resume(TamperKind kind, const cv::Mat& before, double seconds);
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
    struct Prepared {
        ScenePicture scene;
        cv::Mat grey;
        TamperSigns signs;
    };

    [[nodiscard]] Prepared prepare(const cv::Mat& picture, double seconds) const;
    void fit(const cv::Mat& picture, double seconds, std::vector<TamperEvent>& events);
    [[nodiscard]] TamperOpinion judge(const Prepared& picture, TamperPace pace);
    [[nodiscard]] TamperDoubt doubtBy(const TamperSigns& signs, bool isStill) const;
    [[nodiscard]] ScenePast past(double seconds) const;
    void learn(const ScenePicture& picture, TamperPace pace);
    void keep(const cv::Mat& picture, double seconds);
    [[nodiscard]] cv::Mat stillBefore(double seconds) const;
    [[nodiscard]] std::vector<TamperEvent> follow(const cv::Mat& picture, double seconds);
    [[nodiscard]] TamperEvent end(double seconds);

    cv::Size m_shape;  ///< of the small pictures
    std::optional<Prepared> m_prepared;
    std::optional<double> m_last;
    SceneMemory m_memory;
    FrozenJudge m_frozen;
    TamperGate m_gate;
    TamperSigns m_signs;
    NormalSigns m_normal;
    TamperDoubt m_doubt;
    std::deque<double> m_shifts;        ///< when the scene was seen elsewhere, lately
    std::optional<double> m_lostSince;  ///< the view, without a kind
    std::deque<ScenePicture> m_recent;  ///< of the last second
    std::deque<cv::Mat> m_obscured;     ///< of the last pictures
    std::deque<Still> m_stills;
    std::optional<TamperEvent> m_ongoing;
};

}  // namespace leedswatch::analytics
