#pragma once

#include "rtsp/client.h"
#include "video/sound.h"
#include "video/sound_clock.h"

#include <span>

namespace leedswatch::video {

/// The sound of an RTSP session: what its description says of it, and its times on the clock of the pictures. One
/// thread.
class RtspSound {
public:
    explicit RtspSound(const rtsp::MediaDescription& media);

    void picture(std::int64_t time, std::optional<base::UtcTime> cameraTime, base::SteadyTime arrivedAt) {
        m_clock.picture(time, cameraTime, arrivedAt);
    }
    /// Without what has no place on that clock.
    [[nodiscard]] std::vector<SoundPacket> convert(std::vector<rtsp::StreamSound> heard);
    /// As SourceReport::sound.
    [[nodiscard]] std::string_view name() const { return m_format ? nameOf(m_format->codec) : std::string_view{}; }

private:
    const std::shared_ptr<const SoundFormat> m_format;
    SoundClock m_clock;
};

}  // namespace leedswatch::video
