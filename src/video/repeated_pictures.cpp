#include "video/repeated_pictures.h"

#include "video/stream_parser.h"

#include <chrono>
#include <functional>
#include <string_view>

namespace leedswatch::video {
namespace {

constexpr std::chrono::seconds kStill{3};
constexpr std::size_t kNalLengthSize = 4;

bool isSlice(VideoCodec codec, std::byte first) {
    const auto value = std::to_integer<unsigned>(first);
    if (codec == VideoCodec::H264) {
        return (value & 31U) >= 1 && (value & 31U) <= 5;
    }
    return (value >> 1U & 63U) < 32;
}

std::size_t hashOf(Bytes bytes) {
    return std::hash<std::string_view>{}({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

/// Of the coded picture alone: what stands beside it (times in SEI, parameter sets) may differ.
std::size_t hashOfSlices(const Packet& packet) {
    const Bytes bytes{*packet.bytes};
    const VideoCodec codec = packet.format->codec;
    if (codec != VideoCodec::H264 && codec != VideoCodec::H265) {
        return hashOf(bytes);
    }
    std::size_t hash = 0;
    for (std::size_t at = 0; at + kNalLengthSize < bytes.size();) {
        std::size_t length = 0;
        for (std::size_t i = 0; i < kNalLengthSize; ++i) {
            length = length << 8U | std::to_integer<std::size_t>(bytes[at + i]);
        }
        at += kNalLengthSize;
        const Bytes unit = bytes.subspan(at, std::min(length, bytes.size() - at));
        if (!unit.empty() && isSlice(codec, unit.front())) {
            hash = hash * 31 + hashOf(unit);
        }
        at += unit.size();
    }
    return hash;
}

/// What a picture has at most that says "as before" of each of its blocks of 16 by 16: a bit each, and headers.
std::size_t largestSkip(const StreamFormat& format) {
    const auto blocks =
        static_cast<std::size_t>(format.width / 16 + 1) * static_cast<std::size_t>(format.height / 16 + 1);
    return blocks / 8 + 64;
}

}  // namespace

void RepeatedPictures::reset() {
    *this = {};
}

bool RepeatedPictures::add(const Packet& packet) {
    if (!isRepeated(packet)) {
        m_stillSince = packet.arrivedAt;
        m_keyRepeated = false;
        return false;
    }
    m_keyRepeated = m_keyRepeated || packet.isKey;
    return m_keyRepeated && packet.arrivedAt - *m_stillSince >= kStill;
}

bool RepeatedPictures::isRepeated(const Packet& packet) {
    if (!packet.isKey) {
        return m_stillSince && packet.bytes->size() <= largestSkip(*packet.format);
    }
    const std::size_t hash = hashOfSlices(packet);
    const bool isKnown = m_keys[0] == hash || m_keys[1] == hash;
    m_keys = {hash, m_keys[0]};
    return m_stillSince && isKnown;
}

}  // namespace leedswatch::video
