#pragma once

#include "base/hash.h"
#include "video/archive_files.h"
#include "video/gop.h"

#include <memory>

namespace leedswatch::video {

/// What a file holds in whole fragments. Never counts bytes that a failed write may have left behind them.
struct SegmentContents {
    std::int64_t frames = 0;
    std::int64_t firstMediaTime = 0;  ///< of the stream; in the file times begin at 0
    std::int64_t lastMediaTime = 0;
    std::uint64_t bytes = 0;
    base::Sha256Digest sha256{};
};

/// Writes a fragmented MP4 file from front to back: what a player must know first, then one fragment for each GOP,
/// handed to the operating system when `write` returns. Hashes what it writes. Memory: one GOP, inside `write` only.
/// The two fields of a picture become one. A file may have a second track for sound; what does not fit that track is
/// left out, and is never an error. One thread.
class SegmentWriter {
public:
    /// Takes the empty file and writes its head. `sound`: of the second track; null: there is none. Errors: those of
    /// ArchiveFile, Internal.
    [[nodiscard]] static base::Result<std::unique_ptr<SegmentWriter>> create(std::unique_ptr<ArchiveFile> file,
                                                                             const Gop& first,
                                                                             std::shared_ptr<const SoundFormat> sound,
                                                                             base::UtcTime begin);
    virtual ~SegmentWriter() = default;

    /// After an error the writer is of no more use; `contents` still tells how far the file is whole.
    [[nodiscard]] virtual base::Result<void> write(const Gop& gop) = 0;
    /// Behind the last GOP: the sound of `next`, which another file begins with, that belongs to this one because it
    /// came late. A fragment of its own, if there is any.
    [[nodiscard]] virtual base::Result<void> writeLateSound(const Gop& next) = 0;
    /// Of the file's second track; null if it has none.
    [[nodiscard]] virtual const SoundFormat* soundFormat() const = 0;
    [[nodiscard]] virtual const SegmentContents& contents() const = 0;
    /// The file, to be cut to `contents().bytes` and synced.
    [[nodiscard]] virtual std::unique_ptr<ArchiveFile> release() = 0;
};

}  // namespace leedswatch::video
