#pragma once

#include "base/result.h"
#include "video/ffmpeg_handles.h"

#include <functional>
#include <optional>
#include <string>

namespace leedswatch::transcode {

/// How H.264 is made of clean pictures.
struct FilmSettings {
    std::string preset = "medium";  ///< of x264
    int quality = 18;               ///< of x264 (crf): smaller is better; 18 can hardly be told from its source
    AVRational pictureRate{25, 1};
    int threads = 4;      ///< always as many, for the bytes depend on it
    bool isLive = false;  ///< no B-frames, nothing held back, parameter sets in the stream
};

/// Encodes pictures of 8 bits, 4:2:0 with libx264: closed GOPs of two seconds. One thread at a time.
class FilmEncoder {
public:
    using Take = std::function<base::Result<void>(AVPacket&)>;

    /// For pictures like the first one, whose times are in `timeBase`. Error: Unsupported.
    [[nodiscard]] static base::Result<FilmEncoder> create(const AVFrame& first, AVRational timeBase,
                                                          const FilmSettings& settings);

    /// Gives what is ready to `take`, with times in timeBase(). Errors: Internal; those of `take`.
    [[nodiscard]] base::Result<void> put(AVFrame& picture, const Take& take);
    [[nodiscard]] base::Result<void> finish(const Take& take);

    [[nodiscard]] const AVCodecContext& context() const { return *m_encoder; }

private:
    FilmEncoder(video::CodecContextHandle encoder, bool isLive);
    [[nodiscard]] base::Result<void> send(const AVFrame* picture, const Take& take);

    video::CodecContextHandle m_encoder;
    video::PacketHandle m_packet;
    bool m_isLive;
    std::optional<std::int64_t> m_lastKey;
};

}  // namespace leedswatch::transcode
