#pragma once

#include <optional>
#include <string_view>

namespace leedswatch::alarm {

/// What else talks to an alarm port: scanners all day, and panels set to another protocol (reference 1.10, 5.10).
enum class Stranger { Http, Sip, Tls, Ssh, Redis, GalaxySia, OsborneHoffman, Dc09, Other };

[[nodiscard]] std::string_view nameOf(Stranger stranger);  ///< "HTTP", "TLS", ...: for counters and people

/// By the first bytes of a connection. Nothing while they may still become a message: they begin with a line feed, or
/// are noise on the line before one. At most `strangerDecidesBy` bytes without a line feed are listened to.
[[nodiscard]] std::optional<Stranger> recogniseStranger(std::string_view firstBytes);

/// The same at a port of receivers, whose lines need no line feed; a panel of DC-09 is a stranger there.
[[nodiscard]] std::optional<Stranger> recogniseStrangerAmongReceivers(std::string_view firstBytes);

inline constexpr std::size_t strangerDecidesBy = 64;

}  // namespace leedswatch::alarm
