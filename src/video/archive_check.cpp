#include "video/archive_check.h"

#include "base/local_time.h"
#include "video/archive_volumes.h"
#include "video/segment_rows.h"
#include "video/volume_files.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <set>
#include <system_error>
#include <unordered_set>

namespace leedswatch::video {
namespace {

namespace fs = std::filesystem;

struct CameraDay {
    estate::CameraId camera;
    std::int64_t day = 0;
    VolumeId volume;
    std::int64_t files = 0;
    std::int64_t bytes = 0;
};

base::Result<std::vector<CameraDay>> daysToCheck(store::Database& database, const CheckOrder& order) {
    return database.read([&](soci::session& sql) -> base::Result<std::vector<CameraDay>> {
        const StoredInteger wanted = order.camera ? order.camera->value() : 0;
        const StoredInteger first = order.range ? dayOf(order.range->begin) - 1 : 0;
        const StoredInteger last = order.range ? dayOf(order.range->end) : 1'000'000;
        StoredInteger camera = 0;
        StoredInteger day = 0;
        StoredInteger volume = 0;
        StoredInteger files = 0;
        StoredInteger bytes = 0;
        soci::statement statement =
            (sql.prepare << "SELECT camera_id, day, volume_id, files, bytes FROM archive_day WHERE "
                            "(:camera = 0 OR camera_id = :camera) AND day BETWEEN :first AND :last "
                            "ORDER BY day, camera_id",
             soci::use(wanted, "camera"), soci::use(first, "first"), soci::use(last, "last"), soci::into(camera),
             soci::into(day), soci::into(volume), soci::into(files), soci::into(bytes));
        std::vector<CameraDay> days;
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            days.push_back({estate::CameraId{camera}, day, VolumeId{volume}, files, bytes});
        }
        return days;
    });
}

base::Result<std::vector<fs::path>> filesIn(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    fs::directory_iterator entry{folder, error};
    while (!error && entry != fs::directory_iterator{}) {
        if (!entry->is_directory(error)) {
            files.push_back(entry->path());
        }
        entry.increment(error);
    }
    if (error && error != std::errc::no_such_file_or_directory) {
        return base::fail(base::ErrorCode::StorageFailed, "read folder " + folder.string() + ": " + error.message());
    }
    return files;
}

// The first thing that is wrong with the row's file; empty if nothing is.
std::string problemOf(const Segment& segment, CheckDepth depth) {
    const fs::path path = segment.path();
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error) {
        return fmt::format("{}: the row says that it is there, but it cannot be read ({}), and no rule deleted it",
                           segment.file.string(), error.message());
    }
    if (size != static_cast<std::uintmax_t>(segment.bytes)) {
        return fmt::format("{}: has {} bytes and should have {}", segment.file.string(), size, segment.bytes);
    }
    if (depth == CheckDepth::Quick) {
        return {};
    }
    const auto digest = base::sha256OfFile(path);
    if (!digest) {
        return fmt::format("{}: {}", segment.file.string(), digest.error().message);
    }
    return *digest == segment.sha256
               ? std::string{}
               : fmt::format("{}: its bytes are not those that were recorded (SHA-256 {} is not {})",
                             segment.file.string(), base::toHex(*digest), base::toHex(segment.sha256));
}

/// One check, as it goes along.
class Check {
public:
    Check(store::Database& database, const CheckOrder& order) : m_database{database}, m_order{order} {}

    base::Result<ArchiveCheck> run() {
        ArchiveVolumes volumes{m_database};
        TRY_ASSIGN(m_volumes, volumes.list());
        TRY_ASSIGN(const auto days, daysToCheck(m_database, m_order));
        std::int64_t done = 0;
        for (const CameraDay& day : days) {
            TRY(checkDay(day));
            m_cameras.insert(day.camera);
            if (m_order.progress) {
                m_order.progress(++done, static_cast<std::int64_t>(days.size()), day.camera, day.day);
            }
        }
        TRY(lookForStrangers());
        TRY(countInHand());
        for (const estate::CameraId camera : m_cameras) {
            TRY(checkBalance(camera));
        }
        return std::move(m_result);
    }

private:
    base::Result<std::vector<Segment>> segmentsOf(const CameraDay& day) {
        return m_database.read([&](soci::session& sql) {
            const std::int64_t begin = day.day * kMicrosecondsOfDay;
            return selectSegments(sql, m_database.folder(),
                                  "WHERE s.camera_id = :camera AND s.begin_time >= :begin AND s.begin_time < :end "
                                  "AND s.volume_id = :volume ORDER BY s.begin_time",
                                  {day.camera.value(), begin, begin + kMicrosecondsOfDay, day.volume.value()});
        });
    }

    base::Result<std::set<std::string>> openPaths() {
        SegmentIndex index{m_database};
        TRY_ASSIGN(const auto open, index.openSegments());
        std::set<std::string> paths;
        for (const OpenSegment& segment : open) {
            paths.insert(segment.path().string());
        }
        return paths;
    }

