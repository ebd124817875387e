#pragma once

#include "analytics/motion_event.h"
#include "analytics/motion_tracker.h"

#include <opencv2/core.hpp>

#include <optional>
#include <vector>

namespace leedswatch::analytics {

/// Makes events of the things that a tracker follows, as far as they are where motion counts. One thread at a time.
class MotionEventMaker {
public:
    /// `activity`: 255 where in the picture things are; `places`: 255 where motion counts. While `isCounting` is false
    /// nothing begins. Events that are over.
    [[nodiscard]] std::vector<MotionEvent> apply(const std::vector<MotionTrack>& tracks, const cv::Mat& activity,
                                                 const cv::Mat& places, double seconds, bool isCounting);
    /// The event that goes on, with its end so far.
    [[nodiscard]] const std::optional<MotionEvent>& current() const { return m_event; }
    /// Nothing comes any more: the current event.
    [[nodiscard]] std::optional<MotionEvent> finish();

private:
    /// A track that was where motion counts.
    struct Entered {
        int track = 0;
        double since = 0;
        double last = 0;
        double noted = 0;  ///< when its box was last written down
    };

    void forgetLost(const std::vector<MotionTrack>& tracks);
    [[nodiscard]] Entered& entered(const MotionTrack& track, double seconds);
    void extendByThings(const std::vector<MotionTrack>& tracks, cv::Size size);
    void extend(const MotionTrack& track, Entered& entered, cv::Size size);

    std::optional<MotionEvent> m_event;
    std::vector<Entered> m_entered;
};

}  // namespace leedswatch::analytics
