#pragma once

#include "base/time.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

// As much of RTP and RTCP (RFC 3550) as a receiver of one stream needs.

namespace leedswatch::rtsp {

using Bytes = std::span<const std::byte>;

/// As a number. The caller knows that there is one.
[[nodiscard]] inline unsigned byteAt(Bytes bytes, std::size_t at) {
    return std::to_integer<unsigned>(bytes[at]);
}

/// Section 5.1. The payload looks into what was read.
struct RtpPacket {
    unsigned payloadType = 0;
    bool hasMarker = false;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint32_t source = 0;
    Bytes payload;
};

/// Nothing if the bytes are no RTP packet of version 2 or contradict themselves.
[[nodiscard]] std::optional<RtpPacket> readRtpPacket(Bytes bytes);

/// Section 6.4.1: what time the sender says it was when its stream stood at `timestamp`.
struct SenderReport {
    std::uint32_t source = 0;
    base::UtcTime time;
    std::uint32_t timestamp = 0;
};

/// The first sender report in a compound packet of RTCP.
[[nodiscard]] std::optional<SenderReport> readSenderReport(Bytes compound);

/// Follows the sequence numbers of one source (sections 6.4.1, A.1, A.3 and A.8) and writes the receiver's report.
class Reception {
public:
    enum class Place { Next, AfterGap, Late, AnotherSource };

    explicit Reception(int clockRate) : m_clockRate{clockRate} {}

    /// Where the packet stands. A late one comes behind its successors, or twice.
    Place received(const RtpPacket& packet, base::SteadyTime arrival);
    /// Packets that never came.
    [[nodiscard]] std::int64_t lost() const;
    /// For the report's "last sender report" and the delay since.
    void reported(const SenderReport& report, base::SteadyTime arrival);
    /// A compound packet: receiver report and source description. `self` is our own source.
    [[nodiscard]] std::vector<std::byte> makeReport(std::uint32_t self, base::SteadyTime now);

private:
    void begin(const RtpPacket& packet);

    const int m_clockRate;
    bool m_hasBegun = false;
    std::uint32_t m_source = 0;
    std::int64_t m_first = 0;
    std::int64_t m_highest = 0;  ///< with the cycles that the 16 bits went through
    std::int64_t m_count = 0;
    std::int64_t m_countBefore = 0;  ///< of sources that this one followed
    std::int64_t m_lostBefore = 0;
    std::int64_t m_expectedAtReport = 0;
    std::int64_t m_countAtReport = 0;
    std::optional<std::int64_t> m_transit;
    double m_jitter = 0;
    std::uint32_t m_lastReport = 0;
    std::optional<base::SteadyTime> m_lastReportAt;
};

}  // namespace leedswatch::rtsp
