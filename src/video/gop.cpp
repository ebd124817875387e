#include "video/gop.h"

#include <algorithm>
#include <utility>

namespace leedswatch::video {
namespace {

// Cameras with a "smart" codec send a key frame every few minutes; memory and what a crash may take stay bounded.
constexpr std::size_t kMostBytes = 16U << 20U;
constexpr std::int64_t kLongest = 10 * kMediaTicksPerSecond;
constexpr std::int64_t kShortestOfKeys = kMediaTicksPerSecond;
constexpr std::int64_t kLongestFrame = kMediaTicksPerSecond;
// Ten seconds of the loudest camera: 48 kHz G.711 on two channels.
constexpr std::size_t kMostSoundBytes = 1U << 20U;
constexpr std::size_t kMostSound = 4096;

}  // namespace

std::optional<Gop> GopCollector::add(Packet packet) {
    if (!m_started && !packet.isKey) {
        return std::nullopt;
    }
    std::optional<Gop> ended;
    const bool tooLong = m_started && !m_gop.packets.empty() &&
                         (m_gop.bytes >= kMostBytes || packet.time - m_gop.packets.front().time >= kLongest);
    if ((packet.isKey && endsAtKey(packet)) || (tooLong && !packet.isSecondField)) {
        ended = close(packet.time, packet.arrivedAt);
        m_gop.beginsWithKey = packet.isKey;
        m_onlyKeys = true;
    }
    m_started = true;
    m_onlyKeys = m_onlyKeys && packet.isKey;
    m_gop.bytes += packet.bytes->size();
    m_gop.packets.push_back(std::move(packet));
    return ended;
}

void GopCollector::addSound(SoundPacket sound) {
    if (m_started && m_sound.size() < kMostSound && m_soundBytes + sound.bytes->size() <= kMostSoundBytes) {
        m_soundBytes += sound.bytes->size();
        m_sound.push_back(std::move(sound));
    }
}

// Sound need not come in step with its pictures: what was heard later than the GOP stays for the next.
void GopCollector::takeSoundUntil(std::int64_t endTime) {
    const auto end = std::ranges::find_if(m_sound, [&](const SoundPacket& one) { return one.time >= endTime; });
    for (auto one = m_sound.begin(); one != end; ++one) {
        m_gop.bytes += one->bytes->size();
        m_soundBytes -= one->bytes->size();
        m_gop.sound.push_back(std::move(*one));
    }
    m_sound.erase(m_sound.begin(), end);
}

// A fragment a picture would cost more than the pictures; a second of them is as little to lose as any GOP.
bool GopCollector::endsAtKey(const Packet& key) const {
    if (m_gop.packets.empty() || !m_onlyKeys) {
        return true;
    }
    const Packet& first = m_gop.packets.front();
    return key.time - first.time >= kShortestOfKeys || key.time < first.time || *key.format != *first.format;
}

std::optional<Gop> GopCollector::flush() {
    m_started = false;
    m_onlyKeys = true;
    if (m_gop.packets.empty()) {
        return std::nullopt;
    }
    takeSoundUntil(INT64_MAX);
    const auto& packets = m_gop.packets;
    // The newest two by the time of showing: where pictures are reordered they need not have come last.
    std::int64_t last = packets.front().time;
    std::optional<std::int64_t> before;
    for (const Packet& packet : packets) {
        if (packet.time > last) {
            before = std::exchange(last, packet.time);
        } else if (packet.time < last) {
            before = before ? std::max(*before, packet.time) : packet.time;
        }
    }
    const std::int64_t frame = before ? std::clamp<std::int64_t>(last - *before, 1, kLongestFrame) : kUsualFrame;
    return close(last + frame, packets.back().arrivedAt + durationOfTicks(frame));
}

std::optional<Gop> GopCollector::close(std::int64_t endTime, base::SteadyTime endsAt) {
    if (m_gop.packets.empty()) {
        return std::nullopt;
    }
    const std::size_t usual = m_gop.packets.size();
    m_gop.endTime = endTime;
    m_gop.endsAt = endsAt;
    takeSoundUntil(endTime);
    std::optional<Gop> ended{std::exchange(m_gop, Gop{})};
    m_gop.packets.reserve(usual);
    return ended;
}

}  // namespace leedswatch::video
