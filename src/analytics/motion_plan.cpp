#include "analytics/motion_plan.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace leedswatch::analytics {
namespace {

using nlohmann::json;

json jsonOf(const MotionPlan::Profile& profile) {
    return {{"sensitivity", profile.sensitivity},
            {"least_at_top", profile.leastHeight.atTop},
            {"least_at_bottom", profile.leastHeight.atBottom}};
}

json jsonOf(const MotionZone& zone) {
    auto corners = json::array();
    for (const estate::ZonePoint& corner : zone.corners) {
        corners.push_back({corner.x, corner.y});
    }
    return {{"kind", zone.kind == MotionZone::Kind::Include ? "include" : "exclude"}, {"corners", corners}};
}

json jsonOf(const MotionPlan& plan) {
    auto zones = json::array();
    for (const MotionZone& zone : plan.zones) {
        zones.push_back(jsonOf(zone));
    }
    return {{"on", plan.isOn},
            {"zones", zones},
            {"day", jsonOf(plan.day)},
            {"night", jsonOf(plan.night)},
            {"schedule", plan.schedule.text()},
            {"starts_recording", plan.startsRecording},
            {"armed", plan.armed.text()}};
}

/// What is far out of every range stays out of it, however large it is. Throws at what is no whole number.
int numberFrom(const json& document) {
    constexpr json::number_integer_t farOut = 1'000'000;
    return static_cast<int>(std::clamp(document.get_ref<const json::number_integer_t&>(), -farOut, farOut));
}

MotionPlan::Profile profileFrom(const json& document) {
    return {numberFrom(document.at("sensitivity")),
            {numberFrom(document.at("least_at_top")), numberFrom(document.at("least_at_bottom"))}};
}

MotionZone zoneFrom(const json& document) {
    MotionZone zone;
    zone.kind =
        document.at("kind").get<std::string>() == "exclude" ? MotionZone::Kind::Exclude : MotionZone::Kind::Include;
    for (const json& corner : document.at("corners")) {
        zone.corners.push_back({numberFrom(corner.at(0)), numberFrom(corner.at(1))});
    }
    return zone;
}

base::Result<base::WeeklySchedule> scheduleFrom(const json& document) {
    const auto text = document.get<std::string>();
    return text.empty() ? base::WeeklySchedule{} : base::WeeklySchedule::parse(text);
}

base::Result<MotionPlan> planFrom(const json& document) {
    MotionPlan plan;
    plan.isOn = document.at("on").get<bool>();
    for (const json& zone : document.at("zones")) {
        plan.zones.push_back(zoneFrom(zone));
    }
    plan.day = profileFrom(document.at("day"));
    plan.night = profileFrom(document.at("night"));
    TRY_ASSIGN(plan.schedule, scheduleFrom(document.at("schedule")));
    plan.startsRecording = document.at("starts_recording").get<bool>();
    TRY_ASSIGN(plan.armed, scheduleFrom(document.at("armed")));
    TRY(checkMotionPlan(plan));
    return plan;
}

}  // namespace

base::Result<void> checkMotionPlan(const MotionPlan& plan) {
    TRY(checkMotionRule(plan.ruleBy(plan.day)));
    return checkMotionRule(plan.ruleBy(plan.night));
}

std::string textOfMotionPlan(const MotionPlan& plan) {
    return jsonOf(plan).dump();
}

base::Result<MotionPlan> motionPlanFromText(std::string_view text) {
    // The library throws at anything that is not where it is asked for.
    try {
        const json document = json::parse(text);
        auto plan = planFrom(document);
        if (!plan) {
            return base::fail(base::ErrorCode::Damaged, "a motion plan is damaged: " + plan.error().message);
        }
        // A kind of zone, a third number or a name that is not known here means something that would be passed over.
        if (jsonOf(*plan) != document) {
            return base::fail(base::ErrorCode::Damaged, "a motion plan says more than is understood; set it anew");
        }
        return plan;
    } catch (const json::exception&) {
        return base::fail(base::ErrorCode::Damaged, "a motion plan cannot be read; set it anew");
    }
}

}  // namespace leedswatch::analytics
