#include "video/archive_retention.h"

#include "store/audit_run.h"
#include "video/footage_holds.h"
#include "video/segment_rows.h"

#include <algorithm>
#include <map>
#include <set>

namespace leedswatch::video {
namespace {

// No file is longer, so a file that ends in a free time began at most this long before it.
constexpr base::Microseconds kLongestFile = std::chrono::hours{1};

/// The times before `end` that no hold touches, oldest first.
std::vector<TimeRange> freeTimes(const std::vector<TimeRange>& held, base::UtcTime end) {
    std::vector<TimeRange> freeOnes;
    base::UtcTime from{};
    for (const TimeRange& one : held) {
        if (one.begin > from) {
            freeOnes.push_back({from, one.begin});
        }
        from = std::max(from, one.end);
    }
    if (from < end) {
        freeOnes.push_back({from, end});
    }
    return freeOnes;
}

/// Whole files inside the free time, vouched for and not marked yet.
base::Result<std::vector<Segment>> dueIn(soci::session& sql, const std::filesystem::path& dataFolder,
                                         const ArchiveVolume& volume, estate::CameraId camera, TimeRange time,
                                         std::int64_t most) {
    return selectSegments(sql, dataFolder,
                          "WHERE s.camera_id = :camera AND s.volume_id = :volume AND s.begin_time >= :from "
                          "AND s.begin_time < :to AND s.begin_time + s.duration <= :end "
                          "AND s.id <= (SELECT coalesce(max(last), 0) FROM segment_run) "
                          "AND s.id NOT IN (SELECT segment_id FROM segment_deletion) "
                          "ORDER BY s.begin_time LIMIT :most",
                          {camera.value(), volume.id.value(), base::toStored(time.begin), base::toStored(time.end),
                           base::toStored(time.end), most});
}

void addToJournal(soci::session& sql, const Segment& segment, const std::string& rule, base::UtcTime at) {
    const StoredInteger camera = segment.camera.value();
    const StoredInteger day = dayOf(segment.begin);
    const StoredInteger begin = base::toStored(segment.begin);
    const StoredInteger end = base::toStored(segment.end);
    const StoredInteger bytes = segment.bytes;
    const StoredInteger now = base::toStored(at);
    sql << "INSERT INTO deletion_journal (camera_id, day, rule, begin_time, end_time, files, bytes, first_at, last_at) "
           "VALUES (:camera, :day, :rule, :begin, :end, 1, :bytes, :now, :now) ON CONFLICT (camera_id, day, rule) "
           "DO UPDATE SET begin_time = min(begin_time, excluded.begin_time), "
           "end_time = max(end_time, excluded.end_time), files = files + 1, bytes = bytes + excluded.bytes, "
           "last_at = excluded.last_at",
        soci::use(camera, "camera"), soci::use(day, "day"), soci::use(rule, "rule"), soci::use(begin, "begin"),
        soci::use(end, "end"), soci::use(bytes, "bytes"), soci::use(now, "now");
}

store::AuditEvent deletionEvent(const ArchiveVolume& volume, std::int64_t files, std::int64_t bytes,
                                const std::map<std::string, std::int64_t>& rules) {
    store::AuditEvent event;
    event.who = "station";
    event.action = "archive.deleted";
    event.object = "volume " + volume.name;
    event.details = {{"files", files}, {"bytes", bytes}, {"rules", rules}};
    return event;
}

}  // namespace

struct ArchiveRetention::Marked {
    Segment segment;
    std::string rule;
};

std::string_view nameOf(DeletionRule rule) {
    switch (rule) {
        case DeletionRule::CameraDays: return "camera-days";
        case DeletionRule::VolumeDays: return "volume-days";
        case DeletionRule::EarlyFull: return "early-full";
    }
    return "camera-days";
}

base::Result<DeletionStep> ArchiveRetention::step(const ArchiveVolume& volume, estate::CameraId camera, DueDate due,
                                                  DeletionFiles& files, int most) {
    TRY_ASSIGN(const int marked, mark(volume, camera, due, most));
    if (marked == 0) {
        return DeletionStep{};
    }
    return finishMarked(volume, files);
}

base::Result<int> ArchiveRetention::mark(const ArchiveVolume& volume, estate::CameraId camera, DueDate due, int most) {
    // Most of the time nothing is due: asked without the write lock first.
    TRY_ASSIGN(const bool any, m_database.read([&](soci::session& sql) -> base::Result<bool> {
        TRY_ASSIGN(const auto found, dueIn(sql, m_database.folder(), volume, camera, {base::UtcTime{}, due.before}, 1));
        return !found.empty();
    }));
    if (!any) {
        return 0;
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<int> {
        const TimeRange past{base::UtcTime{}, due.before + kLongestFile};
        const auto held = selectHeld(transaction.sql(), camera, past);
        const std::string rule{nameOf(due.rule)};
        int count = 0;
        for (const TimeRange& time : freeTimes(held, due.before)) {
            const TimeRange until{time.begin, std::min(time.end, due.before)};
            TRY_ASSIGN(const auto segments,
                       dueIn(transaction.sql(), m_database.folder(), volume, camera, until, most - count));
            for (const Segment& segment : segments) {
                const StoredInteger id = segment.id.value();
                transaction.sql() << "INSERT INTO segment_deletion (segment_id, rule) VALUES (:id, :rule)",
                    soci::use(id, "id"), soci::use(rule, "rule");
                ++count;
            }
            if (count >= most) {
                break;
            }
        }
        if (count > 0) {
            transaction.notify(kArchiveTopic, std::to_string(camera.value()));
        }
        return count;
    });
}

base::Result<std::vector<ArchiveRetention::Marked>> ArchiveRetention::marked(const ArchiveVolume& volume) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<Marked>> {
        std::vector<Marked> found;
        for (const DeletionRule rule : {DeletionRule::CameraDays, DeletionRule::VolumeDays, DeletionRule::EarlyFull}) {
            const std::string name{nameOf(rule)};
            TRY_ASSIGN(auto segments, selectSegments(sql, m_database.folder(),
                                                     "WHERE s.volume_id = :volume AND s.id IN (SELECT segment_id FROM "
                                                     "segment_deletion WHERE rule = '" +
                                                         name + "') ORDER BY s.id LIMIT 1000",
                                                     {volume.id.value()}));
            for (Segment& segment : segments) {
                found.push_back({std::move(segment), name});
            }
        }
        return found;
    });
}

