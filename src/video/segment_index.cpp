#include "video/segment_index.h"

#include "video/segment_rows.h"

#include <algorithm>
#include <string>

namespace leedswatch::video {
namespace {

// The recorder never makes a longer one, so what overlaps a range began at most this long before it.
constexpr std::int64_t kLongestSegment = std::int64_t{3'600} * 1'000'000;
constexpr const char* kTopic = "archive";
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

void insertGap(soci::session& sql, const RecordingGap& gap) {
    const StoredInteger camera = gap.camera.value();
    const StoredInteger begin = base::toStored(gap.begin);
    const StoredInteger end = base::toStored(gap.end);
    const std::string cause{nameOf(gap.cause)};
    sql << "INSERT INTO recording_gap (camera_id, begin_time, end_time, cause) VALUES (:camera, :begin, :end, :cause)",
        soci::use(camera, "camera"), soci::use(begin, "begin"), soci::use(end, "end"), soci::use(cause, "cause");
}

void replaceLastingGap(soci::session& sql, estate::CameraId id, const std::optional<OpenGap>& gap) {
    const StoredInteger camera = id.value();
    sql << "DELETE FROM recording_gap WHERE camera_id = :camera AND end_time IS NULL", soci::use(camera, "camera");
    if (!gap) {
        return;
    }
    const StoredInteger begin = base::toStored(gap->begin);
    const std::string cause{nameOf(gap->cause)};
    sql << "INSERT INTO recording_gap (camera_id, begin_time, end_time, cause) VALUES (:camera, :begin, NULL, :cause)",
        soci::use(camera, "camera"), soci::use(begin, "begin"), soci::use(cause, "cause");
}

void cutGaps(soci::session& sql, estate::CameraId id, TimeRange cut) {
    const StoredInteger camera = id.value();
    const StoredInteger begin = base::toStored(cut.begin);
    const StoredInteger end = base::toStored(cut.end);
    sql << "DELETE FROM recording_gap WHERE camera_id = :camera AND begin_time >= :begin AND begin_time >= :end",
        soci::use(camera, "camera"), soci::use(begin, "begin"), soci::use(end, "end");
    sql << "UPDATE recording_gap SET end_time = :end WHERE camera_id = :camera AND begin_time >= :begin "
           "AND end_time > :end",
        soci::use(end, "end"), soci::use(camera, "camera"), soci::use(begin, "begin");
}

base::Result<GapCause> causeFrom(const std::string& name) {
    const auto known = gapCauseFromName(name);
    if (!known) {
        return base::fail(base::ErrorCode::Damaged, "a gap of the archive has the unknown cause '" + name + "'");
    }
    return *known;
}

base::Result<std::optional<OpenGap>> selectLastingGap(soci::session& sql, estate::CameraId id) {
    const StoredInteger camera = id.value();
    StoredInteger begin = 0;
    std::string name;
    sql << "SELECT begin_time, cause FROM recording_gap WHERE camera_id = :camera AND end_time IS NULL",
        soci::use(camera, "camera"), soci::into(begin), soci::into(name);
    if (!sql.got_data()) {
        return std::optional<OpenGap>{};
    }
    TRY_ASSIGN(const GapCause cause, causeFrom(name));
    return std::optional{OpenGap{base::fromStored(begin), cause}};
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
    replaceLastingGap(sql, id, OpenGap{newest.front().end, causeAfter(newest.front().cause)});
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
        transaction.notify(kTopic, std::to_string(segment.camera.value()));
        return {};
    });
}

base::Result<void> SegmentIndex::finish(const std::vector<Segment>& segments) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        for (const Segment& segment : segments) {
            insertSegment(transaction.sql(), segment);
            transaction.notify(kTopic, std::to_string(segment.camera.value()));
        }
        return {};
    });
}

base::Result<void> SegmentIndex::dropOpen(const std::filesystem::path& file) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const std::string name = file.string();
        transaction.sql() << "DELETE FROM open_segment WHERE file = :file", soci::use(name, "file");
        transaction.notify(kTopic, name);
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
        transaction.notify(kTopic, std::to_string(gap.camera.value()));
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
        transaction.notify(kTopic, std::to_string(camera.value()));
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
        transaction.notify(kTopic, "start");
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
