#pragma once

#include "rtsp/rtp.h"
#include "rtsp/session_description.h"

#include <deque>
#include <memory>

namespace leedswatch::rtsp {

/// A piece of sound that can be decoded by itself, as it was sent: an access unit of AAC, a packet's samples of G.711.
struct ReceivedSound {
    std::vector<std::byte> bytes;
    std::uint32_t timestamp = 0;  ///< of its first sample, in units of MediaDescription::clockRate
    std::uint32_t duration = 0;   ///< in the same
};

/// Puts the sound of one medium together. What a lost packet has torn is left out; what follows is given out. Whatever
/// the bytes are, memory stays bounded. One thread at a time.
class SoundDepacketizer {
public:
    /// AAC as RFC 3640 sends it ("MPEG4-GENERIC", modes AAC-hbr and AAC-lbr), G.711 as RFC 3551 does ("PCMU", "PCMA").
    /// Null for any other, and for a description that leaves out what a decoder must know.
    [[nodiscard]] static std::unique_ptr<SoundDepacketizer> create(const MediaDescription& media);
    SoundDepacketizer() = default;
    SoundDepacketizer(const SoundDepacketizer&) = delete;
    SoundDepacketizer& operator=(const SoundDepacketizer&) = delete;
    virtual ~SoundDepacketizer() = default;

    /// `afterGap`: the packet before is missing.
    virtual void add(const RtpPacket& packet, bool afterGap) = 0;
    [[nodiscard]] std::optional<ReceivedSound> take();

protected:
    /// Beyond a bound the oldest that nobody took is dropped.
    void give(ReceivedSound sound);

private:
    std::deque<ReceivedSound> m_ready;
};

}  // namespace leedswatch::rtsp
