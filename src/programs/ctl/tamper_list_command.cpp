#include "programs/ctl/tamper_list_command.h"

#include "analytics/tamper_journal.h"
#include "analytics/tamper_views.h"
#include "base/local_time.h"
#include "programs/ctl/cameras_by_number.h"

#include <spdlog/fmt/fmt.h>

namespace leedswatch::ctl {
namespace {

using analytics::RecordedTamper;

struct TamperListOptions {
    std::optional<int> camera;
    std::string from;
    std::string to;
    bool lasting = false;
    std::string cameras;
    bool on = false;
    bool off = false;
};

base::Result<std::vector<RecordedTamper>> eventsAsked(store::Database& database, const Session& session,
                                                      const TamperListOptions& options) {
    std::optional<estate::CameraId> camera;
    if (options.camera) {
        TRY_ASSIGN(const auto named, camerasNamed(database, std::vector{*options.camera}));
        camera = named.front().id;
    }
    analytics::TamperJournal journal{database};
    if (options.lasting) {
        return journal.lasting(camera);
    }
    base::UtcTime from{};
    base::UtcTime until = session.clock.now() + std::chrono::hours{24};  // the station's clock may be ahead
    if (!options.from.empty()) {
        TRY_ASSIGN(from, base::parseTime(options.from));
    }
    if (!options.to.empty()) {
        TRY_ASSIGN(until, base::parseTime(options.to));
    }
    if (from >= until) {
        return base::fail(base::ErrorCode::InvalidInput, "--from is not before --to");
    }
    return journal.events(camera, from, until);
}

std::string endText(const RecordedTamper& event) {
    if (!event.until) {
        return "it lasts";
    }
    switch (event.endedBy) {
        case analytics::TamperEnd::ViewBack: return base::formatLocal(*event.until);
        case analytics::TamperEnd::OtherKind: return base::formatLocal(*event.until) + ", then otherwise";
        case analytics::TamperEnd::Accepted: return base::formatLocal(*event.until) + ", the view was accepted";
        case analytics::TamperEnd::NotWatched: return base::formatLocal(*event.until) + ", no longer watched";
    }
    return "";
}

nlohmann::json pathOf(const store::Database& database, const std::string& still) {
    return still.empty() ? nlohmann::json(nullptr) : nlohmann::json((database.folder() / still).string());
}

nlohmann::json jsonOf(const store::Database& database, const RecordedTamper& event, int camera) {
    const bool isOver = event.until.has_value();
    return {{"event", event.id},
            {"camera", camera},
            {"kind", analytics::nameOf(event.kind)},
            {"from", base::formatUtc(event.from)},
            {"until", isOver ? nlohmann::json(base::formatUtc(*event.until)) : nlohmann::json(nullptr)},
            {"ended_by", isOver ? nlohmann::json(analytics::nameOf(event.endedBy)) : nlohmann::json(nullptr)},
            {"before", pathOf(database, event.before)},
            {"after", pathOf(database, event.after)}};
}

base::Result<ExitCode> listTamper(Session& session, const TamperListOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::require(acting, access::Right::WatchLive));
    TRY_ASSIGN(const auto events, eventsAsked(*database, session, options));
    TRY_ASSIGN(auto numbers, cameraNumbers(*database));
    auto document = nlohmann::json::array();
    Table table{{"camera", "what", "since", "until", "still before", "still after"}};
    for (const RecordedTamper& event : events) {
        const int camera = numbers[event.camera];
        document.push_back(jsonOf(*database, event, camera));
        table.add({std::to_string(camera), std::string{analytics::nameOf(event.kind)}, base::formatLocal(event.from),
                   endText(event), event.before.empty() ? "none" : event.before,
                   event.after.empty() ? "none" : event.after});
    }
    session.show({{"events", std::move(document)}}, events.empty() ? "There is no tamper." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> acceptViews(Session& session, const TamperListOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::require(acting, access::Right::ManageCameras));
    TRY_ASSIGN(const auto cameras, camerasNamed(*database, options.cameras));
    analytics::TamperViews views{*database};
    auto numbers = nlohmann::json::array();
    for (const estate::Camera& camera : cameras) {
        TRY(views.accept(acting, camera));
        numbers.push_back(camera.number);
    }
    session.show({{"accepted", numbers}},
                 fmt::format("The present view of {} is the right one from now on; the station learns it.",
                             cameras.size() == 1 ? "camera " + std::to_string(cameras.front().number)
                                                 : std::to_string(cameras.size()) + " cameras"));
    return ExitCode::Good;
}

base::Result<ExitCode> watchViews(Session& session, const TamperListOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::require(acting, access::Right::ManageCameras));
    if (options.on == options.off) {
        return base::fail(base::ErrorCode::InvalidInput, "say whether with --on or with --off");
    }
    TRY_ASSIGN(const auto cameras, camerasNamed(*database, options.cameras));
    analytics::TamperViews views{*database};
    auto numbers = nlohmann::json::array();
    for (const estate::Camera& camera : cameras) {
        TRY(views.setWatched(acting, camera, options.on));
        numbers.push_back(camera.number);
    }
    session.show({{"cameras", numbers}, {"watched", options.on}},
                 fmt::format("{} cameras are {} for tamper from now on.", cameras.size(),
                             options.on ? "watched" : "not watched"));
    return ExitCode::Good;
}

}  // namespace

void addTamperListCommands(CLI::App& tamper, Session& session, Command& chosen) {
    auto options = std::make_shared<TamperListOptions>();
    auto* list = tamper.add_subcommand("list", "What kept cameras from seeing, and since when; the newest thousand");
    list->add_option("--camera", options->camera, "Of this camera alone")->type_name("N");
    auto* from = list->add_option("--from", options->from,
                                  "Not what was over before this time (Europe/London if it has "
                                  "no offset)")
                     ->type_name("TIME");
    auto* to = list->add_option("--to", options->to, "Not what began at this time or later")->type_name("TIME");
    list->add_flag("--lasting", options->lasting, "Only what lasts")->excludes(from)->excludes(to);
    onCommand(*list, chosen, [&session, options] { return listTamper(session, *options); });

    auto* accept = tamper.add_subcommand("accept", "The present view of cameras is right: the station learns it anew");
    accept->add_option("CAMERA", options->cameras, "Camera numbers, as in 7,12,100-120")->required();
    onCommand(*accept, chosen, [&session, options] { return acceptViews(session, *options); });

    auto* watch =
        tamper.add_subcommand("watch", "Whether cameras are watched for tamper; all are unless told otherwise");
    watch->add_option("CAMERA", options->cameras, "Camera numbers, as in 7,12,100-120")->required();
    watch->add_flag("--on", options->on, "Watch them again");
    watch->add_flag("--off", options->off, "Do not: they are turned by hand, or go on tours");
    onCommand(*watch, chosen, [&session, options] { return watchViews(session, *options); });
}

}  // namespace leedswatch::ctl
