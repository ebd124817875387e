#pragma once

#include "video/packet.h"

#include <vector>

namespace leedswatch::tests {

/// What a camera sends that looks at a wall with noise, 320x240, 25 pictures a second, a key frame every second.
/// Between those seconds somebody in a dark coat walks through its picture from the left to the right, and between
/// others something is before its lens.
struct WalkerStream {
    int seconds = 12;
    double comesAt = 6;
    double leavesAt = 10;
    double coveredAt = -1;
    double uncoveredAt = -1;
};

[[nodiscard]] std::vector<video::Packet> makePackets(const WalkerStream& stream, base::UtcTime arrival,
                                                     base::SteadyTime arrivedAt);

}  // namespace leedswatch::tests