base::Result<DeletionStep> ArchiveRetention::finishMarked(const ArchiveVolume& volume, DeletionFiles& files) {
    TRY_ASSIGN(const auto found, marked(volume));
    DeletionStep step;
    std::set<std::filesystem::path> folders;
    for (const Marked& one : found) {
        const auto removed = files.remove(one.segment.path());
        if (!removed && removed.error().code != base::ErrorCode::NotFound) {
            return base::fail(removed.error());
        }
        folders.insert(one.segment.path().parent_path());
        ++step.files;
        step.bytes += one.segment.bytes;
    }
    for (const auto& folder : folders) {
        const auto synced = files.syncFolder(folder);
        if (!synced && synced.error().code != base::ErrorCode::NotFound) {
            return base::fail(synced.error());
        }
    }
    if (!found.empty()) {
        TRY(removeRows(volume, found));
    }
    for (const auto& folder : folders) {
        std::error_code ignored;
        std::filesystem::remove(folder, ignored);  // an empty day
    }
    return step;
}

base::Result<void> ArchiveRetention::removeRows(const ArchiveVolume& volume, const std::vector<Marked>& marked) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        std::vector<std::int64_t> ids;
        std::int64_t bytes = 0;
        std::map<std::string, std::int64_t> rules;
        for (const auto& [segment, rule] : marked) {
            const StoredInteger id = segment.id.value();
            transaction.sql() << "DELETE FROM segment_deletion WHERE segment_id = :id", soci::use(id, "id");
            countSegment(transaction.sql(), segment, -1);
            addToJournal(transaction.sql(), segment, rule, transaction.now());
            ids.push_back(segment.id.value());
            bytes += segment.bytes;
            ++rules[rule];
        }
        std::ranges::sort(ids);
        const auto removed = store::removeSealedRows(
            transaction, m_segments, ids, deletionEvent(volume, static_cast<std::int64_t>(ids.size()), bytes, rules));
        if (removed != static_cast<std::int64_t>(ids.size())) {
            return base::fail(base::ErrorCode::Internal, "a file was marked that the audit log does not vouch for");
        }
        transaction.notify(kArchiveTopic, "deleted");
        return {};
    });
}

base::Result<void> ArchiveRetention::forgetGaps(estate::CameraId camera, base::UtcTime before) {
    const StoredInteger id = camera.value();
    const StoredInteger limit = base::toStored(before);
    const std::string condition =
        "FROM recording_gap WHERE camera_id = :camera AND end_time <= :limit AND begin_time <= :limit AND end_time <= "
        "(SELECT coalesce(min(begin_time), 0) FROM segment WHERE camera_id = :camera)";
    TRY_ASSIGN(const bool any, m_database.read([&](soci::session& sql) -> base::Result<bool> {
        int found = 0;
        sql << "SELECT count(*) " + condition, soci::use(id, "camera"), soci::use(limit, "limit"), soci::into(found);
        return found > 0;
    }));
    if (!any) {
        return {};
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "DELETE " + condition, soci::use(id, "camera"), soci::use(limit, "limit");
        return {};
    });
}

base::Result<std::vector<JournalEntry>> deletionJournal(store::Database& database, estate::CameraId camera,
                                                        TimeRange range) {
    return database.read([&](soci::session& sql) -> base::Result<std::vector<JournalEntry>> {
        const StoredInteger wanted = camera.value();
        const StoredInteger from = base::toStored(range.begin);
        const StoredInteger to = base::toStored(range.end);
        StoredInteger id = 0;
        StoredInteger day = 0;
        StoredInteger begin = 0;
        StoredInteger end = 0;
        StoredInteger files = 0;
        StoredInteger bytes = 0;
        StoredInteger first = 0;
        StoredInteger last = 0;
        std::string rule;
        soci::statement statement =
            (sql.prepare << "SELECT camera_id, day, rule, begin_time, end_time, files, bytes, first_at, last_at "
                            "FROM deletion_journal WHERE (:camera = 0 OR camera_id = :camera) AND begin_time < :to "
                            "AND end_time > :from ORDER BY day, camera_id",
             soci::use(wanted, "camera"), soci::use(to, "to"), soci::use(from, "from"), soci::into(id), soci::into(day),
             soci::into(rule), soci::into(begin), soci::into(end), soci::into(files), soci::into(bytes),
             soci::into(first), soci::into(last));
        std::vector<JournalEntry> entries;
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            entries.push_back({estate::CameraId{id},
                               day,
                               rule,
                               {base::fromStored(begin), base::fromStored(end)},
                               files,
                               bytes,
                               base::fromStored(first),
                               base::fromStored(last)});
        }
        return entries;
    });
}

}  // namespace leedswatch::video
