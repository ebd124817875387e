#pragma once

#include "base/result.h"
#include "video/libav_input.h"

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>

// Questions about a camera's host that libavformat asks without an end or leaves open. `host` is "name", "name:port" or
// "[v6]:port".

namespace leedswatch::video {

/// "name:port" of a name as a number, "10.1.2.3:port" or "[v6]:port"; empty if there is none. May take for ever.
using LookUp = std::function<std::string(const std::string& host)>;
[[nodiscard]] std::string lookUpByDns(const std::string& host);

/// The host with its number for its name, so that nobody looks it up again: neither getaddrinfo nor libavformat's use
/// of it can be interrupted. IPv4 is preferred. Errors: Unreachable (no such name, or no answer within `limit`),
/// Cancelled.
[[nodiscard]] base::Result<std::string> numberOf(const std::string& host, const std::stop_token& stop,
                                                 std::chrono::milliseconds limit, const LookUp& lookUp = lookUpByDns);

/// A connected socket, which does not block; the caller closes it. `host` has a number and a port. Errors: Unreachable,
/// TimedOut, Cancelled.
[[nodiscard]] base::Result<int> connectTo(const std::string& host, const Patience& patience);

/// Whether somebody accepts a connection there within half a second. `host` has a number.
[[nodiscard]] bool acceptsConnections(const std::string& host, const base::Clock& clock, const std::stop_token& stop);

/// Without its port and without brackets.
[[nodiscard]] std::string nameOfHost(const std::string& host);
/// With `port` if it has none.
[[nodiscard]] std::string withPort(const std::string& host, int port);

}  // namespace leedswatch::video
