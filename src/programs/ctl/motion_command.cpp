#include "programs/ctl/motion_command.h"

#include "analytics/mask_run.h"
#include "programs/ctl/interruption.h"

#include <unistd.h>

#include <iostream>

namespace leedswatch::ctl {
namespace {

struct MaskOptions {
    std::filesystem::path input;
    std::filesystem::path output;
    bool isFast = false;
};

base::Result<ExitCode> runMasks(Session& session, const MaskOptions& options) {
    const Interruption interruption;
    std::stop_source stop;
    const bool showProgress = !session.options.json && ::isatty(STDERR_FILENO) != 0;
    const auto report = analytics::writeMasks(options.input, options.output,
                                              options.isFast ? analytics::Closeness::Fast : analytics::Closeness::Full,
                                              stop.get_token(), [&](std::int64_t done, std::size_t of) {
                                                  if (interruption.isAskedFor()) {
                                                      stop.request_stop();
                                                  }
                                                  if (showProgress) {
                                                      std::cerr << '\r' << done << " of " << of << std::flush;
                                                  }
                                              });
    if (showProgress) {
        std::cerr << '\r' << std::string(30, ' ') << '\r';
    }
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

}  // namespace

void addMotionCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* motion = root.add_subcommand("motion", "What the motion detector sees in pictures that lie in files");
    motion->require_subcommand(1);
    auto* masks = motion->add_subcommand("masks", "A mask of what moves for each picture of a numbered sequence");
    auto options = std::make_shared<MaskOptions>();
    masks->add_option("--input", options->input, "Folder of numbered pictures")->type_name("DIR")->required();
    masks->add_option("--output", options->output, "A new folder for the masks")->type_name("DIR")->required();
    masks->add_flag("--fast", options->isFast, "Look less closely, in two fifths of the time");
    onCommand(*masks, chosen, [&session, options] { return runMasks(session, *options); });
}

}  // namespace leedswatch::ctl
