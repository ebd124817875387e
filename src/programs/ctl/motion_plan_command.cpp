#include "programs/ctl/motion_plan_command.h"

#include "analytics/motion_plans.h"
#include "programs/ctl/cameras_by_number.h"
#include "programs/ctl/zone_text.h"

#include <spdlog/fmt/fmt.h>

namespace leedswatch::ctl {
namespace {

using analytics::LeastHeight;
using analytics::MotionPlan;
using analytics::MotionZone;

/// What the command line says of one profile; what it does not name stays as it is.
struct ProfileChange {
    std::optional<int> sensitivity;
    std::optional<int> leastHeight;
    std::optional<int> leastHeightFar;

    void applyTo(MotionPlan::Profile& profile) const {
        profile.sensitivity = sensitivity.value_or(profile.sensitivity);
        if (leastHeight) {
            profile.leastHeight = {*leastHeight, *leastHeight};
        }
        profile.leastHeight.atTop = leastHeightFar.value_or(profile.leastHeight.atTop);
    }
};

struct MotionPlanOptions {
    std::string cameras;
    bool on = false;
    bool off = false;
    std::vector<std::string> included;
    std::vector<std::string> excluded;
    bool noZones = false;
    ProfileChange day;
    ProfileChange night;
    std::optional<std::string> schedule;
    std::optional<std::string> armed;
    bool recording = false;
    bool noRecording = false;
};

/// Error: InvalidInput. "1000,2000 9000,2000 9000,8000"
base::Result<MotionZone> planZoneFrom(const std::string& text, MotionZone::Kind kind) {
    TRY_ASSIGN(const auto corners, cornersFrom(text, "ten-thousandths of the picture's width and height"));
    MotionZone zone{kind, {}};
    for (const auto& [x, y] : corners) {
        zone.corners.push_back({x, y});
    }
    return zone;
}

base::Result<std::vector<MotionZone>> zonesOf(const MotionPlanOptions& options) {
    std::vector<MotionZone> zones;
    for (const std::string& text : options.included) {
        TRY_ASSIGN(zones.emplace_back(), planZoneFrom(text, MotionZone::Kind::Include));
    }
    for (const std::string& text : options.excluded) {
        TRY_ASSIGN(zones.emplace_back(), planZoneFrom(text, MotionZone::Kind::Exclude));
    }
    return zones;
}

base::Result<base::WeeklySchedule> scheduleFrom(const std::string& text) {
    return text.empty() ? base::WeeklySchedule{} : base::WeeklySchedule::parse(text);
}

base::Result<void> change(MotionPlan& plan, const MotionPlanOptions& options) {
    plan.isOn = options.on || (plan.isOn && !options.off);
    if (options.noZones || !options.included.empty() || !options.excluded.empty()) {
        TRY_ASSIGN(plan.zones, zonesOf(options));
    }
    options.day.applyTo(plan.day);
    options.night.applyTo(plan.night);
    if (options.schedule) {
        TRY_ASSIGN(plan.schedule, scheduleFrom(*options.schedule));
    }
    if (options.armed) {
        TRY_ASSIGN(plan.armed, scheduleFrom(*options.armed));
    }
    plan.startsRecording = options.recording || (plan.startsRecording && !options.noRecording);
    return analytics::checkMotionPlan(plan);
}

/// A camera that has no plan, or one that is damaged, starts with a new one, whose night is as its day.
base::Result<MotionPlan> planToChange(analytics::MotionPlans& plans, estate::CameraId camera,
                                      const MotionPlanOptions& options) {
    auto known = plans.of(camera);
    if (!known && known.error().code != base::ErrorCode::Damaged) {
        return base::fail(known.error());
    }
    if (known && *known) {
        return **known;
    }
    MotionPlan plan;
    options.day.applyTo(plan.night);
    return plan;
}

base::Result<ExitCode> setPlans(Session& session, const MotionPlanOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::require(acting, access::Right::ManageCameras));
    TRY_ASSIGN(const auto cameras, camerasNamed(*database, options.cameras));
    analytics::MotionPlans plans{*database};
    std::vector<MotionPlan> changed;
    for (const estate::Camera& camera : cameras) {
        TRY_ASSIGN(changed.emplace_back(), planToChange(plans, camera.id, options));
        TRY(change(changed.back(), options));
    }
    auto numbers = nlohmann::json::array();
    std::size_t watched = 0;
    for (std::size_t i = 0; i < cameras.size(); ++i) {
        TRY(plans.set(acting, {cameras[i]}, changed[i]));
        numbers.push_back(cameras[i].number);
        watched += changed[i].isOn ? 1 : 0;
    }
    session.show({{"cameras", numbers}, {"watched", watched}},
                 fmt::format("{} of {} cameras are watched for motion from now on.", watched, cameras.size()));
    return ExitCode::Good;
}

nlohmann::json jsonOf(const MotionPlan::Profile& profile) {
    return {{"sensitivity", profile.sensitivity},
            {"least_height", profile.leastHeight.atBottom},
            {"least_height_far", profile.leastHeight.atTop}};
}

nlohmann::json jsonOf(int camera, const MotionPlan& plan) {
    auto zones = nlohmann::json::array();
    for (const MotionZone& zone : plan.zones) {
        auto corners = nlohmann::json::array();
        for (const estate::ZonePoint& corner : zone.corners) {
            corners.push_back({corner.x, corner.y});
        }
        zones.push_back(
            {{"kind", zone.kind == MotionZone::Kind::Include ? "include" : "exclude"}, {"corners", corners}});
    }
    return {{"camera", camera},
            {"on", plan.isOn},
            {"zones", zones},
            {"day", jsonOf(plan.day)},
            {"night", jsonOf(plan.night)},
            {"schedule", plan.schedule.text()},
            {"starts_recording", plan.startsRecording},
            {"armed", plan.armed.text()}};
}

std::string textOf(const MotionPlan::Profile& profile) {
    return fmt::format("{}, {}-{}", profile.sensitivity, profile.leastHeight.atTop, profile.leastHeight.atBottom);
}

base::Result<ExitCode> listPlans(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::require(acting, access::Right::ManageCameras));
    TRY_ASSIGN(const auto known, analytics::MotionPlans{*database}.all());
    TRY_ASSIGN(const auto numbers, cameraNumbers(*database));
    std::map<int, MotionPlan> byNumber;
    for (const auto& [camera, plan] : known) {
        if (const auto number = numbers.find(camera); number != numbers.end()) {
            byNumber.emplace(number->second, plan);
        }
    }
    auto document = nlohmann::json::array();
    Table table{{"camera", "watched", "zones", "by day", "by night", "when", "armed", "starts recording"}};
    for (const auto& [number, plan] : byNumber) {
        table.add({std::to_string(number), plan.isOn ? "yes" : "no", std::to_string(plan.zones.size()),
                   textOf(plan.day), textOf(plan.night), plan.schedule.isEmpty() ? "always" : plan.schedule.text(),
                   plan.armed.isEmpty() ? "never" : plan.armed.text(), plan.startsRecording ? "yes" : "no"});
        document.push_back(jsonOf(number, plan));
    }
    session.show({{"plans", std::move(document)}},
                 byNumber.empty() ? "No camera is watched for motion."
                                  : table.text() + "By day and night: sensitivity, least height far-near.");
    return ExitCode::Good;
}

