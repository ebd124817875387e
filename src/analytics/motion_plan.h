#pragma once

#include "analytics/motion_detector.h"
#include "video/recording_plan.h"

#include <string>
#include <string_view>

namespace leedswatch::analytics {

/// How one camera is watched for motion.
struct MotionPlan {
    /// What counts, by day or by night.
    struct Profile {
        int sensitivity = 50;
        LeastHeight leastHeight;
        bool operator==(const Profile&) const = default;
    };

    bool isOn = true;
    std::vector<MotionZone> zones;
    Profile day;
    Profile night;                  ///< while the picture is dark or has no colours
    base::WeeklySchedule schedule;  ///< when it is watched; empty: always
    bool startsRecording = true;    ///< where the camera's recording plan takes events
    base::WeeklySchedule armed;     ///< when what begins to move raises an alarm; empty: never
    bool operator==(const MotionPlan&) const = default;

    [[nodiscard]] MotionRule ruleBy(const Profile& profile) const {
        return {zones, profile.sensitivity, profile.leastHeight};
    }
};

/// Error: InvalidInput (checkMotionRule of either profile).
[[nodiscard]] base::Result<void> checkMotionPlan(const MotionPlan& plan);

/// As stored: one JSON object.
[[nodiscard]] std::string textOfMotionPlan(const MotionPlan& plan);
/// Error: Damaged, if the text is anything that `textOfMotionPlan` does not write for plans that keep the rule.
[[nodiscard]] base::Result<MotionPlan> motionPlanFromText(std::string_view text);

}  // namespace leedswatch::analytics
