#pragma once

#include "access/person.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "estate/camera.h"
#include "store/database.h"
#include "video/timeline.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace leedswatch::evidence {

/// Which footage, and the folder that is to hold it. Shown are the pictures from the first one at or after
/// `range.begin` to the last one before `range.end`.
struct ClipOrder {
    estate::Camera camera;
    video::TimeRange range;
    std::filesystem::path target;  ///< must not exist, or be an empty folder; its parents are made
};

/// The sound beside the pictures of a clip's file, copied bit for bit: what was heard while its pictures are shown.
struct ClipSound {
    std::string codec;  ///< as FFmpeg calls it: "aac", "pcm_mulaw"
    int sampleRate = 0;
    int channels = 0;
    std::uint64_t bytes = 0;
};

/// One MP4: an unbroken run of pictures of one format, copied bit for bit, and the sound that was recorded with them.
struct ClipFile {
    std::string name;  ///< camera0042_20261025T003005Z.mp4: the camera and the UTC second of the first shown picture
    std::uint64_t bytes = 0;
    base::Sha256Digest sha256{};
    base::UtcTime firstShown{};
    base::UtcTime lastShown{};
    base::Microseconds shownLength{0};  ///< until the last shown picture ends, by the media clock
    base::Microseconds prerollLength{0};
    std::int64_t framesShown = 0;
    std::int64_t framesStored = 0;
    std::int64_t prerollFrames = 0;  ///< stored and hidden: from the key frame that the first shown one needs
    std::string codec;
    int width = 0;
    int height = 0;
    std::optional<ClipSound> sound;  ///< nothing: the recording has none
};

/// What became of the hash that the archive holds of a source.
enum class SourceCheck { Verified, Mismatch, StillRecording, Unreadable };
[[nodiscard]] std::string_view nameOf(SourceCheck check);  ///< "verified", ...: as in the manifest

struct ClipSource {
    std::filesystem::path folder;  ///< of its volume
    std::filesystem::path file;    ///< relative to it
    video::TimeRange range;
    SourceCheck check = SourceCheck::Unreadable;
    std::optional<base::Sha256Digest> archived;  ///< as hashed when it was recorded
    std::optional<base::Sha256Digest>
        read;  ///< as read for this clip; of a file still recorded, of its whole fragments
};

struct ClipReport {
    std::filesystem::path folder;
    std::vector<ClipFile> files;
    std::vector<ClipSource> sources;
    std::vector<video::Gap> gaps;         ///< parts of the range that have no picture, the ends of the range too
    std::vector<std::string> warnings;    ///< sentences that the person who exports must read
    base::Sha256Digest manifestSha256{};  ///< of manifest.json
    [[nodiscard]] std::int64_t framesShown() const;
    [[nodiscard]] std::uint64_t bytes() const;
};

struct ClipProgress {
    enum class Phase { Copying, Verifying, Finishing } phase = Phase::Copying;
    double fraction = 0;  ///< of the phase
};

/// Before an export: what would be in it. From the index alone, so it is quick.
struct ClipEstimate {
    video::RecordedTimeline timeline;
    std::uint64_t bytes = 0;  ///< about
};

/// The disk that a clip is written to; a test puts one that fills up in its place.
class ClipStorage {
public:
    virtual ~ClipStorage() = default;
    [[nodiscard]] virtual base::Result<std::uint64_t> freeSpace(const std::filesystem::path& folder);
    [[nodiscard]] virtual base::Result<void> write(base::File& file, std::span<const std::byte> bytes);
};

/// Cuts clips out of the archive. It writes into a hidden folder beside the target, reads every file again and decodes
/// it, and only then gives the folder its name: there is a whole, verified clip or none. What a killed export left
/// beside the target is removed by the next one. Thread-safe.
class ClipCutter {
public:
    ClipCutter(store::Database& database, video::SegmentIndex& index, const base::Clock& clock)
        : ClipCutter{database, index, clock, m_disk} {}
    ClipCutter(store::Database& database, video::SegmentIndex& index, const base::Clock& clock, ClipStorage& storage)
        : m_database{database}, m_index{index}, m_clock{clock}, m_storage{storage} {}
    ClipCutter(const ClipCutter&) = delete;
    ClipCutter& operator=(const ClipCutter&) = delete;

    /// Errors: InvalidInput (an empty range), NotFound (nothing recorded: names what is nearest).
    [[nodiscard]] base::Result<ClipEstimate> estimate(const estate::Camera& camera, video::TimeRange range);

    /// Takes as long as reading the footage twice and decoding it once. `progress` is called on this thread.
    /// Errors: NotPermitted (the right ExportFootage), InvalidInput, NotFound, AlreadyExists (the target), StorageFull
    /// (says how much is needed), StorageFailed, Cancelled, Damaged (what was written is not what it must be). After
    /// any of them nothing is left behind. A source whose bytes are not those that were recorded is no error: the
    /// manifest and the warnings say it. Audited as "clip.exported".
    [[nodiscard]] base::Result<ClipReport> cut(const access::Acting& acting, const ClipOrder& order,
                                               const std::stop_token& stop = {},
                                               const std::function<void(const ClipProgress&)>& progress = {});

private:
    void removeRemains(const access::Acting& acting, const ClipOrder& order);
    [[nodiscard]] base::Result<void> publish(const access::Acting& acting, const ClipOrder& order,
                                             const std::filesystem::path& part, const ClipReport& report);

    store::Database& m_database;
    video::SegmentIndex& m_index;
    const base::Clock& m_clock;
    ClipStorage m_disk;
    ClipStorage& m_storage;
};

/// "camera0042_20261025T003005Z", the name for a folder or a file that begins at that instant.
[[nodiscard]] std::string clipName(int cameraNumber, base::UtcTime begin);

}  // namespace leedswatch::evidence
