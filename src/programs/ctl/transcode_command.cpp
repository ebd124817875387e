#include "programs/ctl/transcode_command.h"

#include "programs/ctl/interruption.h"
#include "transcode/transcode_report.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <iostream>

namespace leedswatch::ctl {
namespace {

struct TranscodeChoice {
    std::filesystem::path input;
    std::filesystem::path output;
    std::string rate = "full";
    bool keepsNoise = false;
    bool keepsBorders = false;
    int quality = 18;
    std::string preset = "medium";
    int piece = 500;
};

std::string_view verbOf(transcode::TranscodePhase phase) {
    switch (phase) {
        case transcode::TranscodePhase::Hashing: return "hashing";
        case transcode::TranscodePhase::Recalling: return "recalling";
        case transcode::TranscodePhase::Looking: return "looking";
        case transcode::TranscodePhase::Making: return "making";
        case transcode::TranscodePhase::Joining: return "joining";
        case transcode::TranscodePhase::Checking: return "checking";
    }
    return "";
}

constexpr double kBytesShown = 1e6;

/// One line that is written over, once a second of the recording or a megabyte of a file at most.
class ProgressLine {
public:
    explicit ProgressLine(bool isShown) : m_isShown{isShown} {}
    ~ProgressLine() {
        if (m_isShown) {
            std::cerr << '\r' << std::string(50, ' ') << '\r';
        }
    }
    void show(const transcode::TranscodeProgress& progress) {
        const bool isInBytes = transcode::isInBytes(progress.phase);
        const double unit = isInBytes ? kBytesShown : 1;
        const auto whole = static_cast<std::int64_t>(std::floor(progress.done / unit));
        if (!m_isShown || (whole == m_whole && progress.phase == m_phase)) {
            return;
        }
        m_whole = whole;
        m_phase = progress.phase;
        const std::string of = progress.of > 0 ? fmt::format(" of {:.0f}", progress.of / unit) : "";
        std::cerr << fmt::format("\r{:<9} {}{} {}   ", verbOf(progress.phase), whole, of, isInBytes ? "MB" : "s")
                  << std::flush;
    }

private:
    bool m_isShown;
    std::int64_t m_whole = -1;  ///< seconds or megabytes that were shown last
    transcode::TranscodePhase m_phase{};
};

base::Result<ExitCode> runTranscode(Session& session, const TranscodeChoice& choice) {
    const Interruption interruption;
    std::stop_source stop;
    transcode::TranscodeOptions options;
    options.rate = choice.rate == "half" ? transcode::FieldRate::Half : transcode::FieldRate::Full;
    options.isDenoised = !choice.keepsNoise;
    options.isCropped = !choice.keepsBorders;
    options.quality = choice.quality;
    options.preset = choice.preset;
    options.piecePictures = choice.piece;
    const auto report = [&] {
        ProgressLine line{!session.options.json && ::isatty(STDERR_FILENO) != 0};
        return transcode::transcodeFile(choice.input, choice.output, options, stop.get_token(),
                                        [&](const transcode::TranscodeProgress& progress) {
                                            if (interruption.isAskedFor()) {
                                                stop.request_stop();
                                            }
                                            line.show(progress);
                                        });
    }();
    if (!report) {
        return base::fail(report.error());
    }
    session.show(transcode::toJson(*report), transcode::describe(*report));
    return ExitCode::Good;
}

}  // namespace

void addTranscodeCommand(CLI::App& root, Session& session, Command& chosen) {
    auto* command = root.add_subcommand("transcode", "Make an old recording a clean progressive MP4");
    auto choice = std::make_shared<TranscodeChoice>();
    command->add_option("IN", choice->input, "The recording; it is only read")->required();
    command->add_option("OUT", choice->output, "A new file; OUT.report.json comes beside it")->required();
    command->add_option("--rate", choice->rate, "Of interlaced ones: a picture of each field, or of each two")
        ->check(CLI::IsMember({"full", "half"}))
        ->capture_default_str();
    command->add_flag("--no-denoise", choice->keepsNoise, "Leave the noise in");
    command->add_flag("--no-crop", choice->keepsBorders, "Leave blanking and torn lines at the edges");
    command->add_option("--quality", choice->quality, "x264's crf: smaller is better and larger")
        ->check(CLI::Range(1, 40))
        ->capture_default_str();
    command->add_option("--preset", choice->preset, "x264's preset: slower ones make smaller files")
        ->check(CLI::IsMember(
            {"ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"}))
        ->capture_default_str();
    command->add_option("--piece", choice->piece, "Pictures of IN after which a stopped run can go on")
        ->check(CLI::Range(25, 100'000))
        ->capture_default_str();
    onCommand(*command, chosen, [&session, choice] { return runTranscode(session, *choice); });
}

}  // namespace leedswatch::ctl
