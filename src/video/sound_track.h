#pragma once

#include "base/result.h"
#include "video/ffmpeg_handles.h"
#include "video/sound.h"
#include "video/sound_placer.h"

#include <span>

namespace leedswatch::video {

/// The sound track of a file that is being written. What cannot be placed or is refused is left out and counted: sound
/// never fails a file. One thread.
class SoundTrack {
public:
    /// Adds the track to a muxer whose head is not written yet.
    SoundTrack(AVFormatContext& muxer, std::shared_ptr<const SoundFormat> format);

    /// Those of this track's format that do not begin before `zero`, the time (90 kHz) at which the file begins.
    void write(AVFormatContext& muxer, std::span<const SoundPacket> sound, std::int64_t zero);
    [[nodiscard]] const std::shared_ptr<const SoundFormat>& format() const { return m_format; }
    [[nodiscard]] std::int64_t leftOut() const { return m_leftOut; }

    /// The name of the muxer for a file with this sound (null: none). MP4 has no G.711; QuickTime, which is the same
    /// boxes, has: docs/decisions/0314.
    [[nodiscard]] static const char* muxerFor(const SoundFormat* format);

private:
    const std::shared_ptr<const SoundFormat> m_format;
    const int m_stream;
    SoundPlacer m_placer;
    PacketHandle m_packet;
    std::int64_t m_leftOut = 0;
};

}  // namespace leedswatch::video
