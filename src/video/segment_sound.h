#pragma once

#include "video/ffmpeg_handles.h"
#include "video/sound.h"

#include <cstdint>
#include <vector>

namespace leedswatch::video {

/// A piece of the sound of a segment file, in samples of its format.
struct StoredSound {
    std::int64_t time = 0;  ///< by the file's clock, which is the pictures' too
    std::int64_t samples = 0;
    std::int64_t position = 0;  ///< byte in the file
    std::int32_t size = 0;      ///< bytes
};

/// The table of the sound of a segment file. A file without has no format. Not changed once it is read.
class SegmentSound {
public:
    SegmentSound() = default;
    /// The first sound of an opened file, if it is one that is carried.
    explicit SegmentSound(AVFormatContext& input);

    /// Takes note of a packet of this stream; any other is passed over.
    void note(const AVPacket& packet);

    /// Null if there is none.
    [[nodiscard]] const std::shared_ptr<const SoundFormat>& format() const { return m_format; }
    [[nodiscard]] const std::vector<StoredSound>& pieces() const { return m_pieces; }

private:
    std::shared_ptr<const SoundFormat> m_format;
    int m_stream = -1;
    AVRational m_unit{1, 1};
    std::vector<StoredSound> m_pieces;
};

}  // namespace leedswatch::video
