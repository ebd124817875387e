#include "video/segment_index.h"

#include "video/gap_rows.h"
#include "video/segment_rows.h"

#include <algorithm>
#include <string>

namespace leedswatch::video {
namespace {

// The recorder never makes a longer one, so what overlaps a range began at most this long before it.
constexpr std::int64_t kLongestSegment = std::int64_t{3'600} * 1'000'000;
constexpr const char* kNotGoing = "AND s.id NOT IN (SELECT segment_id FROM segment_deletion) ";

std::vector<OpenSegment> readOpen(soci::session& sql, const std::filesystem::path& dataFolder,
                                  estate::CameraId camera) {
    const StoredInteger wanted = camera.value();
    StoredInteger id = 0;
    StoredInteger begin = 0;
    StoredInteger firstMedia = 0;
    StoredInteger volume = 0;
    std::string file;
    std::string path;
    soci::statement statement =
        (sql.prepare << "SELECT o.camera_id, o.file, o.begin_time, o.first_media_time, o.volume_id, "
                        "coalesce(v.path, '') FROM open_segment o LEFT JOIN archive_volume v ON v.id = o.volume_id "
                        "WHERE :camera = 0 OR o.camera_id = :camera ORDER BY o.begin_time",
         soci::use(wanted, "camera"), soci::into(id), soci::into(file), soci::into(begin), soci::into(firstMedia),
         soci::into(volume), soci::into(path));
    std::vector<OpenSegment> segments;
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        segments.push_back({estate::CameraId{id}, file, base::fromStored(begin), firstMedia, VolumeId{volume},
                            volumeFolder(dataFolder, path)});
    }
    return segments;
}

GapCause causeAfter(SegmentEnd end) {
    switch (end) {
        case SegmentEnd::Stopped: return GapCause::Stopped;
        case SegmentEnd::Full:
        case SegmentEnd::FormatChanged:
        case SegmentEnd::Recovered: return GapCause::Killed;
        case SegmentEnd::StreamLost: return GapCause::Network;
        case SegmentEnd::StorageFailed: return GapCause::Storage;
        case SegmentEnd::NotWanted: return GapCause::NotRecordedByMode;
    }
    return GapCause::Killed;
}

/// Until when a camera's time is accounted for: the end of its newest file, or the beginning of one behind it that
/// could not be looked at yet.
base::UtcTime accountedUntil(soci::session& sql, const Segment& newest) {
    const StoredInteger camera = newest.camera.value();
    const StoredInteger end = base::toStored(newest.end);
    StoredInteger until = 0;
    sql << "SELECT coalesce(min(begin_time), :end) FROM open_segment WHERE camera_id = :camera AND begin_time > :end",
        soci::use(end, "end"), soci::use(camera, "camera"), soci::into(until);
    return base::fromStored(until);
}

/// What lasted when the camera's newest file began is over, and another gap lasts since that ended.
base::Result<void> beginMissingGap(soci::session& sql, const std::filesystem::path& dataFolder, estate::CameraId id) {
    TRY_ASSIGN(const auto newest,
               selectSegments(sql, dataFolder, "WHERE s.camera_id = :camera ORDER BY s.begin_time DESC LIMIT 1",
                              {id.value()}));
    TRY_ASSIGN(const auto lasting, selectLastingGap(sql, id));
    if (newest.empty() || (lasting && newest.front().end <= lasting->begin)) {
        return {};
    }
    if (lasting) {
        TRY_ASSIGN(const auto next, selectSegments(sql, dataFolder,
                                                   "WHERE s.camera_id = :camera AND s.begin_time >= :begin "
                                                   "ORDER BY s.begin_time LIMIT 1",
                                                   {id.value(), base::toStored(lasting->begin)}));
        if (!next.empty() && next.front().begin > lasting->begin) {
            insertGap(sql, {id, lasting->begin, next.front().begin, lasting->cause});
        }
    }
    replaceLastingGap(sql, id, OpenGap{accountedUntil(sql, newest.front()), causeAfter(newest.front().cause)});
    return {};
}

/// Of those that have files.
std::vector<StoredInteger> cameraIds(soci::session& sql) {
    StoredInteger id = 0;
    soci::statement statement = (sql.prepare << "SELECT DISTINCT camera_id FROM archive_day", soci::into(id));
    std::vector<StoredInteger> ids;
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        ids.push_back(id);
    }
    return ids;
}

}  // namespace

