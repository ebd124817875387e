#include "programs/ctl/motion_search_command.h"

#include "analytics/motion_journal.h"
#include "analytics/motion_search.h"
#include "analytics/watched_times.h"
#include "base/local_time.h"
#include "programs/ctl/cameras_by_number.h"
#include "programs/ctl/period_options.h"
#include "programs/ctl/zone_text.h"

#include <spdlog/fmt/fmt.h>

namespace leedswatch::ctl {
namespace {

using namespace std::chrono_literals;

constexpr auto usualPeriod = 24h;

struct SearchOptions {
    int camera = 0;
    std::string region;
    PeriodOptions period;
    std::size_t limit = 200;
};

/// The whole picture if none is named. Error: InvalidInput.
base::Result<analytics::ActivityGrid> regionOf(const SearchOptions& options) {
    if (options.region.empty()) {
        return analytics::ActivityGrid{}.set();
    }
    TRY_ASSIGN(const auto corners, cornersFrom(options.region, "ten-thousandths of the picture's width and height"));
    std::vector<estate::ZonePoint> region;
    for (const auto& [x, y] : corners) {
        region.push_back({x, y});
    }
    const analytics::ActivityGrid cells = analytics::cellsOf(region);
    if (cells.none()) {
        return base::fail(
            base::ErrorCode::InvalidInput,
            "the region \"" + options.region + "\" covers nothing of the picture; it takes three corners");
    }
    return cells;
}

std::string secondsText(base::Microseconds length) {
    return fmt::format("{:.0f} s", std::chrono::duration<double>{length}.count());
}

double hoursOf(base::Microseconds length) {
    return std::chrono::duration<double, std::ratio<3'600>>{length}.count();
}

base::Result<ExitCode> searchIt(Session& session, const SearchOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto cameras, camerasNamed(*database, std::vector{options.camera}));
    analytics::MotionQuery query;
    query.camera = cameras.front().id;
    TRY_ASSIGN(query.region, regionOf(options));
    TRY_ASSIGN(query.period, periodOf(session, options.period, usualPeriod));
    query.most = options.limit;
    TRY_ASSIGN(const auto found, analytics::searchMotion(*database, acting, query));
    auto document = nlohmann::json::array();
    Table table{{"from", "length", "busiest", "share of the region"}};
    for (const analytics::MotionMoment& moment : found.moments) {
        const double share = static_cast<double>(moment.mostCells) / static_cast<double>(query.region.count());
        document.push_back({{"from", base::formatUtc(moment.from)},
                            {"until", base::formatUtc(moment.until)},
                            {"busiest", base::formatUtc(moment.busiest)},
                            {"share", share}});
        table.add({base::formatLocal(moment.from), secondsText(moment.until - moment.from),
                   base::formatLocal(moment.busiest), fmt::format("{:.0f} %", 100 * share)});
    }
    const std::string more =
        found.isCut ? fmt::format(" These are the first {}; there are more. --from goes on, --limit asks for more.",
                                  found.moments.size())
                    : "";
    const double watched = hoursOf(analytics::lengthOf(found.watched));
    const std::string known =
        fmt::format("Of these {:.2f} hours the camera was watched for {:.2f}; of the rest nothing is known.",
                    hoursOf(query.period.end - query.period.begin), watched);
    session.show({{"moments", std::move(document)}, {"cut", found.isCut}, {"watched_h", watched}},
                 (found.moments.empty() ? "Nothing is known to have moved there.\n" : table.text()) + known + more);
    return ExitCode::Good;
}

base::Result<ExitCode> listThem(Session& session, const SearchOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(access::require(acting, access::Right::PlayRecorded));
    TRY_ASSIGN(const auto cameras, camerasNamed(*database, std::vector{options.camera}));
    TRY_ASSIGN(const auto period, periodOf(session, options.period, usualPeriod));
    TRY_ASSIGN(const auto events,
               analytics::MotionJournal{*database}.events(cameras.front().id, period.begin, period.end, options.limit));
    auto document = nlohmann::json::array();
    Table table{{"from", "length", "peak", "most of the picture", "alarm"}};
    for (const analytics::RecordedMotion& event : events) {
        document.push_back({{"from", base::formatUtc(event.from)},
                            {"until", base::formatUtc(event.until)},
                            {"goes_on", !event.isOver},
                            {"alarm", event.isAlarm},
                            {"peak", base::formatUtc(event.peak)},
                            {"peak_share", event.peakShare / 10'000.0}});
        table.add({base::formatLocal(event.from),
                   secondsText(event.until - event.from) + (event.isOver ? "" : ", goes on"),
                   base::formatLocal(event.peak), fmt::format("{:.1f} %", event.peakShare / 100.0),
                   event.isAlarm ? "yes" : ""});
    }
    session.show({{"events", std::move(document)}}, events.empty() ? "Nothing is known to have moved." : table.text());
    return ExitCode::Good;
}

void addPeriod(CLI::App& command, SearchOptions& options) {
    command.add_option("--camera", options.camera, "The camera's number")
        ->type_name("NUMBER")
        ->check(CLI::Range(1, 99999))
        ->required();
    addPeriodOptions(command, options.period, "the day");
}

}  // namespace

void addMotionSearchCommands(CLI::App& motion, Session& session, Command& chosen) {
    const auto options = std::make_shared<SearchOptions>();
    auto* list = motion.add_subcommand("list", "What moved before a camera that is watched");
    addPeriod(*list, *options);
    list->add_option("--limit", options->limit, "At most so many, the newest")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    onCommand(*list, chosen, [&session, options] { return listThem(session, *options); });

    auto* search = motion.add_subcommand("search", "When something moved in a part of a watched camera's picture");
    addPeriod(*search, *options);
    search
        ->add_option("--region", options->region,
                     "Corners in ten-thousandths of the picture's width and height; the whole picture if not named")
        ->type_name("\"X,Y X,Y X,Y\"");
    search->add_option("--limit", options->limit, "At most so many, the first")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    onCommand(*search, chosen, [&session, options] { return searchIt(session, *options); });
}

}  // namespace leedswatch::ctl