    // A row stands before its file, and open rows are read before finished ones, so a file that is new cannot look like
    // one without a row, and one that was deleted meanwhile is asked for again.
    base::Result<void> checkDay(const CameraDay& day) {
        TRY_ASSIGN(const auto before, segmentsOf(day));
        std::set<fs::path> folders;
        for (const Segment& segment : before) {
            folders.insert(segment.path().parent_path());
        }
        std::vector<fs::path> files;
        for (const fs::path& folder : folders) {
            m_seen.insert(folder.string());
            TRY_ASSIGN(const auto found, filesIn(folder));
            files.insert(files.end(), found.begin(), found.end());
        }
        TRY_ASSIGN(const auto open, openPaths());
        TRY_ASSIGN(const auto segments, segmentsOf(day));
        std::unordered_set<std::string> known;
        for (const Segment& segment : segments) {
            known.insert(segment.path().string());
            ++m_result.files;
            m_result.bytes += segment.bytes;
            if (auto problem = problemOf(segment, m_order.depth); !problem.empty() && !goesByRule(segment.id)) {
                m_result.problems.push_back(std::move(problem));
            }
        }
        for (const fs::path& file : files) {
            if (!known.contains(file.string()) && !open.contains(file.string()) && !hasRow(file)) {
                stranger(file);
            }
        }
        return {};
    }

    /// Whether it is marked to be deleted, or has been meanwhile.
    bool goesByRule(SegmentId segment) {
        const auto goes = m_database.read([&](soci::session& sql) -> base::Result<bool> {
            const StoredInteger id = segment.value();
            int rows = 0;
            int marks = 0;
            sql << "SELECT (SELECT count(*) FROM segment WHERE id = :id), "
                   "(SELECT count(*) FROM segment_deletion WHERE segment_id = :id)",
                soci::use(id, "id"), soci::into(rows), soci::into(marks);
            return rows == 0 || marks > 0;
        });
        m_result.beingDeleted += goes && *goes ? 1 : 0;
        return goes && *goes;
    }

    /// For a file that the rows of its folder's camera and day do not name: another camera may have had its number.
    bool hasRow(const fs::path& file) {
        const auto found = m_database.read([&](soci::session& sql) -> base::Result<bool> {
            const std::string day = file.parent_path().filename().string();
            const auto begin = base::parseTime(day + "T00:00:00Z");
            if (!begin) {
                return false;
            }
            TRY_ASSIGN(
                const auto rows,
                selectSegments(sql, m_database.folder(),
                               "WHERE s.camera_id IN (SELECT camera_id FROM archive_day WHERE day = :day) "
                               "AND s.begin_time >= :begin AND s.begin_time < :end",
                               {dayOf(*begin), base::toStored(*begin), base::toStored(*begin) + kMicrosecondsOfDay}));
            return std::ranges::any_of(rows, [&](const Segment& segment) { return segment.path() == file; });
        });
        return found && *found;
    }

    void stranger(const fs::path& file) {
        std::string name = file.string();
        for (const ArchiveVolume& volume : m_volumes) {
            if (name.starts_with(volume.folder.string() + "/")) {
                name = file.lexically_relative(volume.folder).string();
            }
        }
        m_result.problems.push_back(fmt::format("{}: has no row in the archive's index", name));
    }

    /// Folders that no row names. Not when only a part is looked at: then most are none of its business.
    base::Result<void> lookForStrangers() {
        if (m_order.camera || m_order.range) {
            return {};
        }
        for (const ArchiveVolume& volume : m_volumes) {
            if (!volume.identity.empty() && !requireMark(volume)) {
                m_result.problems.push_back(requireMark(volume).error().message);
                continue;
            }
            TRY(lookBelow(volume.folder));
        }
        return {};
    }

    base::Result<void> lookBelow(const fs::path& folder) {
        if (!m_seen.contains(folder.string())) {
            TRY_ASSIGN(const auto files, filesIn(folder));
            TRY_ASSIGN(const auto open, openPaths());
            for (const fs::path& file : files) {
                const bool ours = file.filename() == volumeMarkName || open.contains(file.string()) || hasRow(file);
                if (!ours) {
                    stranger(file);
                }
            }
        }
        std::error_code error;
        for (fs::directory_iterator entry{folder, error}; !error && entry != fs::directory_iterator{};
             entry.increment(error)) {
            if (entry->is_directory(error) && !entry->is_symlink(error)) {
                TRY(lookBelow(entry->path()));
            }
        }
        return {};
    }

    base::Result<void> countInHand() {
        SegmentIndex index{m_database};
        TRY_ASSIGN(const auto open, index.openSegments());
        for (const OpenSegment& segment : open) {
            const bool counts = !m_order.camera || *m_order.camera == segment.camera;
            m_result.inHand += counts ? 1 : 0;
            m_cameras.insert(segment.camera);
        }
        if (m_order.camera) {
            m_cameras = {*m_order.camera};
        }
        return {};
    }

    base::Result<void> checkBalance(estate::CameraId camera) {
        TRY_ASSIGN(auto balance, balanceOf(m_database, camera));
        if (!balance) {
            return {};
        }
        const auto tell = [&](const std::vector<TimeRange>& ranges, const char* what) {
            for (const TimeRange& range : ranges) {
                m_result.problems.push_back(fmt::format("camera row {}: from {} to {} {}", camera.value(),
                                                        base::formatUtc(range.begin), base::formatUtc(range.end),
                                                        what));
            }
        };
        tell(balance->leftOut, "there is neither a file nor a gap");
        tell(balance->toldTwice, "there is a file and a gap");
        m_result.balances.push_back(std::move(*balance));
        return {};
    }

    store::Database& m_database;
    const CheckOrder& m_order;
    ArchiveCheck m_result;
    std::vector<ArchiveVolume> m_volumes;
    std::set<estate::CameraId> m_cameras;
    std::unordered_set<std::string> m_seen;  // folders
};

}  // namespace

base::Result<ArchiveCheck> checkArchive(store::Database& database, const CheckOrder& order) {
    return Check{database, order}.run();
}

}  // namespace leedswatch::video
