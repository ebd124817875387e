#pragma once

#include "rtsp/depacketizer.h"

#include <string_view>
#include <vector>

namespace leedswatch::tests {

/// "80 60 0a": bytes in hexadecimal, apart by spaces.
[[nodiscard]] std::vector<std::byte> bytesFrom(std::string_view hexadecimal);

/// Gives a depacketizer packets as a sender would number them.
class PacketFeeder {
public:
    explicit PacketFeeder(std::string_view encoding) : m_depacketizer{rtsp::Depacketizer::create(encoding)} {}

    /// A packet of the picture at `timestamp`.
    void give(std::uint32_t timestamp, std::string_view payload, bool hasMarker = false, bool afterGap = false);
    void give(std::uint32_t timestamp, const std::vector<std::byte>& payload, bool hasMarker, bool afterGap = false);
    /// Two pictures of one packet each, with markers: the sender is trusted from then on.
    void earnTrust(std::string_view payload);
    [[nodiscard]] std::optional<rtsp::ReceivedPicture> take() { return m_depacketizer->take(); }

private:
    const std::unique_ptr<rtsp::Depacketizer> m_depacketizer;
};

}  // namespace leedswatch::tests
