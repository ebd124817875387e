#include "simulator/control_line.h"

#include "simulator/control_words.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace leedswatch::simulator {
namespace {

using Kind = ControlCommand::Kind;
using TimeFault = ControlCommand::TimeFault;

constexpr std::array<std::pair<std::string_view, Kind>, 16> kinds{{{"stop", Kind::Stop},
                                                                   {"start", Kind::Start},
                                                                   {"reboot", Kind::Reboot},
                                                                   {"freeze", Kind::Freeze},
                                                                   {"unfreeze", Kind::Clear},
                                                                   {"clear", Kind::Clear},
                                                                   {"black", Kind::Black},
                                                                   {"noise", Kind::Noise},
                                                                   {"drop", Kind::Drop},
                                                                   {"refuse", Kind::Refuse},
                                                                   {"stall", Kind::Stall},
                                                                   {"hang", Kind::Hang},
                                                                   {"resolution", Kind::Resolution},
                                                                   {"timestamps", Kind::Timestamps},
                                                                   {"clock", Kind::Clock},
                                                                   {"status", Kind::Status}}};
constexpr std::array<std::pair<std::string_view, TimeFault>, 5> timeFaults{{{"jump", TimeFault::Jump},
                                                                            {"back", TimeFault::Back},
                                                                            {"repeat", TimeFault::Repeat},
                                                                            {"wrap", TimeFault::Wrap},
                                                                            {"drop", TimeFault::Drop}}};
constexpr int longestReboot = 3600;
constexpr int mostClock = 10 * 366 * 24 * 3600;
constexpr int mostWidth = 1920;
constexpr int mostHeight = 1080;
constexpr int mostCameras = 99999;

base::Result<ControlCommand> withSize(ControlCommand command, std::string_view text) {
    const std::size_t cross = text.find('x');
    const auto width = numberIn(text.substr(0, cross), 16, mostWidth);
    const auto height =
        cross == std::string_view::npos ? std::nullopt : numberIn(text.substr(cross + 1), 16, mostHeight);
    if (!width || !height || *width % 2 != 0 || *height % 2 != 0) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "the size must be WIDTHxHEIGHT, both even, from 16x16 to 1920x1080, as 640x360");
    }
    command.width = *width;
    command.height = *height;
    return command;
}

base::Result<ControlCommand> withSeconds(ControlCommand command, std::string_view text, int least, int most) {
    const auto seconds = least < 0 ? differenceIn(text, least, most) : numberIn(text, least, most);
    if (!seconds) {
        return base::fail(base::ErrorCode::InvalidInput, "the seconds are a whole number from " +
                                                             std::to_string(least) + " to " + std::to_string(most));
    }
    command.time = std::chrono::seconds{*seconds};
    return command;
}

base::Result<ControlCommand> withTimeFault(ControlCommand command, std::string_view text) {
    const auto fault = found(timeFaults, text);
    if (!fault) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "the faults of time stamps are jump, back, repeat, wrap and drop");
    }
    command.fault = *fault;
    return command;
}

/// What follows the camera's number; empty if nothing does.
const char* argumentOf(Kind kind) {
    switch (kind) {
        case Kind::Resolution: return "a size";
        case Kind::Reboot:
        case Kind::Clock: return "seconds";
        case Kind::Timestamps: return "a fault";
        case Kind::Stop:
        case Kind::Start:
        case Kind::Freeze:
        case Kind::Black:
        case Kind::Noise:
        case Kind::Clear:
        case Kind::Drop:
        case Kind::Refuse:
        case Kind::Stall:
        case Kind::Hang:
        case Kind::Status: break;
    }
    return "";
}

base::Result<ControlCommand> withArgument(const ControlCommand& command, std::string_view text) {
    switch (command.kind) {
        case Kind::Reboot: return withSeconds(command, text, 1, longestReboot);
        case Kind::Clock: return withSeconds(command, text, -mostClock, mostClock);
        case Kind::Timestamps: return withTimeFault(command, text);
        default: return withSize(command, text);
    }
}

}  // namespace

base::Result<ControlCommand> parseControlLine(std::string_view line) {
    const auto words = wordsOf(line);
    const auto kind = words.empty() ? std::nullopt : found(kinds, words[0]);
    if (!kind) {
        return base::fail(
            base::ErrorCode::InvalidInput,
            "the commands are stop, start, freeze, black, noise, clear, drop, refuse, stall, hang N, "
            "resolution N WxH, reboot N SECONDS, timestamps N jump|back|repeat|wrap|drop, clock N "
            "+SECONDS and status; for alarm panels: panel N ACTION, panels A-B ACTION, storm COUNT [SECONDS], "
            "day [SPEED] and stop");
    }
    ControlCommand command{*kind};
    const std::string argument = argumentOf(*kind);
    const std::size_t expected = *kind == Kind::Status ? 1 : argument.empty() ? 2 : 3;
    if (words.size() != expected) {
        return base::fail(base::ErrorCode::InvalidInput, "\"" + std::string{words[0]} + "\" takes " +
                                                             (expected == 1   ? "nothing else"
                                                              : expected == 2 ? "a camera number"
                                                                              : "a camera number and " + argument));
    }
    if (expected > 1) {
        const auto camera = numberIn(words[1], 1, mostCameras);
        if (!camera) {
            return base::fail(base::ErrorCode::InvalidInput, "a camera number is 1 to 99999");
        }
        command.camera = *camera;
    }
    return expected == 3 ? withArgument(command, words[2]) : base::Result<ControlCommand>{command};
}

}  // namespace leedswatch::simulator
