#include "alarm/stranger.h"

#include <array>
#include <utility>

namespace leedswatch::alarm {

namespace {

using namespace std::string_view_literals;

// A Galaxy's own SIA blocks begin with length, function and check; TLS with a handshake record of version 3.
constexpr std::array beginnings = {
    std::pair{"GET "sv, Stranger::Http},          std::pair{"POST "sv, Stranger::Http},
    std::pair{"HEAD "sv, Stranger::Http},         std::pair{"PUT "sv, Stranger::Http},
    std::pair{"OPTIONS "sv, Stranger::Http},      std::pair{"CONNECT "sv, Stranger::Http},
    std::pair{"DELETE "sv, Stranger::Http},       std::pair{"PRI * HTTP"sv, Stranger::Http},
    std::pair{"INVITE "sv, Stranger::Sip},        std::pair{"REGISTER "sv, Stranger::Sip},
    std::pair{"SIP/2.0"sv, Stranger::Sip},        std::pair{"\x16\x03"sv, Stranger::Tls},
    std::pair{"SSH-"sv, Stranger::Ssh},           std::pair{"*1\r\n"sv, Stranger::Redis},
    std::pair{"*2\r\n"sv, Stranger::Redis},       std::pair{"\x05\x01\x81"sv, Stranger::GalaxySia},
    std::pair{"SR0"sv, Stranger::OsborneHoffman},
};

std::optional<Stranger> byBeginning(std::string_view firstBytes) {
    for (const auto& [beginning, stranger] : beginnings) {
        if (firstBytes.starts_with(beginning)) {
            return stranger;
        }
    }
    return std::nullopt;
}

}  // namespace

std::string_view nameOf(Stranger stranger) {
    switch (stranger) {
        case Stranger::Http: return "HTTP";
        case Stranger::Sip: return "SIP";
        case Stranger::Tls: return "TLS";
        case Stranger::Ssh: return "SSH";
        case Stranger::Redis: return "Redis";
        case Stranger::GalaxySia: return "Honeywell Galaxy SIA";
        case Stranger::OsborneHoffman: return "Osborne-Hoffman";
        case Stranger::Dc09: return "DC-09";
        case Stranger::Other: return "unknown";
    }
    return "";
}

std::optional<Stranger> recogniseStranger(std::string_view firstBytes) {
    if (const auto known = byBeginning(firstBytes)) {
        return known;
    }
    const bool hasLineFeed = firstBytes.find('\n') != std::string_view::npos;
    return !hasLineFeed && firstBytes.size() >= strangerDecidesBy ? std::optional{Stranger::Other} : std::nullopt;
}

std::optional<Stranger> recogniseStrangerAmongReceivers(std::string_view firstBytes) {
    if (const auto known = byBeginning(firstBytes)) {
        return known;
    }
    // "LF crc 0LLL "": the check is two bytes or four.
    const auto hasHeadOf = [&](std::size_t length) {
        return firstBytes.size() > length && firstBytes.front() == '\n' && firstBytes[length - 4] == '0' &&
               firstBytes[length] == '"';
    };
    return hasHeadOf(7) || hasHeadOf(9) ? std::optional{Stranger::Dc09} : std::nullopt;
}

}  // namespace leedswatch::alarm
