#include "programs/ctl/clip_command.h"

#include "base/local_time.h"
#include "estate/camera_registry.h"
#include "evidence/clip.h"
#include "programs/ctl/interruption.h"

#include <unistd.h>

#include <iostream>

namespace leedswatch::ctl {
namespace {

struct ClipOptions {
    int camera = 0;
    std::string from;
    std::string to;
    std::string out;
};

nlohmann::json toJson(const evidence::ClipReport& report) {
    nlohmann::json files = nlohmann::json::array();
    for (const auto& file : report.files) {
        files.push_back({{"name", file.name},
                         {"bytes", file.bytes},
                         {"sha256", base::toHex(file.sha256)},
                         {"first_shown_utc", base::formatUtc(file.firstShown)},
                         {"last_shown_utc", base::formatUtc(file.lastShown)},
                         {"frames_shown", file.framesShown},
                         {"frames_stored", file.framesStored},
                         {"preroll_frames", file.prerollFrames}});
    }
    nlohmann::json gaps = nlohmann::json::array();
    for (const auto& gap : report.gaps) {
        gaps.push_back({{"begin_utc", base::formatUtc(gap.range.begin)},
                        {"end_utc", base::formatUtc(gap.range.end)},
                        {"cause", gap.cause}});
    }
    return {{"folder", report.folder.string()},
            {"files", files},
            {"gaps", gaps},
            {"warnings", report.warnings},
            {"verified", true},
            {"manifest_sha256", base::toHex(report.manifestSha256)}};
}

std::string describe(const evidence::ClipReport& report) {
    std::string text;
    for (const auto& warning : report.warnings) {
        text += "WARNING: " + warning + "\n";
    }
    for (const auto& file : report.files) {
        text += file.name + "  " + std::to_string(file.framesShown) + " pictures, " +
                base::formatLocal(file.firstShown) + " to " + base::formatLocal(file.lastShown) + "\n";
    }
    for (const auto& gap : report.gaps) {
        text += "missing: " + base::formatLocal(gap.range.begin) + " to " + base::formatLocal(gap.range.end) + ": " +
                gap.cause + "\n";
    }
    return text + "Written to " + report.folder.string() +
           ", read again and verified. A recipient checks it there with\n" + "  sha256sum -c manifest-sha256.txt";
}

base::Result<evidence::ClipOrder> orderOf(store::Database& database, const ClipOptions& options) {
    evidence::ClipOrder order;
    TRY_ASSIGN(order.range.begin, base::parseTime(options.from));
    TRY_ASSIGN(order.range.end, base::parseTime(options.to));
    TRY_ASSIGN(order.camera, estate::CameraRegistry{database}.find(options.camera));
    order.target = options.out;
    return order;
}

base::Result<ExitCode> runClip(Session& session, const ClipOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto order, orderOf(*database, options));
    video::SegmentIndex index{*database};
    evidence::ClipCutter cutter{*database, index, session.clock};
    const Interruption interruption;
    std::stop_source stop;
    const bool showProgress = !session.options.json && ::isatty(STDERR_FILENO) != 0;
    auto report = cutter.cut(acting, order, stop.get_token(), [&](const evidence::ClipProgress& progress) {
        if (interruption.isAskedFor()) {
            stop.request_stop();
        }
        if (showProgress) {
            const bool copying = progress.phase == evidence::ClipProgress::Phase::Copying;
            std::cerr << '\r' << (copying ? "copying   " : "verifying ") << static_cast<int>(progress.fraction * 100)
                      << " %  " << std::flush;
        }
    });
    if (showProgress) {
        std::cerr << '\r' << std::string(20, ' ') << '\r';
    }
    if (!report) {
        return base::fail(std::move(report).error());
    }
    session.show(toJson(*report), describe(*report));
    for (const auto& warning : report->warnings) {
        if (session.options.json) {
            std::cerr << "leedswatchctl: " << warning << '\n';
        }
    }
    return report->warnings.empty() ? ExitCode::Good : ExitCode::Wrong;
}

}  // namespace

void addClipCommand(CLI::App& root, Session& session, Command& chosen) {
    auto* clip = root.add_subcommand("clip", "Export a range of one camera, copied bit for bit, with its manifest");
    auto options = std::make_shared<ClipOptions>();
    clip->add_option("--camera", options->camera, "The camera")
        ->type_name("NUMBER")
        ->check(CLI::Range(1, 99999))
        ->required();
    clip->add_option("--from", options->from, "The first picture is the one at or after this time (Europe/London)")
        ->type_name("TIME")
        ->required();
    clip->add_option("--to", options->to, "The last picture is the one before this time")
        ->type_name("TIME")
        ->required();
    clip->add_option("--out", options->out, "A new folder for the files")->type_name("DIR")->required();
    onCommand(*clip, chosen, [&session, options] { return runClip(session, *options); });
}

}  // namespace leedswatch::ctl
