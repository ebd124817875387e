#include "programs/ctl/motion_command.h"

#include "analytics/mask_run.h"
#include "analytics/motion_run.h"
#include "programs/ctl/file_progress.h"
#include "programs/ctl/film_seconds.h"
#include "programs/ctl/motion_plan_command.h"
#include "programs/ctl/motion_search_command.h"
#include "programs/ctl/zone_text.h"

#include <iostream>

namespace leedswatch::ctl {
namespace {

struct MaskOptions {
    std::filesystem::path input;
    std::filesystem::path output;
    bool isFast = false;
};

base::Result<ExitCode> runMasks(Session& session, const MaskOptions& options) {
    const auto report = [&] {
        FileProgress progress{session};
        return analytics::writeMasks(options.input, options.output,
                                     options.isFast ? analytics::Closeness::Fast : analytics::Closeness::Full,
                                     progress.stopToken(), [&](std::int64_t done, std::size_t of) {
                                         progress.tell(std::to_string(done) + " of " + std::to_string(of));
                                     });
    }();
    if (!report) {
        return base::fail(report.error());
    }
    session.show({{"pictures", report->pictures},
                  {"width", report->width},
                  {"height", report->height},
                  {"output", options.output.string()}},
                 std::to_string(report->pictures) + " masks of " + std::to_string(report->width) + "x" +
                     std::to_string(report->height) + " written to " + options.output.string());
    return ExitCode::Good;
}

struct EventOptions {
    std::filesystem::path film;
    std::vector<std::string> included;
    std::vector<std::string> excluded;
    analytics::MotionRule rule;
    std::optional<int> leastHeightFar;
};

/// Error: InvalidInput. "10,20 200,20 200,90"
base::Result<analytics::PixelZone> zoneFrom(const std::string& text, analytics::MotionZone::Kind kind) {
    TRY_ASSIGN(const auto corners, cornersFrom(text, "the film's pixels"));
    analytics::PixelZone zone{kind, {}};
    for (const auto& [x, y] : corners) {
        zone.corners.push_back({x, y});
    }
    return zone;
}

base::Result<std::vector<analytics::PixelZone>> zonesOf(const EventOptions& options) {
    std::vector<analytics::PixelZone> zones;
    for (const std::string& text : options.included) {
        TRY_ASSIGN(zones.emplace_back(), zoneFrom(text, analytics::MotionZone::Kind::Include));
    }
    for (const std::string& text : options.excluded) {
        TRY_ASSIGN(zones.emplace_back(), zoneFrom(text, analytics::MotionZone::Kind::Exclude));
    }
    return zones;
}

nlohmann::json documentOf(const std::vector<analytics::MotionEvent>& found) {
    auto events = nlohmann::json::array();
    for (const analytics::MotionEvent& event : found) {
        auto boxes = nlohmann::json::array();
        for (const analytics::MotionSighting& seen : event.sightings) {
            boxes.push_back({{"at_s", toMilliseconds(seen.seconds)},
                             {"box", {seen.box.left, seen.box.top, seen.box.width, seen.box.height}}});
        }
        events.push_back({{"kind", "motion"},
                          {"start_s", toMilliseconds(event.start)},
                          {"end_s", toMilliseconds(event.end)},
                          {"peak_s", toMilliseconds(event.peak)},
                          {"peak_share", event.peakShare / 10'000.0},
                          {"boxes", boxes}});
    }
    return {{"events", events}};
}

// Whoever scores a detector reads this with a program, so it is always the document.
base::Result<ExitCode> runEvents(const Session& session, const EventOptions& options) {
    TRY_ASSIGN(const auto zones, zonesOf(options));
    analytics::MotionRule rule = options.rule;
    rule.leastHeight.atTop = options.leastHeightFar.value_or(rule.leastHeight.atBottom);
    const auto events = [&] {
        FileProgress progress{session};
        return analytics::findMotion(options.film, rule, zones, progress.stopToken(),
                                     [&](double seconds, std::optional<double> of) {
                                         progress.tell(std::to_string(std::lround(seconds)) +
                                                       (of ? " of " + std::to_string(std::lround(*of)) : "") + " s");
                                     });
    }();
    if (!events) {
        return base::fail(events.error());
    }
    std::cout << documentOf(*events).dump() << '\n';
    return ExitCode::Good;
}

void addEvents(CLI::App& motion, Session& session, Command& chosen) {
    auto* events = motion.add_subcommand("events", "When things move through a film's picture, as JSON");
    auto options = std::make_shared<EventOptions>();
    events->add_option("VIDEO", options->film, "A film, of any kind that FFmpeg reads")->required();
    events->add_option("--include", options->included, "Only what is in this zone counts: its corners in pixels")
        ->type_name("\"X,Y X,Y X,Y\"");
    events->add_option("--exclude", options->excluded, "What is in this zone does not count")
        ->type_name("\"X,Y X,Y X,Y\"");
    events->add_option("--sensitivity", options->rule.sensitivity, "1 to 100")->capture_default_str();
    events
        ->add_option("--least-height", options->rule.leastHeight.atBottom,
                     "The least thing that counts, in ten-thousandths of the picture's height")
        ->capture_default_str();
    events->add_option("--least-height-far", options->leastHeightFar,
                       "The same for what is far away, at the picture's top; without it, the same everywhere");
    onCommand(*events, chosen, [&session, options] { return runEvents(session, *options); });
}

}  // namespace

void addMotionCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* motion = root.add_subcommand(
        "motion", "How cameras are watched for motion, and what the detector sees in pictures that lie in files");
    motion->require_subcommand(1);
    auto* masks = motion->add_subcommand("masks", "A mask of what moves for each picture of a numbered sequence");
    auto options = std::make_shared<MaskOptions>();
    masks->add_option("--input", options->input, "Folder of numbered pictures")->type_name("DIR")->required();
    masks->add_option("--output", options->output, "A new folder for the masks")->type_name("DIR")->required();
    masks->add_flag("--fast", options->isFast, "Look less closely, in two fifths of the time");
    addEvents(*motion, session, chosen);
    addMotionPlanCommands(*motion, session, chosen);
    addMotionSearchCommands(*motion, session, chosen);
    onCommand(*masks, chosen, [&session, options] { return runMasks(session, *options); });
}

}  // namespace leedswatch::ctl
