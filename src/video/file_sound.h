#pragma once

#include "video/ffmpeg_handles.h"
#include "video/sound.h"

#include <optional>
#include <utility>
#include <vector>

namespace leedswatch::video {

/// The sound of a file that is shown over and over. One thread.
class FileSound {
public:
    /// The first sound of an opened input that is carried; from now on libavformat gives its packets too. After a loop
    /// it is called again for the input that was opened anew.
    void choose(AVFormatContext& input);

    /// The newest picture: where it lies on the loops' common time line, and its time as it was given out (90 kHz).
    void picture(std::int64_t line, std::int64_t time);
    /// Takes a packet of any stream; one that is not sound's, or has no place, is passed over. `loopBegin`: where the
    /// loop in hand begins on the time line, `fileBegin`: what the file's own times begin with (both 90 kHz).
    void add(const AVPacket& packet, std::int64_t loopBegin, std::int64_t fileBegin);
    [[nodiscard]] std::vector<SoundPacket> take() { return std::exchange(m_heard, {}); }

    /// As SourceReport has them.
    [[nodiscard]] std::string_view name() const { return m_format ? nameOf(m_format->codec) : std::string_view{}; }
    [[nodiscard]] std::string_view refusal() const { return m_refusal; }

private:
    std::shared_ptr<const SoundFormat> m_format;
    std::string_view m_refusal;
    int m_stream = -1;
    AVRational m_unit{1, 1};
    std::optional<std::int64_t> m_offset;  // from the line to what was given out
    std::optional<std::int64_t> m_end;     // of what was given last
    std::vector<SoundPacket> m_heard;
};

}  // namespace leedswatch::video
