#include "rtsp/rtp.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace leedswatch::rtsp {
namespace {

constexpr std::size_t kHeader = 12;
constexpr unsigned kSenderReport = 200;
constexpr unsigned kReceiverReport = 201;
constexpr unsigned kSourceDescription = 202;
/// More than this out of order is another stream (A.1 has 3,000 and 100).
constexpr int kMostMissing = 3'000;
constexpr int kMostLate = 500;
constexpr std::int64_t kSecondsFrom1900To1970 = 2'208'988'800;

std::uint32_t read32(Bytes bytes, std::size_t at) {
    return byteAt(bytes, at) << 24U | byteAt(bytes, at + 1) << 16U | byteAt(bytes, at + 2) << 8U |
           byteAt(bytes, at + 3);
}

void write32(std::vector<std::byte>& out, std::uint32_t value) {
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        out.push_back(static_cast<std::byte>(value >> shift));
    }
}

void writeHead(std::vector<std::byte>& out, unsigned count, unsigned type, unsigned words) {
    write32(out, (0x80U | count) << 24U | type << 16U | words);
}

}  // namespace

std::optional<RtpPacket> readRtpPacket(Bytes bytes) {
    if (bytes.size() < kHeader || byteAt(bytes, 0) >> 6U != 2) {
        return std::nullopt;
    }
    RtpPacket packet;
    packet.hasMarker = (byteAt(bytes, 1) & 0x80U) != 0;
    packet.payloadType = byteAt(bytes, 1) & 0x7FU;
    packet.sequence = static_cast<std::uint16_t>(byteAt(bytes, 2) << 8U | byteAt(bytes, 3));
    packet.timestamp = read32(bytes, 4);
    packet.source = read32(bytes, 8);
    std::size_t begin = kHeader + std::size_t{4} * (byteAt(bytes, 0) & 0x0FU);
    if ((byteAt(bytes, 0) & 0x10U) != 0) {
        if (bytes.size() < begin + 4) {
            return std::nullopt;
        }
        begin += 4 + std::size_t{4} * (byteAt(bytes, begin + 2) << 8U | byteAt(bytes, begin + 3));
    }
    const bool isPadded = (byteAt(bytes, 0) & 0x20U) != 0;
    const std::size_t padding = isPadded ? byteAt(bytes, bytes.size() - 1) : 0;
    if (begin + padding > bytes.size() || (isPadded && padding == 0)) {
        return std::nullopt;
    }
    packet.payload = bytes.subspan(begin, bytes.size() - begin - padding);
    return packet;
}

std::optional<SenderReport> readSenderReport(Bytes compound) {
    while (compound.size() >= 8) {
        const std::size_t size = 4 + std::size_t{4} * (byteAt(compound, 2) << 8U | byteAt(compound, 3));
        if (byteAt(compound, 0) >> 6U != 2 || size > compound.size()) {
            return std::nullopt;
        }
        if (byteAt(compound, 1) == kSenderReport && size >= 28) {
            const std::int64_t seconds = std::int64_t{read32(compound, 8)} - kSecondsFrom1900To1970;
            const auto fraction = static_cast<std::int64_t>((std::uint64_t{read32(compound, 12)} * 1'000'000U) >> 32U);
            return SenderReport{read32(compound, 4), base::fromStored(seconds * 1'000'000 + fraction),
                                read32(compound, 16)};
        }
        compound = compound.subspan(size);
    }
    return std::nullopt;
}