void addProfile(CLI::App& set, const std::string& name, const std::string& when, ProfileChange& profile) {
    set.add_option("--" + name + "sensitivity", profile.sensitivity, "1 to 100" + when)->type_name("S");
    set.add_option("--" + name + "least-height", profile.leastHeight,
                   "The least thing that counts, in ten-thousandths of the picture's height: 50 to 10000" + when)
        ->type_name("H");
    set.add_option("--" + name + "least-height-far", profile.leastHeightFar,
                   "The same for what is far away, at the picture's top; without it, the same everywhere" + when)
        ->type_name("H");
}

void addSet(CLI::App& plan, Session& session, Command& chosen) {
    auto* set = plan.add_subcommand("set", "Have cameras watched for motion; what is not named stays as it is");
    auto options = std::make_shared<MotionPlanOptions>();
    set->add_option("--camera", options->cameras, "Camera numbers, as in 7,12,100-120")
        ->type_name("N[,N|,N-M]")
        ->required();
    auto* on = set->add_flag("--on", options->on, "Watch them again");
    set->add_flag("--off", options->off, "Do not watch them for now; the plan is kept")->excludes(on);
    const std::string zone = ": its corners in ten-thousandths of the picture's width and height; may be repeated";
    auto* include = set->add_option("--include", options->included, "Only what is in this zone counts" + zone)
                        ->type_name("\"X,Y X,Y X,Y\"");
    auto* exclude = set->add_option("--exclude", options->excluded, "What is in this zone does not count" + zone)
                        ->type_name("\"X,Y X,Y X,Y\"");
    set->add_flag("--no-zones", options->noZones, "The whole picture counts")->excludes(include)->excludes(exclude);
    addProfile(*set, "", "", options->day);
    addProfile(*set, "night-", ", while the picture is dark or has no colours", options->night);
    set->add_option("--schedule", options->schedule,
                    "When they are watched, as in 'Mon-Fri 07:00-19:00; Sat,Sun 22:00-04:00'; '' is always");
    set->add_option("--armed", options->armed, "When what begins to move raises an alarm; '' is never");
    auto* recording =
        set->add_flag("--recording", options->recording, "Motion is recorded where the recording plan takes events");
    set->add_flag("--no-recording", options->noRecording, "Motion starts no recording")->excludes(recording);
    onCommand(*set, chosen, [&session, options] { return setPlans(session, *options); });
}

}  // namespace

void addMotionPlanCommands(CLI::App& motion, Session& session, Command& chosen) {
    auto* plan = motion.add_subcommand("plan", "Show or set how cameras are watched for motion");
    plan->require_subcommand(1);
    auto* list = plan->add_subcommand("list", "The cameras that have a plan");
    onCommand(*list, chosen, [&session] { return listPlans(session); });
    addSet(*plan, session, chosen);
}

}  // namespace leedswatch::ctl
