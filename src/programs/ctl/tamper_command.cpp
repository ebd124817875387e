#include "programs/ctl/tamper_command.h"

#include "analytics/tamper_run.h"
#include "programs/ctl/file_progress.h"
#include "programs/ctl/film_seconds.h"
#include "programs/ctl/tamper_list_command.h"

#include <iostream>

namespace leedswatch::ctl {
namespace {

struct TamperOptions {
    std::filesystem::path film;
    std::filesystem::path stills;
};

// What lasts to the end of the film ends with it.
nlohmann::json documentOf(const analytics::TamperReport& report) {
    auto events = nlohmann::json::array();
    for (const analytics::TamperEvent& event : report.events) {
        events.push_back({{"kind", analytics::nameOf(event.kind)},
                          {"start_s", toMilliseconds(event.start)},
                          {"end_s", toMilliseconds(event.end.value_or(report.seconds))}});
    }
    return {{"events", events}};
}

// Whoever scores a detector reads this with a program, so it is always the document.
base::Result<ExitCode> runTamperEvents(const Session& session, const TamperOptions& options) {
    const auto report = [&] {
        FileProgress progress{session};
        return analytics::findTamper(options.film, progress.stopToken(), [&](double seconds) {
            progress.tell(std::to_string(static_cast<int>(seconds)) + " s");
        });
    }();
    if (!report) {
        return base::fail(report.error());
    }
    if (!options.stills.empty()) {
        TRY(analytics::writeStills(*report, options.film.stem().string(), options.stills));
    }
    std::cout << documentOf(*report).dump() << '\n';
    return ExitCode::Good;
}

}  // namespace

void addTamperCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* tamper =
        root.add_subcommand("tamper", "What keeps cameras from seeing: at the station, and in films that lie in files");
    tamper->require_subcommand(1);
    auto* events = tamper->add_subcommand("events", "When and how a camera was kept from seeing, as JSON");
    auto options = std::make_shared<TamperOptions>();
    events->add_option("VIDEO", options->film, "A film, of any kind that FFmpeg reads")->required();
    events->add_option("--stills", options->stills, "Write a picture before and after each into this folder")
        ->type_name("DIR");
    addTamperListCommands(*tamper, session, chosen);
    onCommand(*events, chosen, [&session, options] { return runTamperEvents(session, *options); });
}

}  // namespace leedswatch::ctl
