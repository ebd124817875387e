#pragma once

#include "analytics/tamper_doubt.h"
#include "video/live_picture_change.h"

#include <opencv2/core.hpp>

namespace leedswatch::analytics {

/// Tells a frozen picture from a scene in which nothing happens. A real picture has noise; how long this camera's
/// pictures have stayed alike while all was well sets the time after which they are frozen, so that an encoder that
/// repeats a quiet scene between key frames is not mistaken for one that hangs. One thread.
class FrozenJudge {
public:
    void forget();
    /// `grey`: 8 bits. Whether the picture has stood still for too long. At rest nothing is known of what lay between
    /// two pictures: a freeze may end then, and none is found. A look behind a key frame tells nothing.
    [[nodiscard]] bool isFrozen(const cv::Mat& grey, double seconds, TamperPace pace = TamperPace::All);
    /// Whether that picture is like the one before; nothing is learnt from it.
    [[nodiscard]] bool isLikeBefore(const cv::Mat& grey) const;
    /// The picture has begun to stand still, and whether it is frozen is not known yet.
    [[nodiscard]] bool isUndecided(double seconds) const;
    /// The camera is known to be frozen, from the first picture on until one differs from it.
    void resume(double seconds);
    [[nodiscard]] double stillSince() const { return m_stillSince; }

private:
    [[nodiscard]] bool hasChanged(const cv::Mat& grey, TamperPace pace);
    [[nodiscard]] bool isNoisy(const cv::Mat& grey, double& difference) const;
    void endStill(double seconds);
    void leaveStill(double seconds);

    video::PictureChange m_change;
    cv::Mat m_before;
    double m_noise = 0;  ///< the mean difference of neighbouring pictures while all is well, in levels
    bool m_isBegun = false;
    bool m_isFrozen = false;
    double m_watched = 0;  ///< seconds, without pauses
    double m_stillSince = 0;
    double m_lastLook = 0;
    double m_longestStill = 0;
    double m_liveliness = 1;  ///< the part of the looks at which the picture had changed
    int m_stillLooks = 0;
    bool m_wasRenewed = false;  ///< the look before was behind a key frame
};

}  // namespace leedswatch::analytics
