#include "simulator/control_line.h"

#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace leedswatch::simulator {
namespace {

using Kind = ControlCommand::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 12> kinds{{{"stop", Kind::Stop},
                                                                   {"start", Kind::Start},
                                                                   {"freeze", Kind::Freeze},
                                                                   {"unfreeze", Kind::Clear},
                                                                   {"clear", Kind::Clear},
                                                                   {"black", Kind::Black},
                                                                   {"noise", Kind::Noise},
                                                                   {"drop", Kind::Drop},
                                                                   {"refuse", Kind::Refuse},
                                                                   {"stall", Kind::Stall},
                                                                   {"resolution", Kind::Resolution},
                                                                   {"status", Kind::Status}}};
constexpr int mostWidth = 1920;
constexpr int mostHeight = 1080;
constexpr int mostCameras = 99999;

std::vector<std::string_view> wordsOf(std::string_view line) {
    constexpr std::string_view blanks = " \t\r\n";
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t begin = line.find_first_not_of(blanks);
        if (begin == std::string_view::npos) {
            return words;
        }
        line.remove_prefix(begin);
        const std::size_t length = std::min(line.find_first_of(blanks), line.size());
        words.push_back(line.substr(0, length));
        line.remove_prefix(length);
    }
}

std::optional<int> numberIn(std::string_view text, int least, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isNumber = error == std::errc{} && end == text.data() + text.size();
    return isNumber && value >= least && value <= most ? std::optional{value} : std::nullopt;
}

std::optional<Kind> kindOf(std::string_view word) {
    for (const auto& [name, kind] : kinds) {
        if (name == word) {
            return kind;
        }
    }
    return std::nullopt;
}

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

}  // namespace

base::Result<ControlCommand> parseControlLine(std::string_view line) {
    const auto words = wordsOf(line);
    const auto kind = words.empty() ? std::nullopt : kindOf(words[0]);
    if (!kind) {
        return base::fail(
            base::ErrorCode::InvalidInput,
            "the commands are stop, start, freeze, black, noise, clear, drop, refuse, stall N, resolution "
            "N WxH and status");
    }
    ControlCommand command{*kind};
    const std::size_t expected = *kind == Kind::Status ? 1 : *kind == Kind::Resolution ? 3 : 2;
    if (words.size() != expected) {
        return base::fail(base::ErrorCode::InvalidInput, "\"" + std::string{words[0]} + "\" takes " +
                                                             (expected == 1   ? "nothing else"
                                                              : expected == 2 ? "a camera number"
                                                                              : "a camera number and a size"));
    }
    if (expected > 1) {
        const auto camera = numberIn(words[1], 1, mostCameras);
        if (!camera) {
            return base::fail(base::ErrorCode::InvalidInput, "a camera number is 1 to 99999");
        }
        command.camera = *camera;
    }
    return expected == 3 ? withSize(command, words[2]) : base::Result<ControlCommand>{command};
}

}  // namespace leedswatch::simulator
