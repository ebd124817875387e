#pragma once

#include "estate/camera.h"
#include "store/audit_witness.h"
#include "store/database.h"
#include "video/archive_volumes.h"
#include "video/segment.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::video {

/// Why a file is deleted.
enum class DeletionRule {
    CameraDays,  ///< it is older than the camera's retention
    VolumeDays,  ///< it is older than the volume's longest allowed days
    EarlyFull,   ///< the volume is full, and its administrator allows this before the day
};

[[nodiscard]] std::string_view nameOf(DeletionRule rule);  ///< "camera-days", ...: as stored

/// From when on footage of a camera on a volume is due, and by which rule.
struct DueDate {
    base::UtcTime before;
    DeletionRule rule = DeletionRule::CameraDays;
};

/// How to delete files; all of them on one volume.
class DeletionFiles {
public:
    virtual ~DeletionFiles() = default;
    /// Error NotFound counts as done.
    [[nodiscard]] virtual base::Result<void> remove(const std::filesystem::path& path) = 0;
    [[nodiscard]] virtual base::Result<void> syncFolder(const std::filesystem::path& folder) = 0;
};

struct DeletionStep {
    std::int64_t files = 0;
    std::int64_t bytes = 0;
};

/// Deletes what is due, in steps that each hold the store's lock for milliseconds: mark the rows, unlink the files,
/// sync their folders, remove the rows. Held footage is never marked: marking and holding exclude each other by their
/// transactions. Only what the audit log vouches for is deleted, and each step is an event there; the journal sums up
/// by camera and day. After a crash the next step finishes what was marked. One thread for each volume.
class ArchiveRetention {
public:
    ArchiveRetention(store::Database& database, const store::AuditWitness& segments)
        : m_database{database}, m_segments{segments} {}

    /// Marks and deletes the oldest of that camera that is due, at most so many, with what else is marked on the
    /// volume. 0 files: nothing is due. Errors: the store's, those of `files`.
    [[nodiscard]] base::Result<DeletionStep> step(const ArchiveVolume& volume, estate::CameraId camera, DueDate due,
                                                  DeletionFiles& files, int most);
    /// Only what an earlier step left.
    [[nodiscard]] base::Result<DeletionStep> finishMarked(const ArchiveVolume& volume, DeletionFiles& files);

    /// Gaps that ended before anything that is left of the camera began, and before that time.
    [[nodiscard]] base::Result<void> forgetGaps(estate::CameraId camera, base::UtcTime before);

private:
    struct Marked;
    [[nodiscard]] base::Result<int> mark(const ArchiveVolume& volume, estate::CameraId camera, DueDate due, int most);
    [[nodiscard]] base::Result<std::vector<Marked>> marked(const ArchiveVolume& volume);
    [[nodiscard]] base::Result<void> removeRows(const ArchiveVolume& volume, const std::vector<Marked>& marked);

    store::Database& m_database;
    const store::AuditWitness& m_segments;
};

/// What was deleted by rule, by camera and day of the footage.
struct JournalEntry {
    estate::CameraId camera;
    std::int64_t day = 0;  ///< UTC days since 1970
    std::string rule;
    TimeRange range;
    std::int64_t files = 0;
    std::int64_t bytes = 0;
    base::UtcTime firstAt{};
    base::UtcTime lastAt{};
};

/// Entries whose footage touches the range, oldest first; camera 0: of all.
[[nodiscard]] base::Result<std::vector<JournalEntry>> deletionJournal(store::Database& database,
                                                                      estate::CameraId camera, TimeRange range);

}  // namespace leedswatch::video
