#pragma once

#include "base/file.h"
#include "evidence/clip.h"
#include "video/ffmpeg_handles.h"
#include "video/segment_file.h"
#include "video/sound_placer.h"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace leedswatch::evidence {

/// Writes one MP4 of a clip (ftyp, mdat, moov; never fragmented). Times are set so that the first shown picture has
/// time 0: what is stored before it has negative times, which the muxer turns into an edit list that hides it. If the
/// first segment has sound the file has a track for it. One thread at a time.
class ClipWriter {
public:
    /// `origin`: the stored picture of `first` that is to be shown first.
    [[nodiscard]] static base::Result<std::unique_ptr<ClipWriter>> create(const std::filesystem::path& path,
                                                                          ClipStorage& storage,
                                                                          const video::SegmentFile& first,
                                                                          std::size_t firstShown,
                                                                          base::UtcTime firstShownTime);
    ClipWriter(const ClipWriter&) = delete;
    ClipWriter& operator=(const ClipWriter&) = delete;
    ~ClipWriter();

    /// The stored pictures that follow belong to `file`, whose first shown picture lies `start` after that of the first
    /// file.
    void beginPart(const video::SegmentFile& file, base::Microseconds start);
    [[nodiscard]] base::Result<void> add(video::PacketHandle packet);
    /// A piece of the part's sound. One that would lie over what was heard before, or that no MP4 takes, is left out:
    /// gives false.
    [[nodiscard]] base::Result<bool> addSound(video::PacketHandle packet);
    /// When a piece of the part's sound is heard, from the first shown picture (90 kHz).
    [[nodiscard]] std::int64_t heardTime(std::int64_t samples) const;
    /// The end of what is shown, from the first shown picture (90 kHz): pictures stored beyond it are hidden.
    [[nodiscard]] std::int64_t shownTime(std::int64_t pts) const { return outputTime(pts); }
    /// Writes the index, hides what lies beyond `shownLength` and waits for the disk.
    [[nodiscard]] base::Result<void> finish(std::int64_t shownLength);

private:
    ClipWriter(base::File file, ClipStorage& storage) : m_file{std::move(file)}, m_storage{storage} {}
    static int writeBlock(void* opaque, std::uint8_t* bytes, int count);
    static std::int64_t seek(void* opaque, std::int64_t offset, int whence);
    [[nodiscard]] base::Result<void> writeHeader(const video::SegmentFile& first, base::UtcTime firstShownTime);
    void addSoundTrack(const video::SoundFormat& format);
    [[nodiscard]] base::Error errorOf(int answer) const;
    [[nodiscard]] std::int64_t outputTime(std::int64_t mediaTime) const;

    base::File m_file;
    ClipStorage& m_storage;
    video::IoHandle m_io;
    video::OutputHandle m_output;
    std::optional<base::Error> m_writeError;
    const video::SegmentFile* m_part = nullptr;
    std::int64_t m_partZero = 0;   // pts of the part's first shown picture, in its own units
    std::int64_t m_partStart = 0;  // 90 kHz, on the run's clock
    std::int64_t m_origin = 0;     // 90 kHz, of the picture that is shown first, on the run's clock
    std::int64_t m_lastDts = INT64_MIN;
    std::int64_t m_lastEnd = 0;
    std::optional<video::SoundPlacer> m_sound;
    std::int64_t m_soundEnd = 0;  // 90 kHz
};

/// Sets how long the edit lists of an MP4 show its tracks, in units of the movie's time scale.
[[nodiscard]] base::Result<void> trimEditLists(base::File& file, std::int64_t shownLength);

}  // namespace leedswatch::evidence
