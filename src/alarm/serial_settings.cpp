#include "alarm/serial_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace leedswatch::alarm {

namespace {

constexpr std::array speeds = {300, 600, 1'200, 2'400, 4'800, 9'600, 19'200, 38'400, 57'600, 115'200};

std::optional<int> wholeNumber(std::string_view text) {
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = !text.empty() && read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return isWhole ? std::optional{number} : std::nullopt;
}

SerialSettings::Framing usualFraming(int speed) {
    return speed == 1'200 || speed == 19'200 ? SerialSettings::Framing::SevenEven : SerialSettings::Framing::EightNone;
}

}  // namespace

base::Result<SerialSettings> parseSerialSettings(std::string_view text) {
    const auto refuse = [&](std::string_view why) {
        return base::fail(base::ErrorCode::InvalidInput,
                          fmt::format("\"{}\" is no serial line of a receiver: {}. Write DEVICE, DEVICE:SPEED or "
                                      "DEVICE:SPEED:FRAMING, as in /dev/ttyS0:1200:7E1",
                                      text, why));
    };
    SerialSettings settings;
    const std::size_t first = std::min(text.find(':'), text.size());
    settings.device = text.substr(0, first);
    if (settings.device.empty()) {
        return refuse("the device is missing");
    }
    if (first == text.size()) {
        return settings;
    }
    const std::string_view rest = text.substr(first + 1);
    const std::size_t second = std::min(rest.find(':'), rest.size());
    settings.speed = wholeNumber(rest.substr(0, second)).value_or(0);
    if (std::find(speeds.begin(), speeds.end(), settings.speed) == speeds.end()) {
        return refuse("the speed is none of 300 to 115200 that there are");
    }
    settings.framing = usualFraming(settings.speed);
    if (second == rest.size()) {
        return settings;
    }
    const std::string_view framing = rest.substr(second + 1);
    if (framing != "7E1" && framing != "8N1") {
        return refuse("the framing is neither 7E1 nor 8N1");
    }
    settings.framing = framing == "7E1" ? SerialSettings::Framing::SevenEven : SerialSettings::Framing::EightNone;
    return settings;
}

base::Result<HostAndPort> parseHostAndPort(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    std::string_view host = text.substr(0, std::min(colon, text.size()));
    const int port = colon == std::string_view::npos ? 0 : wholeNumber(text.substr(colon + 1)).value_or(0);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        host = {};
    }
    if (host.empty() || port < 1 || port > 65'535) {
        return base::fail(base::ErrorCode::InvalidInput,
                          fmt::format("\"{}\" is not HOST:PORT, as in receiver.example:1025", text));
    }
    return HostAndPort{std::string{host}, port};
}

}  // namespace leedswatch::alarm
