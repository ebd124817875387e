#pragma once

#include "store/database.h"
#include "video/recording_gap.h"
#include "video/segment.h"

#include <optional>
#include <vector>

namespace leedswatch::video {

/// The rows of the archive. Invariants (docs/architecture.md, "The archive"):
///   1. every file under the archive folder has a row here, open or finished;
///   2. a finished row's file is on the disk, synced, with those bytes and that hash;
///   3. the order that keeps them: open row, create file, write, sync file, sync folder, finished row.
/// Thread-safe. Topic of the change feed: "archive".
class SegmentIndex {
public:
    explicit SegmentIndex(store::Database& database) : m_database{database} {}

    [[nodiscard]] std::filesystem::path archiveFolder() const;  ///< data folder / "archive"

    [[nodiscard]] base::Result<void> addOpen(const OpenSegment& segment);
    /// Replaces the open rows by finished ones, all in one commit.
    [[nodiscard]] base::Result<void> finish(const std::vector<Segment>& segments);
    /// The open row of a file that holds nothing worth keeping; the file is removed by the caller first.
    [[nodiscard]] base::Result<void> dropOpen(const std::filesystem::path& file);

    [[nodiscard]] base::Result<std::vector<OpenSegment>> openSegments();
    [[nodiscard]] base::Result<std::optional<OpenSegment>> openSegmentOf(estate::CameraId camera);
    /// Finished segments that overlap the range, oldest first.
    [[nodiscard]] base::Result<std::vector<Segment>> find(estate::CameraId camera, TimeRange range);
    [[nodiscard]] base::Result<std::vector<Segment>> all(std::optional<estate::CameraId> camera);
    /// The finished segment that begins last.
    [[nodiscard]] base::Result<std::optional<Segment>> newestOf(estate::CameraId camera);

    [[nodiscard]] base::Result<void> addGap(const RecordingGap& gap);
    /// Gaps that touch the range, oldest first. One that still lasts has no row yet.
    [[nodiscard]] base::Result<std::vector<RecordingGap>> gaps(estate::CameraId camera, TimeRange range);

private:
    store::Database& m_database;
};

/// Where there are pictures: overlapping and touching segments (apart by no more than `tolerance`) joined.
[[nodiscard]] std::vector<TimeRange> coverage(const std::vector<Segment>& segments,
                                              base::Microseconds tolerance = base::Microseconds{500'000});

}  // namespace leedswatch::video