std::filesystem::path SegmentIndex::archiveFolder() const {
    return volumeFolder(m_database.folder(), {});
}

base::Result<void> SegmentIndex::addOpen(const OpenSegment& segment) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const StoredInteger camera = segment.camera.value();
        const StoredInteger volume = segment.volume.value();
        const StoredInteger begin = base::toStored(segment.begin);
        const StoredInteger firstMedia = segment.firstMediaTime;
        const std::string file = segment.file.string();
        transaction.sql() << "INSERT INTO open_segment (file, camera_id, begin_time, first_media_time, volume_id) "
                             "VALUES (:file, :camera, :begin, :first, :volume)",
            soci::use(file, "file"), soci::use(camera, "camera"), soci::use(begin, "begin"),
            soci::use(firstMedia, "first"), soci::use(volume, "volume");
        transaction.notify(kArchiveTopic, std::to_string(segment.camera.value()));
        return {};
    });
}

base::Result<void> SegmentIndex::finish(const std::vector<Segment>& segments) {
    if (segments.empty()) {
        return {};
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        for (const Segment& segment : segments) {
            insertSegment(transaction.sql(), segment);
            transaction.notify(kArchiveTopic, std::to_string(segment.camera.value()));
        }
        return {};
    });
}

base::Result<bool> SegmentIndex::finishLate(Segment segment, std::optional<base::UtcTime> knownEnd) {
    // By the stream's own clock it may seem longer than by the clock that the next gap or file began by.
    segment.end = std::min(segment.end, knownEnd.value_or(segment.end));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<bool> {
        soci::session& sql = transaction.sql();
        if (!knownEnd) {
            TRY_ASSIGN(const auto lasting, selectLastingGap(sql, segment.camera));
            if (lasting && lasting->begin < segment.end) {
                return false;
            }
            takeOutOfGaps(sql, segment.camera, {segment.begin, segment.end});
        } else if (*knownEnd > segment.end) {
            insertGap(sql, {segment.camera, segment.end, *knownEnd, GapCause::Storage});
        }
        insertSegment(sql, segment);
        transaction.notify(kArchiveTopic, std::to_string(segment.camera.value()));
        return true;
    });
}

base::Result<void> SegmentIndex::dropOpen(const std::vector<std::filesystem::path>& files) {
    if (files.empty()) {
        return {};
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        for (const std::filesystem::path& file : files) {
            const std::string name = file.string();
            transaction.sql() << "DELETE FROM open_segment WHERE file = :file", soci::use(name, "file");
            transaction.notify(kArchiveTopic, name);
        }
        return {};
    });
}

base::Result<std::vector<OpenSegment>> SegmentIndex::openSegments() {
    return m_database.read([this](soci::session& sql) -> base::Result<std::vector<OpenSegment>> {
        return readOpen(sql, m_database.folder(), {});
    });
}

base::Result<std::optional<OpenSegment>> SegmentIndex::openSegmentOf(estate::CameraId camera) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::optional<OpenSegment>> {
        // Between the last picture of a file and its finished row there can be two; the newer is in hand.
        auto found = readOpen(sql, m_database.folder(), camera);
        return found.empty() ? std::nullopt : std::optional{std::move(found.back())};
    });
}

base::Result<std::vector<Segment>> SegmentIndex::find(estate::CameraId camera, TimeRange range) {
    return m_database.read([&](soci::session& sql) {
        const auto begin = base::toStored(range.begin);
        return selectSegments(sql, m_database.folder(),
                              std::string{"WHERE s.camera_id = :camera AND s.begin_time >= :earliest "
                                          "AND s.begin_time < :end AND s.begin_time + s.duration > :begin "} +
                                  kNotGoing + "ORDER BY s.begin_time, s.id",
                              {camera.value(), begin - kLongestSegment, base::toStored(range.end), begin});
    });
}

