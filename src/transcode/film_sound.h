#pragma once

#include "transcode/filter_graph.h"
#include "video/ffmpeg_handles.h"

#include <deque>
#include <filesystem>
#include <optional>
#include <string>

namespace leedswatch::transcode {

/// The sound of a recording, for an MP4: as it is if players of MP4 know its coding (AAC, MP3, AC-3), else made AAC.
/// Its times are since the first picture; what was heard before that is left out. One thread.
class FilmSound {
public:
    /// `begin`: the time of the first picture in `timeBase`. Nothing if there is no sound that can be used. Errors:
    /// those of openFilm.
    [[nodiscard]] static base::Result<std::optional<FilmSound>> open(const std::filesystem::path& file,
                                                                     std::int64_t begin, AVRational timeBase);

    [[nodiscard]] const AVCodecParameters& parameters() const { return *m_parameters; }
    [[nodiscard]] AVRational timeBase() const { return m_timeBase; }
    /// "copied (aac)", "made AAC of pcm_s16le".
    [[nodiscard]] std::string description() const;
    /// The next packet, or null at the end. What is damaged is left out.
    [[nodiscard]] base::Result<video::PacketHandle> next();

private:
    explicit FilmSound(video::InputHandle input, int stream);
    [[nodiscard]] bool openCoders();
    [[nodiscard]] bool openEncoder();
    [[nodiscard]] video::PacketHandle nextCopied();
    [[nodiscard]] base::Result<void> encodeSome();
    [[nodiscard]] base::Result<void> filter(const AVFrame* sound);
    void encode(const AVFrame* sound);

    video::InputHandle m_input;
    int m_stream = 0;
    std::int64_t m_begin = 0;  ///< in the stream's time base
    AVRational m_timeBase{1, 1};
    video::CodecParametersHandle m_parameters;
    std::int64_t m_last = -1;
    // Only where it is made anew.
    video::CodecContextHandle m_decoder;
    video::CodecContextHandle m_encoder;
    std::optional<FilterGraph> m_graph;
    std::deque<video::PacketHandle> m_made;
    bool m_isDone = false;
};

}  // namespace leedswatch::transcode
