#pragma once

#include "store/database.h"
#include "video/recording_gap.h"
#include "video/segment.h"

#include <optional>
#include <vector>

namespace leedswatch::video {

/// The rows of the archive. Invariants (docs/design/recording.md):
///   1. every file under an archive folder has a row here, open or finished;
///   2. a finished row's file is on the disk, synced, with those bytes and that hash;
///   3. the order that keeps them: open row, create file, write, sync file, sync folder, finished row; and backwards:
///      mark the row, unlink, sync folder, remove the row;
///   4. from its first file on, every instant of a camera lies in a file or in a gap.
/// Thread-safe. Topic of the change feed: "archive".
class SegmentIndex {
public:
    explicit SegmentIndex(store::Database& database) : m_database{database} {}

    [[nodiscard]] std::filesystem::path archiveFolder() const;  ///< of the main volume: data folder / "archive"

    [[nodiscard]] base::Result<void> addOpen(const OpenSegment& segment);
    /// Replaces the open rows by finished ones, all in one commit.
    [[nodiscard]] base::Result<void> finish(const std::vector<Segment>& segments);
    /// The same for a file that was given up while others were recorded. `knownEnd` is when its last picture was
    /// believed to be: what is missing up to there becomes a gap (storage). Where that is not known, the camera's gaps
    /// reach over the file and are taken out of its way; false if one of them still lasts: then nothing was changed.
    [[nodiscard]] base::Result<bool> finishLate(Segment segment, std::optional<base::UtcTime> knownEnd);
    /// The open rows of files that hold nothing worth keeping; the files are removed by the caller first.
    [[nodiscard]] base::Result<void> dropOpen(const std::vector<std::filesystem::path>& files);

    [[nodiscard]] base::Result<std::vector<OpenSegment>> openSegments();
    [[nodiscard]] base::Result<std::optional<OpenSegment>> openSegmentOf(estate::CameraId camera);
    /// Finished segments that overlap the range, oldest first. Those that are being deleted are gone already.
    [[nodiscard]] base::Result<std::vector<Segment>> find(estate::CameraId camera, TimeRange range);
    /// Every one of a camera, or of all. Not for a whole city: a camera has 44,640 a month.
    [[nodiscard]] base::Result<std::vector<Segment>> all(std::optional<estate::CameraId> camera);
    /// The finished segment that begins last.
    [[nodiscard]] base::Result<std::optional<Segment>> newestOf(estate::CameraId camera);

    /// A gap that is over.
    [[nodiscard]] base::Result<void> addGap(const RecordingGap& gap);
    /// Gaps of a camera that are over, and the one that lasts in place of what was known of it; none: none lasts.
    /// `cut`: of the break that began at its beginning nothing lies behind its end, because pictures turned up that are
    /// older.
    [[nodiscard]] base::Result<void> setGaps(estate::CameraId camera, const std::vector<RecordingGap>& over,
                                             const std::optional<OpenGap>& lasting,
                                             const std::optional<TimeRange>& cut = std::nullopt);
    [[nodiscard]] base::Result<std::optional<OpenGap>> lastingGapOf(estate::CameraId camera);
    /// Gaps that touch the range, oldest first. One that still lasts reaches until now.
    [[nodiscard]] base::Result<std::vector<RecordingGap>> gaps(estate::CameraId camera, TimeRange range);
    /// After a start, once every file has its row: of a camera that was recorded and has no gap that lasts, one begins
    /// where its last file ended. One commit for all.
    [[nodiscard]] base::Result<void> beginMissingGaps();

private:
    store::Database& m_database;
};

/// Where there are pictures: overlapping and touching segments (apart by no more than `tolerance`) joined.
[[nodiscard]] std::vector<TimeRange> coverage(const std::vector<Segment>& segments,
                                              base::Microseconds tolerance = base::Microseconds{500'000});

}  // namespace leedswatch::video
