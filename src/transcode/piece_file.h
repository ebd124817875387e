#pragma once

#include "base/hash.h"
#include "video/ffmpeg_handles.h"

#include <filesystem>

namespace leedswatch::transcode {

struct AvioCloser {
    void operator()(AVIOContext* io) const { avio_closep(&io); }
};
using AvioHandle = std::unique_ptr<AVIOContext, AvioCloser>;

/// A file that libavformat writes: created, never written over, and on the disk when `close` returns. One thread.
class FilmFile {
public:
    /// `format` as libavformat calls it. Error: AlreadyExists, StorageFull, StorageFailed.
    [[nodiscard]] static base::Result<FilmFile> create(const std::filesystem::path& path, const char* format);

    /// Streams are added before `begin`.
    [[nodiscard]] base::Result<AVStream*> add(const AVCodecParameters& parameters, AVRational timeBase);
    [[nodiscard]] base::Result<void> begin();
    /// Its times in the stream's time base. Takes what the packet refers to.
    [[nodiscard]] base::Result<void> write(AVPacket& packet);
    [[nodiscard]] base::Result<void> close();

private:
    FilmFile(std::filesystem::path path, AvioHandle io, video::OutputHandle output)
        : m_path{std::move(path)}, m_io{std::move(io)}, m_output{std::move(output)} {}
    [[nodiscard]] base::Result<void> check(int answer) const;

    std::filesystem::path m_path;
    AvioHandle m_io;
    video::OutputHandle m_output;
};

/// What is made of some pictures on the way to the whole: H.264 in a file of its own.
struct Piece {
    std::int64_t begin = 0;     ///< the first picture of the source
    std::int64_t end = 0;       ///< the one after the last
    std::int64_t pictures = 0;  ///< that were made
    base::Sha256Digest sha256{};
    bool operator==(const Piece&) const = default;
};

/// Pieces keep times exactly (NUT, in the encoder's time base); they are shifted by this, for the first ones of
/// decoding lie before zero.
inline constexpr std::int64_t kPieceShiftSeconds = 1000;

}  // namespace leedswatch::transcode
