#include "rtsp/packets.h"

#include "base/hash.h"

#include <algorithm>
#include <string>

namespace leedswatch::tests {

std::vector<std::byte> bytesFrom(std::string_view hexadecimal) {
    std::string digits{hexadecimal};
    std::erase(digits, ' ');
    return base::fromHex(digits).value();
}

void PacketFeeder::give(std::uint32_t timestamp, std::string_view payload, bool hasMarker, bool afterGap) {
    give(timestamp, bytesFrom(payload), hasMarker, afterGap);
}

void PacketFeeder::give(std::uint32_t timestamp, const std::vector<std::byte>& payload, bool hasMarker, bool afterGap) {
    rtsp::RtpPacket packet;
    packet.timestamp = timestamp;
    packet.hasMarker = hasMarker;
    packet.payload = payload;
    m_depacketizer->add(packet, afterGap);
}

void PacketFeeder::earnTrust(std::string_view payload) {
    // The third is open: its marker is not relied on yet when it comes, or it is given out at once.
    give(1, payload, true);
    give(2, payload, true);
    give(3, payload, true);
    while (take()) {
    }
}

}  // namespace leedswatch::tests
