#pragma once

#include "base/file.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/time.h"
#include "video/ffmpeg_handles.h"
#include "video/segment_sound.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace leedswatch::video {

/// One coded picture of a segment file, in the units of the file's media clock.
struct StoredPicture {
    std::int64_t pts = 0;
    std::int64_t dts = 0;
    std::int64_t duration = 0;
    std::int64_t position = 0;  ///< byte in the file
    std::int32_t size = 0;      ///< bytes
    bool key = false;
};

/// A file of the archive, opened for playing or copying: the table of its pictures; their bytes are read when asked
/// for. Not changed after `open`; reading is thread-safe. One segment is about a minute, so the table is small.
class SegmentFile {
public:
    enum class Extent {
        Finished,  ///< the whole file
        Growing,   ///< a recorder may be writing it: as many whole fragments as it has now
    };

    /// Errors: NotFound, StorageFailed, Unsupported (no video in it), Damaged (no picture of it can be read).
    [[nodiscard]] static base::Result<std::shared_ptr<const SegmentFile>> open(const std::filesystem::path& path,
                                                                               Extent extent);

    /// In the order in which they are stored and decoded.
    [[nodiscard]] const std::vector<StoredPicture>& pictures() const { return m_pictures; }
    /// Places in `pictures()`, in the order of showing. What was stored behind the first key frame and is shown before
    /// it rests on pictures of the file before and is not among them.
    [[nodiscard]] const std::vector<std::size_t>& shown() const { return m_shown; }
    /// Of the n-th shown picture, from the first shown one.
    [[nodiscard]] base::Microseconds timeOfShown(std::size_t n) const;
    /// From the first shown picture until the last one ends.
    [[nodiscard]] base::Microseconds length() const;
    /// The n of the picture with this pts, or the number of pictures.
    [[nodiscard]] std::size_t shownWithPts(std::int64_t pts) const;
    /// Where decoding has to start for the n-th shown picture: the last key frame shown at or before it.
    [[nodiscard]] std::size_t keyFor(std::size_t shownIndex) const;

    [[nodiscard]] base::Result<PacketHandle> read(std::size_t picture) const;
    /// What was heard, in the order of storing.
    [[nodiscard]] const SegmentSound& sound() const { return m_sound; }
    /// The bytes of the n-th piece of sound, its times in samples.
    [[nodiscard]] base::Result<PacketHandle> readSound(std::size_t piece) const;
    [[nodiscard]] const AVCodecParameters& parameters() const { return *m_parameters; }
    /// Whether decoders of `other` decode this one too: same codec, size and parameter sets, and the same of the sound.
    [[nodiscard]] bool sameFormat(const SegmentFile& other) const;
    [[nodiscard]] base::Microseconds toMicroseconds(std::int64_t mediaTime) const;
    [[nodiscard]] std::int64_t toMedia90k(std::int64_t mediaTime) const;

    [[nodiscard]] const std::filesystem::path& path() const { return m_file.path(); }
    /// Bytes that the table covers: all of a finished file, the whole fragments of a growing one.
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }
    /// SHA-256 of those bytes, read now.
    [[nodiscard]] base::Result<base::Sha256Digest> hash() const;
    /// A sentence if a part of the file could not be read; empty if all is well.
    [[nodiscard]] const std::string& damage() const { return m_damage; }

private:
    explicit SegmentFile(base::File file) : m_file{std::move(file)} {}
    [[nodiscard]] base::Result<void> readTable();
    [[nodiscard]] base::Result<PacketHandle> readBytes(std::int64_t position, std::int32_t size) const;
    [[nodiscard]] base::Result<void> learnSize();
    [[nodiscard]] base::Result<void> orderForShowing();
    [[nodiscard]] base::Result<bool> isDecodable(std::size_t picture) const;

    base::File m_file;
    std::uint64_t m_bytes = 0;
    CodecParametersHandle m_parameters;
    int m_timeBaseNumerator = 1;
    int m_timeBaseDenominator = 90'000;
    std::vector<StoredPicture> m_pictures;
    SegmentSound m_sound;
    std::vector<std::size_t> m_shown;
    std::string m_damage;
};

}  // namespace leedswatch::video
