#include "programs/ctl/archive_plans_command.h"

#include "base/local_time.h"
#include "programs/ctl/archive_text.h"
#include "programs/ctl/cameras_by_number.h"
#include "video/recording_plans.h"

#include <spdlog/fmt/fmt.h>

namespace leedswatch::ctl {
namespace {

struct RecordingPlanOptions {
    std::vector<int> cameras;
    std::string mode = "always";
    std::int64_t preRoll = 10;
    std::int64_t postRoll = 30;
    std::string schedule;
    std::int64_t seconds = 600;
    int camera = 0;
};

base::Result<ExitCode> setPlan(Session& session, const RecordingPlanOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    video::RecordingPlans plans{*database};
    if (options.cameras.empty()) {
        TRY(access::require(acting, access::Right::PlayRecorded));
        TRY_ASSIGN(const auto known, plans.plans());
        TRY_ASSIGN(auto numbers, cameraNumbers(*database));
        auto document = nlohmann::json::array();
        Table table{{"camera", "recorded", "before", "behind", "periods"}};
        for (const auto& [camera, plan] : known) {
            table.add({std::to_string(numbers[camera]), std::string{nameOf(plan.mode)},
                       std::to_string(plan.preRoll.count()) + " s", std::to_string(plan.postRoll.count()) + " s",
                       plan.schedule.text()});
            document.push_back({{"camera", numbers[camera]},
                                {"mode", nameOf(plan.mode)},
                                {"pre_roll_s", plan.preRoll.count()},
                                {"post_roll_s", plan.postRoll.count()},
                                {"schedule", plan.schedule.text()}});
        }
        session.show({{"plans", std::move(document)}},
                     known.empty() ? "Every camera is recorded all the time." : table.text() + "All others: always.");
        return ExitCode::Good;
    }
    video::RecordingPlan plan;
    plan.mode = video::recordingModeFromName(options.mode).value_or(video::RecordingMode::Always);
    plan.preRoll = std::chrono::seconds{options.preRoll};
    plan.postRoll = std::chrono::seconds{options.postRoll};
    TRY_ASSIGN(plan.schedule, base::WeeklySchedule::parse(options.schedule));
    TRY_ASSIGN(const auto cameras, camerasNamed(*database, options.cameras));
    TRY(plans.set(acting, cameras, plan));
    session.show({{"cameras", options.cameras}, {"mode", options.mode}},
                 fmt::format("{} cameras are recorded: {}.", cameras.size(), options.mode));
    return ExitCode::Good;
}

base::Result<ExitCode> recordNow(Session& session, const RecordingPlanOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    estate::CameraRegistry registry{*database};
    TRY_ASSIGN(const auto camera, registry.find(options.camera));
    video::RecordingPlans plans{*database};
    if (options.seconds == 0) {
        TRY_ASSIGN(const bool isStopped, plans.stopNow(acting, camera));
        session.show({{"camera", options.camera}, {"stopped", isStopped}},
                     fmt::format("Camera {} {}.", options.camera,
                                 isStopped ? "is no longer recorded by hand" : "was not recorded by hand"));
        return ExitCode::Good;
    }
    TRY_ASSIGN(const auto until, plans.recordNow(acting, camera, std::chrono::seconds{options.seconds}));
    session.show({{"camera", options.camera}, {"until", base::formatUtc(until)}},
                 fmt::format("Camera {} is recorded until {}.", options.camera, base::formatLocal(until)));
    return ExitCode::Good;
}

}  // namespace

void addArchivePlansCommands(CLI::App& archive, Session& session, Command& chosen) {
    auto options = std::make_shared<RecordingPlanOptions>();
    auto* plan = archive.add_subcommand("plan", "Show or set when cameras are recorded");
    plan->add_option("--camera", options->cameras, "Camera numbers; without it the plans are shown")->delimiter(',');
    plan->add_option("--mode", options->mode, "always, event, schedule or schedule-or-event")
        ->check(CLI::IsMember({"always", "event", "schedule", "schedule-or-event"}));
    plan->add_option("--pre-roll", options->preRoll, "Seconds kept from before an event")->check(CLI::Range(0, 60));
    plan->add_option("--post-roll", options->postRoll, "Seconds kept from behind it")->check(CLI::Range(0, 600));
    plan->add_option("--schedule", options->schedule, "Periods, as in 'Mon-Fri 07:00-19:00; Sat,Sun 22:00-04:00'");
    onCommand(*plan, chosen, [&session, options] { return setPlan(session, *options); });
    auto* record = archive.add_subcommand("record", "Have a camera recorded now, whatever its plan");
    record->add_option("--camera", options->camera, "Its number")->required()->check(CLI::Range(1, 99999));
    record->add_option("--seconds", options->seconds, "For how long, at most four hours; 0 stops it")
        ->check(CLI::Range(0, 14'400));
    onCommand(*record, chosen, [&session, options] { return recordNow(session, *options); });
}

}  // namespace leedswatch::ctl
