#pragma once

#include "base/result.h"
#include "video/ffmpeg_handles.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace leedswatch::transcode {

/// What was found broken in a recording while it was read.
struct Damage {
    std::int64_t refusedPackets = 0;   ///< that the decoder could make nothing of
    std::int64_t damagedPictures = 0;  ///< that were decoded with faults, and are shown as they are
    std::int64_t mendedTimes = 0;      ///< missing, standing still, going back or leaping by more than a minute
    std::string end = {};              ///< why it ends early, a clause; empty: it ends as it should

    [[nodiscard]] bool isAny() const { return refusedPackets + damagedPictures + mendedTimes > 0 || !end.empty(); }
    bool operator==(const Damage&) const = default;
};

/// All decoded pictures of a recording, in the order in which they are shown, the same ones each time: on one thread,
/// from the first, without ever seeking. Damage is counted and passed over. One thread at a time.
class FilmReader {
public:
    /// Errors: NotFound, Unsupported (no video in it, no decoder), Damaged (it cannot be read as what it says it is).
    [[nodiscard]] static base::Result<FilmReader> open(const std::filesystem::path& file);

    /// The next picture, until the one after it is asked for; null at the end. Its `pts` is its time in timeBase()
    /// since the first picture and grows; its pixels' shape is set if anything in the file knows it. Error: Damaged
    /// (there is not one picture in it).
    [[nodiscard]] base::Result<const AVFrame*> next();

    [[nodiscard]] AVRational timeBase() const { return stream().time_base; }
    [[nodiscard]] const Damage& damage() const { return m_damage; }
    [[nodiscard]] const char* codec() const { return avcodec_get_name(stream().codecpar->codec_id); }
    [[nodiscard]] const char* container() const { return m_input->iformat->name; }
    /// As the file has it, for progress only; nothing if it does not know.
    [[nodiscard]] std::optional<double> seconds() const;
    /// The stream's time of the first picture, which time 0 stands for; known with the first picture.
    [[nodiscard]] std::int64_t begin() const { return m_begin.value_or(0); }
    [[nodiscard]] const AVStream& stream() const { return *m_input->streams[m_stream]; }

private:
    FilmReader(std::filesystem::path file, video::InputHandle input, int stream, video::CodecContextHandle decoder);
    void feed();
    void mendTime();

    std::filesystem::path m_file;
    video::InputHandle m_input;
    int m_stream = 0;
    video::CodecContextHandle m_decoder;
    video::PacketHandle m_packet;
    video::FrameHandle m_frame;
    Damage m_damage;
    bool m_isDrained = false;
    std::int64_t m_pictures = 0;
    std::optional<std::int64_t> m_begin;
    std::int64_t m_shift = 0;  ///< what was added to the times from the last leap on
    std::int64_t m_last = 0;
    std::int64_t m_step = 1;  ///< between the last two pictures that had good times
};

}  // namespace leedswatch::transcode