base::Result<std::vector<Segment>> SegmentIndex::all(std::optional<estate::CameraId> camera) {
    return m_database.read([&](soci::session& sql) {
        const std::string order = std::string{kNotGoing} + "ORDER BY s.camera_id, s.begin_time, s.id";
        return camera
                   ? selectSegments(sql, m_database.folder(), "WHERE s.camera_id = :camera " + order, {camera->value()})
                   : selectSegments(sql, m_database.folder(), "WHERE 1 " + order, {});
    });
}

base::Result<std::optional<Segment>> SegmentIndex::newestOf(estate::CameraId camera) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::optional<Segment>> {
        TRY_ASSIGN(auto found, selectSegments(sql, m_database.folder(),
                                              std::string{"WHERE s.camera_id = :camera "} + kNotGoing +
                                                  "ORDER BY s.begin_time DESC, s.id DESC LIMIT 1",
                                              {camera.value()}));
        return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
    });
}

base::Result<void> SegmentIndex::addGap(const RecordingGap& gap) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        insertGap(transaction.sql(), gap);
        transaction.notify(kArchiveTopic, std::to_string(gap.camera.value()));
        return {};
    });
}

base::Result<void> SegmentIndex::setGaps(estate::CameraId camera, const std::vector<RecordingGap>& over,
                                         const std::optional<OpenGap>& lasting, const std::optional<TimeRange>& cut) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        if (cut) {
            cutGaps(transaction.sql(), camera, *cut);
        }
        for (const RecordingGap& gap : over) {
            insertGap(transaction.sql(), gap);
        }
        replaceLastingGap(transaction.sql(), camera, lasting);
        transaction.notify(kArchiveTopic, std::to_string(camera.value()));
        return {};
    });
}

base::Result<std::optional<OpenGap>> SegmentIndex::lastingGapOf(estate::CameraId camera) {
    return m_database.read([&](soci::session& sql) { return selectLastingGap(sql, camera); });
}

base::Result<std::vector<RecordingGap>> SegmentIndex::gaps(estate::CameraId camera, TimeRange range) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<RecordingGap>> {
        const StoredInteger id = camera.value();
        const StoredInteger from = base::toStored(range.begin);
        const StoredInteger to = base::toStored(range.end);
        const StoredInteger now = base::toStored(m_database.clock().now());
        StoredInteger begin = 0;
        StoredInteger end = 0;
        int lasts = 0;
        std::string name;
        soci::statement statement =
            (sql.prepare << "SELECT begin_time, coalesce(end_time, max(begin_time, :now)) AS until, end_time IS NULL, "
                            "cause FROM recording_gap WHERE camera_id = :camera AND (begin_time < :to OR until < :to) "
                            "AND (begin_time > :from OR until > :from) ORDER BY begin_time, id",
             soci::use(now, "now"), soci::use(id, "camera"), soci::use(to, "to"), soci::use(from, "from"),
             soci::into(begin), soci::into(end), soci::into(lasts), soci::into(name));
        std::vector<RecordingGap> found;
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            TRY_ASSIGN(const GapCause cause, causeFrom(name));
            found.push_back({camera, base::fromStored(begin), base::fromStored(end), cause, lasts != 0});
        }
        return found;
    });
}

base::Result<void> SegmentIndex::beginMissingGaps() {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        for (const StoredInteger id : cameraIds(transaction.sql())) {
            TRY(beginMissingGap(transaction.sql(), m_database.folder(), estate::CameraId{id}));
        }
        transaction.notify(kArchiveTopic, "start");
        return {};
    });
}

std::vector<TimeRange> coverage(const std::vector<Segment>& segments, base::Microseconds tolerance) {
    std::vector<TimeRange> ranges;
    for (const Segment& segment : segments) {
        ranges.push_back({segment.begin, segment.end});
    }
    std::ranges::sort(ranges, {}, &TimeRange::begin);
    std::vector<TimeRange> joined;
    for (const TimeRange& range : ranges) {
        if (!joined.empty() && range.begin <= joined.back().end + tolerance) {
            joined.back().end = std::max(joined.back().end, range.end);
        } else {
            joined.push_back(range);
        }
    }
    return joined;
}

}  // namespace leedswatch::video
