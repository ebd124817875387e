#pragma once

#include "analytics/foreground_model.h"
#include "analytics/motion_blobs.h"
#include "analytics/motion_event_maker.h"
#include "analytics/motion_habits.h"
#include "analytics/motion_tracker.h"
#include "analytics/motion_zone.h"
#include "analytics/scene_light.h"
#include "analytics/settled_places.h"

#include <memory>
#include <optional>
#include <vector>

namespace leedswatch::analytics {

/// How a camera is watched.
struct MotionRule {
    std::vector<MotionZone> zones;
    int sensitivity = 50;  ///< 1 to 100: how little a thing may differ from what is behind it
    LeastHeight leastHeight;
    bool operator==(const MotionRule&) const = default;
};

inline constexpr int leastSensitivity = 1;
inline constexpr int mostSensitivity = 100;

/// The rule for a rule: sensitivity 1 to 100, heights of 50 to 10,000 ten-thousandths, `checkMotionZones`. Error:
/// InvalidInput, which and what to do.
[[nodiscard]] base::Result<void> checkMotionRule(const MotionRule& rule);

/// Finds things that move through a camera's picture, and leaves alone what only flickers, sways, shines, rains or
/// ticks: what differs from the scene (ForegroundModel) and is not only light (SceneLight), is no place where something
/// always moves (MotionHabits), and goes somewhere (MotionTracker). When all of the picture changes at once, the light
/// was switched: the scene is learnt anew. Time is a parameter. One thread at a time.
class MotionDetector {
public:
    explicit MotionDetector(MotionRule rule);

    /// What counts from now on; the zones stay as they are.
    void setProfile(int sensitivity, const LeastHeight& leastHeight);

    /// Whether a picture of that moment is to be analysed: about five a second are.
    [[nodiscard]] bool wants(double seconds) const;
    /// `picture`: 8 bits, blue, green, red, of the size that AnalysisScaler makes; another size than before is another
    /// scene. Events that ended with it. Seconds never go back; times before those of an event are not found again.
    [[nodiscard]] std::vector<MotionEvent> apply(const cv::Mat& picture, double seconds);
    /// Whether a picture differs from the scene by more than light, in places of some size that are not restless: a
    /// cheap look that learns nothing.
    [[nodiscard]] bool mayHoldThings(const cv::Mat& picture) const;
    /// Something has come that may be a thing; it looks twice as often.
    [[nodiscard]] bool isCurious() const { return m_isCurious; }
    /// The event that goes on, with its end so far.
    [[nodiscard]] const std::optional<MotionEvent>& current() const { return m_events.current(); }
    /// Nothing comes any more: the current event, ended.
    [[nodiscard]] std::optional<MotionEvent> finish();
    /// The camera was away: the scene is learnt anew, and for `settling` seconds nothing counts.
    void restart(double settling);

    /// Where in the analysed picture things were in it, 255; for the activity grid.
    [[nodiscard]] const cv::Mat& activity() const { return m_activity; }
    [[nodiscard]] const std::vector<MotionTrack>& tracks() const { return m_tracker.tracks(); }

private:
    void learnAnew(const cv::Mat& picture, double seconds);
    [[nodiscard]] cv::Mat markedIn(const cv::Mat& picture, double since);
    [[nodiscard]] double shareLearnt(double since) const;
    void learnHabits(const cv::Mat& marked, double since);
    [[nodiscard]] bool isSwitched(const cv::Mat& marked) const;
    [[nodiscard]] std::vector<MotionBlob> thingsIn(const cv::Mat& grey, const cv::Mat& marked) const;
    void follow(cv::Mat marked, double seconds, double since);
    void judgeCuriosity(double since);
    [[nodiscard]] std::vector<cv::Rect> boxesOfThings() const;

    MotionRule m_rule;
    std::unique_ptr<ForegroundModel> m_model;
    SceneLight m_light;
    MotionHabits m_habits;
    SettledPlaces m_settledPlaces;
    MotionTracker m_tracker;
    cv::Mat m_places;  ///< where motion counts
    cv::Mat m_grey;
    cv::Mat m_activity;
    bool m_isCurious = true;  ///< it looks twice as often
    double m_curiosity = 3;   ///< seconds in which it may
    std::optional<double> m_analysed;
    std::optional<double> m_begun;
    double m_settled = 0;   ///< nothing counts before
    double m_settling = 0;  ///< seconds, from the next picture on
    MotionEventMaker m_events;
};

}  // namespace leedswatch::analytics
