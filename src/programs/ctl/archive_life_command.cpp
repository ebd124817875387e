#include "programs/ctl/archive_life_command.h"

#include "base/local_time.h"
#include "estate/camera_registry.h"
#include "estate/fault_register.h"
#include "programs/ctl/archive_text.h"
#include "video/archive_forecast.h"
#include "video/archive_retention.h"
#include "video/archive_volumes.h"
#include "video/footage_holds.h"
#include "video/recording_plans.h"

#include <spdlog/fmt/fmt.h>

#include <map>

namespace leedswatch::ctl {
namespace {

struct VolumeOptions {
    std::string name;
    video::VolumeOrder order;
    std::vector<int> cameras;
};

struct HoldOptions {
    std::vector<int> cameras;
    std::string from;
    std::string to;
    std::string reason;
    std::int64_t hold = 0;
    bool all = false;
};

struct PlanOptions {
    std::vector<int> cameras;
    std::string mode = "always";
    std::int64_t preRoll = 10;
    std::int64_t postRoll = 30;
    std::string schedule;
    std::int64_t seconds = 600;
    int camera = 0;
};

/// Numbers of the cameras by their rows, for what is stored by row.
base::Result<std::map<estate::CameraId, int>> cameraNumbers(store::Database& database) {
    estate::CameraRegistry registry{database};
    TRY_ASSIGN(const auto cameras, registry.list());
    std::map<estate::CameraId, int> numbers;
    for (const estate::Camera& camera : cameras) {
        numbers[camera.id] = camera.number;
    }
    return numbers;
}

base::Result<std::vector<estate::Camera>> camerasNamed(store::Database& database, const std::vector<int>& numbers) {
    estate::CameraRegistry registry{database};
    std::vector<estate::Camera> cameras;
    for (const int number : numbers) {
        TRY_ASSIGN(auto camera, registry.find(number));
        cameras.push_back(std::move(camera));
    }
    return cameras;
}

std::string days(const std::optional<int>& value, const char* none) {
    return value ? std::to_string(*value) + " days" : none;
}

nlohmann::json toJson(const video::ArchiveVolume& volume) {
    nlohmann::json json{{"name", volume.name}, {"folder", volume.folder.string()}, {"enabled", volume.enabled}};
    json["reserve_bytes"] = volume.reserveBytes ? nlohmann::json(*volume.reserveBytes) : nlohmann::json(nullptr);
    json["longest_days"] = volume.longestDays ? nlohmann::json(*volume.longestDays) : nlohmann::json(nullptr);
    json["delete_early_days"] =
        volume.deleteEarlyDays ? nlohmann::json(*volume.deleteEarlyDays) : nlohmann::json(nullptr);
    return json;
}

base::Result<ExitCode> listVolumes(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::require(acting, access::Right::PlayRecorded));
    video::ArchiveVolumes volumes{*database};
    TRY_ASSIGN(const auto list, volumes.list());
    auto document = nlohmann::json::array();
    Table table{{"volume", "folder", "free", "takes a day", "full", "can keep", "longest", "early if full"}};
    for (const video::ArchiveVolume& volume : list) {
        auto json = toJson(volume);
        std::error_code error;
        const auto space = std::filesystem::space(volume.folder, error);
        if (error) {
            table.add({volume.name, volume.folder.string(), "not there", "", "", "", "", ""});
            json["problem"] = error.message();
            document.push_back(std::move(json));
            continue;
        }
        const video::DiskSpace disk{static_cast<std::int64_t>(space.capacity),
                                    static_cast<std::int64_t>(space.available)};
        TRY_ASSIGN(const auto forecast, video::forecastOf(*database, volume, disk, session.clock.now()));
        json["free_bytes"] = disk.free;
        json["bytes_a_day"] = forecast.bytesADay;
        json["days_possible"] = forecast.daysPossible;
        json["full_at"] = forecast.fullAt ? nlohmann::json(base::formatUtc(*forecast.fullAt)) : nlohmann::json(nullptr);
        const bool writes = forecast.bytesADay > 0;
        table.add({volume.name + (volume.enabled ? "" : " (off)"), volume.folder.string(), inMegabytes(disk.free),
                   inMegabytes(forecast.bytesADay),
                   forecast.fullAt ? base::formatLocal(*forecast.fullAt) : "not foreseen",
                   writes ? std::to_string(forecast.daysPossible) + " days" : "", days(volume.longestDays, "no limit"),
                   days(volume.deleteEarlyDays, "never")});
        document.push_back(std::move(json));
    }
    session.show({{"volumes", std::move(document)}}, table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> addVolume(Session& session, const VolumeOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    video::ArchiveVolumes volumes{*database};
    TRY_ASSIGN(const auto volume, volumes.add(acting, options.name, options.order));
    session.show(toJson(volume), "Volume " + volume.name + " is in " + volume.folder.string() +
                                     ". Move cameras to it with: leedswatchctl archive volumes move");
    return ExitCode::Good;
}

base::Result<ExitCode> changeVolume(Session& session, const VolumeOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    video::ArchiveVolumes volumes{*database};
    TRY_ASSIGN(const auto volume, volumes.change(acting, options.name, options.order));
    session.show(toJson(volume),
                 "Volume " + volume.name + " is changed." +
                     (options.order.path ? " Its new folder counts from the station's next start." : ""));
    return ExitCode::Good;
}

base::Result<ExitCode> moveCameras(Session& session, const VolumeOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    video::ArchiveVolumes volumes{*database};
    TRY(volumes.assign(acting, options.name, options.cameras));
    session.show({{"volume", options.name}, {"cameras", options.cameras}},
                 "From now on they are recorded on volume " + options.name + "; what they have elsewhere stays there.");
    return ExitCode::Good;
}

base::Result<ExitCode> placeHold(Session& session, const HoldOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    video::HoldOrder order;
    TRY_ASSIGN(order.range.begin, base::parseTime(options.from));
    TRY_ASSIGN(order.range.end, base::parseTime(options.to));
    TRY_ASSIGN(const auto cameras, camerasNamed(*database, options.cameras));
    std::map<estate::CameraId, int> numbers;
    for (const estate::Camera& camera : cameras) {
        order.cameras.push_back(camera.id);
        numbers[camera.id] = camera.number;
    }
    order.reason = options.reason;
    video::FootageHolds holds{*database};
    TRY_ASSIGN(const auto placed, holds.place(acting, order));
    auto lost = nlohmann::json::array();
    std::string text = fmt::format("Hold {} stands.", placed.id.value());
    for (const video::LostBeforeHold& one : placed.lost) {
        lost.push_back({{"camera", numbers[one.camera]},
                        {"from", base::formatUtc(one.range.begin)},
                        {"to", base::formatUtc(one.range.end)},
                        {"rule", one.rule},
                        {"files", one.files}});
        text += fmt::format("\n  NOT held, because it was {}: camera {}, {} files between {} and {}",
                            one.beingDeleted ? "being deleted already" : "deleted before", numbers[one.camera],
                            one.files, base::formatLocal(one.range.begin), base::formatLocal(one.range.end));
    }
    session.show({{"hold", placed.id.value()}, {"gone_before", std::move(lost)}}, text);
    return ExitCode::Good;
}

base::Result<ExitCode> releaseHold(Session& session, const HoldOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    video::FootageHolds holds{*database};
    TRY(holds.release(acting, video::HoldId{options.hold}, options.reason));
    session.show({{"hold", options.hold}, {"released", true}},
                 fmt::format("Hold {} is lifted: its footage goes when its time comes.", options.hold));
    return ExitCode::Good;
}

base::Result<ExitCode> listHolds(Session& session, const HoldOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::require(acting, access::Right::PlayRecorded));
    video::FootageHolds holds{*database};
    TRY_ASSIGN(const auto list, holds.list(!options.all));
    TRY_ASSIGN(auto numbers, cameraNumbers(*database));
    auto document = nlohmann::json::array();
    Table table{{"hold", "cameras", "from", "to", "placed by", "reason", "lifted"}};
    for (const video::FootageHold& hold : list) {
        auto cameras = nlohmann::json::array();
        std::string names;
        for (const estate::CameraId camera : hold.cameras) {
            cameras.push_back(numbers[camera]);
            names += (names.empty() ? "" : ", ") + std::to_string(numbers[camera]);
        }
        const bool stands = hold.releasedBy.empty();
        table.add({std::to_string(hold.id.value()), names, base::formatLocal(hold.range.begin),
                   base::formatLocal(hold.range.end), hold.placedBy, hold.reason,
                   stands ? "no" : hold.releasedBy + ": " + hold.releaseReason});
        document.push_back({{"hold", hold.id.value()},
                            {"cameras", std::move(cameras)},
                            {"from", base::formatUtc(hold.range.begin)},
                            {"to", base::formatUtc(hold.range.end)},
                            {"reason", hold.reason},
                            {"placed_by", hold.placedBy},
                            {"placed_at", base::formatUtc(hold.placedAt)},
                            {"released_by", hold.releasedBy},
                            {"release_reason", hold.releaseReason}});
    }
    session.show({{"holds", std::move(document)}}, list.empty() ? "Nothing is held." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> showJournal(Session& session, const HoldOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::require(acting, access::Right::PlayRecorded));
    video::TimeRange range{base::UtcTime{}, session.clock.now()};
    if (!options.from.empty()) {
        TRY_ASSIGN(range.begin, base::parseTime(options.from));
    }
    if (!options.to.empty()) {
        TRY_ASSIGN(range.end, base::parseTime(options.to));
    }
    TRY_ASSIGN(const auto cameras, camerasNamed(*database, options.cameras));
    TRY_ASSIGN(auto numbers, cameraNumbers(*database));
    TRY_ASSIGN(const auto entries,
               video::deletionJournal(*database, cameras.empty() ? estate::CameraId{} : cameras.front().id, range));
    auto document = nlohmann::json::array();
    Table table{{"camera", "footage from", "to", "files", "size", "rule", "deleted"}};
    for (const video::JournalEntry& entry : entries) {
        table.add({std::to_string(numbers[entry.camera]), base::formatLocal(entry.range.begin),
                   base::formatLocal(entry.range.end), std::to_string(entry.files), inMegabytes(entry.bytes),
                   entry.rule, base::formatLocal(entry.lastAt)});
        document.push_back({{"camera", numbers[entry.camera]},
                            {"from", base::formatUtc(entry.range.begin)},
                            {"to", base::formatUtc(entry.range.end)},
                            {"files", entry.files},
                            {"bytes", entry.bytes},
                            {"rule", entry.rule},
                            {"first_deleted", base::formatUtc(entry.firstAt)},
                            {"last_deleted", base::formatUtc(entry.lastAt)}});
    }
    session.show({{"deleted", std::move(document)}}, entries.empty() ? "No rule has deleted anything." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> setPlan(Session& session, const PlanOptions& options) {
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
    TRY_ASSIGN(plan.schedule, video::WeeklySchedule::parse(options.schedule));
    TRY_ASSIGN(const auto cameras, camerasNamed(*database, options.cameras));
    TRY(plans.set(acting, cameras, plan));
    session.show({{"cameras", options.cameras}, {"mode", options.mode}},
                 fmt::format("{} cameras are recorded: {}.", cameras.size(), options.mode));
    return ExitCode::Good;
}

base::Result<ExitCode> recordNow(Session& session, const PlanOptions& options) {
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

base::Result<ExitCode> listFaults(Session& session, const HoldOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::require(acting, access::Right::WatchLive));
    estate::FaultRegister faults{*database};
    if (options.hold != 0) {
        TRY(faults.acknowledge(acting, estate::FaultId{options.hold}));
    }
    TRY_ASSIGN(const auto list, options.all ? faults.history(1'000) : faults.current());
    auto document = nlohmann::json::array();
    Table table{{"fault", "since", "ended", "what", "what to do", "acknowledged"}};
    for (const estate::Fault& fault : list) {
        table.add({std::to_string(fault.id.value()), base::formatLocal(fault.since),
                   fault.ended ? base::formatLocal(*fault.ended) : "it lasts", fault.cause, fault.message,
                   fault.acknowledgedBy.empty() ? "no" : fault.acknowledgedBy});
        document.push_back(
            {{"fault", fault.id.value()},
             {"kind", fault.kind},
             {"object", fault.object},
             {"since", base::formatUtc(fault.since)},
             {"ended", fault.ended ? nlohmann::json(base::formatUtc(*fault.ended)) : nlohmann::json(nullptr)},
             {"cause", fault.cause},
             {"message", fault.message},
             {"acknowledged_by", fault.acknowledgedBy}});
    }
    session.show({{"faults", std::move(document)}}, list.empty() ? "There is no fault." : table.text());
    return ExitCode::Good;
}

void addVolumeOptions(CLI::App& command, VolumeOptions& options) {
    command.add_option("--path", options.order.path, "The folder on the disk; absolute, and there already");
    command.add_option("--reserve-bytes", options.order.reserveBytes,
                       "Keep so much free; -1: 5 % of the disk, at least 2 GB and at most 50 GB");
    command.add_option("--longest-days", options.order.longestDays, "Keep no footage longer here; 0: no limit")
        ->check(CLI::Range(0, 3650));
    command
        .add_option("--delete-early-days", options.order.deleteEarlyDays,
                    "When the disk is full, footage older than so many days may go before its time; 0: never")
        ->check(CLI::Range(0, 3650));
}

void addVolumes(CLI::App& archive, Session& session, Command& chosen) {
    auto options = std::make_shared<VolumeOptions>();
    auto* volumes = archive.add_subcommand("volumes", "The disks that cameras are recorded on");
    volumes->require_subcommand(1);
    auto* list = volumes->add_subcommand("list", "Show them, what is free and how long it lasts");
    onCommand(*list, chosen, [&session] { return listVolumes(session); });
    auto* add = volumes->add_subcommand("add", "Take a folder on another disk as a volume");
    add->add_option("name", options->name, "What to call it")->required();
    addVolumeOptions(*add, *options);
    onCommand(*add, chosen, [&session, options] { return addVolume(session, *options); });
    auto* change = volumes->add_subcommand("change", "Change a volume");
    change->add_option("name", options->name, "Which")->required();
    addVolumeOptions(*change, *options);
    change->add_option("--enabled", options->order.enabled, "Whether it is used (true, false)");
    onCommand(*change, chosen, [&session, options] { return changeVolume(session, *options); });
    auto* move = volumes->add_subcommand("move", "Record cameras on a volume from now on");
    move->add_option("name", options->name, "Which volume")->required();
    move->add_option("--camera", options->cameras, "Camera numbers")->required()->delimiter(',');
    onCommand(*move, chosen, [&session, options] { return moveCameras(session, *options); });
}

void addHolds(CLI::App& archive, Session& session, Command& chosen) {
    auto options = std::make_shared<HoldOptions>();
    auto* hold = archive.add_subcommand("hold", "Keep footage from being deleted until the hold is lifted");
    hold->add_option("--camera", options->cameras, "Camera numbers")->required()->delimiter(',');
    hold->add_option("--from", options->from, "From this time (Europe/London if it has no offset)")->required();
    hold->add_option("--to", options->to, "To this time; it may lie ahead")->required();
    hold->add_option("--reason", options->reason, "Why")->required();
    onCommand(*hold, chosen, [&session, options] { return placeHold(session, *options); });
    auto* release = archive.add_subcommand("release", "Lift a hold (supervisors)");
    release->add_option("hold", options->hold, "Its number")->required();
    release->add_option("--reason", options->reason, "Why")->required();
    onCommand(*release, chosen, [&session, options] { return releaseHold(session, *options); });
    auto* holds = archive.add_subcommand("holds", "Show what is held");
    holds->add_flag("--all", options->all, "Those that were lifted too");
    onCommand(*holds, chosen, [&session, options] { return listHolds(session, *options); });
    auto* journal = archive.add_subcommand("journal", "Show what was deleted by rule");
    journal->add_option("--camera", options->cameras, "Only this camera")->expected(1);
    journal->add_option("--from", options->from, "Footage from this time");
    journal->add_option("--to", options->to, "Footage to this time");
    onCommand(*journal, chosen, [&session, options] { return showJournal(session, *options); });
    auto* faults = archive.add_subcommand("faults", "Show what is wrong with the installation");
    faults->add_flag("--all", options->all, "Those that are over too");
    faults->add_option("--acknowledge", options->hold, "Say that you know of this one");
    onCommand(*faults, chosen, [&session, options] { return listFaults(session, *options); });
}

void addPlans(CLI::App& archive, Session& session, Command& chosen) {
    auto options = std::make_shared<PlanOptions>();
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

}  // namespace

void addArchiveLifeCommands(CLI::App& archive, Session& session, Command& chosen) {
    addVolumes(archive, session, chosen);
    addHolds(archive, session, chosen);
    addPlans(archive, session, chosen);
}

}  // namespace leedswatch::ctl
