#include "programs/ctl/archive_holds_command.h"

#include "base/local_time.h"
#include "estate/fault_register.h"
#include "programs/ctl/archive_text.h"
#include "programs/ctl/cameras_by_number.h"
#include "video/archive_retention.h"
#include "video/footage_holds.h"

#include <spdlog/fmt/fmt.h>

namespace leedswatch::ctl {
namespace {

struct HoldOptions {
    std::vector<int> cameras;
    std::string from;
    std::string to;
    std::string reason;
    std::int64_t hold = 0;
    bool all = false;
};

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

}  // namespace

void addArchiveHoldsCommands(CLI::App& archive, Session& session, Command& chosen) {
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

}  // namespace leedswatch::ctl
