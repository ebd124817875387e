#pragma once

#include "video/packet.h"
#include "video/sound.h"

#include <optional>
#include <vector>

namespace leedswatch::video {

/// Pictures from a key frame up to the next, or a piece of such a run that had grown too long for one. Where every
/// picture is a key frame (MJPEG) it is about a second of them. Its packets share one format and are shared with the
/// relay: a GOP that waits for the disk costs no second copy.
struct Gop {
    std::vector<Packet> packets;
    /// What was heard until `endTime` and belongs to no GOP before; what came late lies before the first picture. In
    /// the order of its times.
    std::vector<SoundPacket> sound;
    std::int64_t endTime = 0;   ///< 90 kHz: when the last picture stops being shown
    base::SteadyTime endsAt{};  ///< the same by the steady clock of arrival
    bool beginsWithKey = true;
    std::size_t bytes = 0;
};

/// Gathers a camera's packets into GOPs. One thread.
class GopCollector {
public:
    /// The GOP that `packet` ends, if it ends one. Pictures before the first key frame are passed over.
    [[nodiscard]] std::optional<Gop> add(Packet packet);
    /// Sound of the same session, in the order of its times. It begins and ends no GOP; beyond a bound it is lost.
    void addSound(SoundPacket sound);
    /// What is in hand when the stream ends. The next packet that counts is a key frame.
    [[nodiscard]] std::optional<Gop> flush();

private:
    [[nodiscard]] bool endsAtKey(const Packet& key) const;
    std::optional<Gop> close(std::int64_t endTime, base::SteadyTime endsAt);
    void takeSoundUntil(std::int64_t endTime);

    Gop m_gop;
    std::vector<SoundPacket> m_sound;  ///< of no GOP yet
    std::size_t m_soundBytes = 0;
    bool m_started = false;
    bool m_onlyKeys = true;  ///< what is in hand is nothing but key frames
};

}  // namespace leedswatch::video