Reception::Place Reception::received(const RtpPacket& packet, base::SteadyTime arrival) {
    const bool isOther = m_hasBegun && packet.source != m_source;
    const auto ahead = static_cast<std::int16_t>(packet.sequence - static_cast<std::uint16_t>(m_highest));
    if (!m_hasBegun || isOther || ahead > kMostMissing || ahead < -kMostLate) {
        const bool isFirst = !m_hasBegun;
        begin(packet);
        return isFirst ? Place::Next : Place::AnotherSource;
    }
    ++m_count;
    // A.8: the change of the way's length, in units of the stream's clock.
    const auto clock = std::chrono::duration<double>(arrival.time_since_epoch()).count() * m_clockRate;
    const auto transit = static_cast<std::int64_t>(std::fmod(clock, 4294967296.0)) - std::int64_t{packet.timestamp};
    if (m_transit) {
        const auto change = static_cast<std::int32_t>(static_cast<std::uint32_t>(transit - *m_transit));
        m_jitter += (std::abs(static_cast<double>(change)) - m_jitter) / 16;
    }
    m_transit = transit;
    if (ahead <= 0) {
        return Place::Late;
    }
    m_highest += ahead;
    return ahead == 1 ? Place::Next : Place::AfterGap;
}

void Reception::begin(const RtpPacket& packet) {
    if (m_hasBegun) {
        m_lostBefore = lost();
        m_countBefore += m_count;
    }
    m_hasBegun = true;
    m_source = packet.source;
    m_first = packet.sequence;
    m_highest = packet.sequence;
    m_count = 1;
    m_expectedAtReport = 0;
    m_countAtReport = 0;
    m_transit.reset();
    m_jitter = 0;
    m_lastReportAt.reset();
}

std::int64_t Reception::lost() const {
    // Packets that came twice can make it negative.
    return m_lostBefore + (m_hasBegun ? std::max<std::int64_t>(m_highest - m_first + 1 - m_count, 0) : 0);
}

void Reception::reported(const SenderReport& report, base::SteadyTime arrival) {
    const std::int64_t time = base::toStored(report.time) + kSecondsFrom1900To1970 * 1'000'000;
    const auto seconds = static_cast<std::uint32_t>(time / 1'000'000);
    const auto fraction =
        static_cast<std::uint32_t>((static_cast<std::uint64_t>(time % 1'000'000) << 16U) / 1'000'000U);
    m_lastReport = seconds << 16U | (fraction & 0xFFFFU);
    m_lastReportAt = arrival;
}

std::vector<std::byte> Reception::makeReport(std::uint32_t self, base::SteadyTime now) {
    const std::int64_t expected = m_hasBegun ? m_highest - m_first + 1 : 0;
    const std::int64_t expectedNow = expected - std::exchange(m_expectedAtReport, expected);
    const std::int64_t countNow = m_count - std::exchange(m_countAtReport, m_count);
    const std::int64_t lostNow = std::clamp<std::int64_t>(expectedNow - countNow, 0, expectedNow);
    const auto fraction = static_cast<std::uint32_t>(expectedNow > 0 ? lostNow * 256 / expectedNow : 0);
    const auto cumulative = static_cast<std::uint32_t>(std::clamp<std::int64_t>(expected - m_count, 0, 0x7FFFFF));
    std::uint32_t delay = 0;
    if (m_lastReportAt) {
        delay = static_cast<std::uint32_t>(std::chrono::duration<double>(now - *m_lastReportAt).count() * 65536);
    }
    std::vector<std::byte> out;
    writeHead(out, m_hasBegun ? 1 : 0, kReceiverReport, m_hasBegun ? 7 : 1);
    write32(out, self);
    if (m_hasBegun) {
        write32(out, m_source);
        write32(out, std::min(fraction, 255U) << 24U | cumulative);
        write32(out, static_cast<std::uint32_t>(m_highest));
        write32(out, static_cast<std::uint32_t>(m_jitter));
        write32(out, m_lastReportAt ? m_lastReport : 0);
        write32(out, delay);
    }
    // Section 6.5: the canonical name, and zeros to the end of a word; five words with the source.
    constexpr std::string_view kName = "leedswatch";
    writeHead(out, 1, kSourceDescription, 5);
    write32(out, self);
    out.push_back(std::byte{1});
    out.push_back(static_cast<std::byte>(kName.size()));
    for (const char letter : kName) {
        out.push_back(static_cast<std::byte>(letter));
    }
    write32(out, 0);
    return out;
}

}  // namespace leedswatch::rtsp
