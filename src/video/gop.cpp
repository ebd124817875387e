#include "video/gop.h"

#include <algorithm>
#include <utility>

namespace leedswatch::video {
namespace {

// Cameras with a "smart" codec send a key frame every few minutes; memory and what a crash may take stay bounded.
constexpr std::size_t kMostBytes = 16U << 20U;
constexpr std::int64_t kLongest = 10 * kMediaTicksPerSecond;
constexpr std::int64_t kUsualFrame = kMediaTicksPerSecond / 25;
constexpr std::int64_t kLongestFrame = kMediaTicksPerSecond;

}  // namespace

std::optional<Gop> GopCollector::add(Packet packet) {
    if (!m_started && !packet.isKey) {
        return std::nullopt;
    }
    std::optional<Gop> ended;
    const bool tooLong = m_started && !m_gop.packets.empty() &&
                         (m_gop.bytes >= kMostBytes || packet.time - m_gop.packets.front().time >= kLongest);
    if (packet.isKey || tooLong) {
        ended = close(packet.time, packet.arrivedAt);
        m_gop.beginsWithKey = packet.isKey;
    }
    m_started = true;
    m_gop.bytes += packet.bytes->size();
    m_gop.packets.push_back(std::move(packet));
    return ended;
}

std::optional<Gop> GopCollector::flush() {
    m_started = false;
    if (m_gop.packets.empty()) {
        return std::nullopt;
    }
    const auto& packets = m_gop.packets;
    const std::int64_t last = packets.back().time;
    const std::int64_t frame = packets.size() > 1
                                   ? std::clamp<std::int64_t>(last - packets[packets.size() - 2].time, 1, kLongestFrame)
                                   : kUsualFrame;
    return close(last + frame, packets.back().arrivedAt + durationOfTicks(frame));
}

std::optional<Gop> GopCollector::close(std::int64_t endTime, base::SteadyTime endsAt) {
    if (m_gop.packets.empty()) {
        return std::nullopt;
    }
    const std::size_t usual = m_gop.packets.size();
    m_gop.endTime = endTime;
    m_gop.endsAt = endsAt;
    std::optional<Gop> ended{std::exchange(m_gop, Gop{})};
    m_gop.packets.reserve(usual);
    return ended;
}

}  // namespace leedswatch::video
