#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace leedswatch::alarm {

/// A serial device with a receiver at its other end, and how it talks.
struct SerialSettings {
    enum class Framing { EightNone, SevenEven };

    std::string device;  ///< "/dev/ttyS0"
    int speed = 9'600;   ///< bits a second
    Framing framing = Framing::EightNone;
    bool operator==(const SerialSettings&) const = default;
};

/// "DEVICE[:SPEED[:7E1|8N1]]": without a framing, that which receivers have at that speed (reference 3.2): 7E1 at 1200
/// and 19200, else 8N1. Error: InvalidInput.
[[nodiscard]] base::Result<SerialSettings> parseSerialSettings(std::string_view text);

/// "HOST:PORT"; an IPv6 address stands in brackets. Error: InvalidInput.
struct HostAndPort {
    std::string host;
    int port = 0;
    bool operator==(const HostAndPort&) const = default;
};
[[nodiscard]] base::Result<HostAndPort> parseHostAndPort(std::string_view text);

}  // namespace leedswatch::alarm
