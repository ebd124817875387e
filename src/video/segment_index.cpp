#include "video/segment_index.h"

#include <algorithm>
#include <string>

namespace leedswatch::video {
namespace {

// The recorder never makes a longer one, so what overlaps a range began at most this long before it.
constexpr std::int64_t kLongestSegment = std::int64_t{3'600} * 1'000'000;
constexpr const char* kTopic = "archive";
constexpr const char* kSegmentColumns =
    "SELECT id, camera_id, file, begin_time, end_time, first_media_time, last_media_time, frames, bytes, sha256, cause "
    "FROM segment ";

// soci has no name for std::int64_t: on this platform it is `long`, which it does not bind to a 64-bit column.
using Stored = long long;

struct SegmentRow {
    Stored id = 0, camera = 0, begin = 0, end = 0, firstMedia = 0, lastMedia = 0, frames = 0, bytes = 0;
    std::string file, sha256, cause;
};

base::Result<Segment> segmentOf(const SegmentRow& row) {
    const auto digest = base::fromHex(row.sha256);
    const auto cause = segmentEndFromName(row.cause);
    Segment segment;
    if (!digest || digest->size() != segment.sha256.size() || !cause) {
        return base::fail(base::ErrorCode::Damaged, "the archive's row of " + row.file + " is damaged");
    }
    segment.id = SegmentId{row.id};
    segment.camera = estate::CameraId{row.camera};
    segment.file = row.file;
    segment.begin = base::fromStored(row.begin);
    segment.end = base::fromStored(row.end);
    segment.firstMediaTime = row.firstMedia;
    segment.lastMediaTime = row.lastMedia;
    segment.frames = row.frames;
    segment.bytes = row.bytes;
    std::ranges::copy(*digest, segment.sha256.begin());
    segment.cause = *cause;
    return segment;
}

template <typename... Uses>
base::Result<std::vector<Segment>> readSegments(soci::session& sql, const std::string& condition, const Uses&... uses) {
    SegmentRow row;
    soci::statement statement{sql};
    (statement.exchange(uses), ...);
    statement.exchange(soci::into(row.id));
    statement.exchange(soci::into(row.camera));
    statement.exchange(soci::into(row.file));
    statement.exchange(soci::into(row.begin));
    statement.exchange(soci::into(row.end));
    statement.exchange(soci::into(row.firstMedia));
    statement.exchange(soci::into(row.lastMedia));
    statement.exchange(soci::into(row.frames));
    statement.exchange(soci::into(row.bytes));
    statement.exchange(soci::into(row.sha256));
    statement.exchange(soci::into(row.cause));
    statement.alloc();
    statement.prepare(kSegmentColumns + condition);
    statement.define_and_bind();
    std::vector<Segment> segments;
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        TRY_ASSIGN(auto segment, segmentOf(row));
        segments.push_back(std::move(segment));
    }
    return segments;
}

void insertGap(store::Transaction& transaction, const RecordingGap& gap) {
    const Stored camera = gap.camera.value();
    const Stored begin = base::toStored(gap.begin);
    const Stored end = base::toStored(gap.end);
    const std::string cause{nameOf(gap.cause)};
    transaction.sql()
        << "INSERT INTO recording_gap (camera_id, begin_time, end_time, cause) VALUES (:camera, :begin, :end, :cause)",
        soci::use(camera, "camera"), soci::use(begin, "begin"), soci::use(end, "end"), soci::use(cause, "cause");
}

void insertSegment(soci::session& sql, const Segment& segment) {
    const SegmentRow row{0,
                         segment.camera.value(),
                         base::toStored(segment.begin),
                         base::toStored(segment.end),
                         segment.firstMediaTime,
                         segment.lastMediaTime,
                         segment.frames,
                         segment.bytes,
                         segment.file.string(),
                         base::toHex(segment.sha256),
                         std::string{nameOf(segment.cause)}};
    sql << "DELETE FROM open_segment WHERE file = :file", soci::use(row.file, "file");
    sql << "INSERT INTO segment (camera_id, file, begin_time, end_time, first_media_time, last_media_time, frames, "
           "bytes, "
           "sha256, cause) VALUES (:camera, :file, :begin, :end, :first, :last, :frames, :bytes, :sha256, :cause)",
        soci::use(row.camera, "camera"), soci::use(row.file, "file"), soci::use(row.begin, "begin"),
        soci::use(row.end, "end"), soci::use(row.firstMedia, "first"), soci::use(row.lastMedia, "last"),
        soci::use(row.frames, "frames"), soci::use(row.bytes, "bytes"), soci::use(row.sha256, "sha256"),
        soci::use(row.cause, "cause");
}

template <typename... Uses>
std::vector<OpenSegment> readOpen(soci::session& sql, const std::string& condition, const Uses&... uses) {
    Stored camera = 0;
    Stored begin = 0;
    Stored firstMedia = 0;
    std::string file;
    soci::statement statement{sql};
    (statement.exchange(uses), ...);
    statement.exchange(soci::into(camera));
    statement.exchange(soci::into(file));
    statement.exchange(soci::into(begin));
    statement.exchange(soci::into(firstMedia));
    statement.alloc();
    statement.prepare("SELECT camera_id, file, begin_time, first_media_time FROM open_segment " + condition);
    statement.define_and_bind();
    std::vector<OpenSegment> segments;
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        segments.push_back({estate::CameraId{camera}, file, base::fromStored(begin), firstMedia});
    }
    return segments;
}

}  // namespace

std::filesystem::path SegmentIndex::archiveFolder() const {
    return m_database.folder() / "archive";
}

base::Result<void> SegmentIndex::addOpen(const OpenSegment& segment) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const Stored camera = segment.camera.value();
        const Stored begin = base::toStored(segment.begin);
        const Stored firstMedia = segment.firstMediaTime;
        const std::string file = segment.file.string();
        transaction.sql() << "INSERT INTO open_segment (file, camera_id, begin_time, first_media_time) "
                             "VALUES (:file, :camera, :begin, :first)",
            soci::use(file, "file"), soci::use(camera, "camera"), soci::use(begin, "begin"),
            soci::use(firstMedia, "first");
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
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<OpenSegment>> {
        return readOpen(sql, "ORDER BY begin_time");
    });
}

base::Result<std::optional<OpenSegment>> SegmentIndex::openSegmentOf(estate::CameraId camera) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::optional<OpenSegment>> {
        const Stored id = camera.value();
        // Between the last picture of a file and its finished row there can be two; the newer is in hand.
        auto found =
            readOpen(sql, "WHERE camera_id = :camera ORDER BY begin_time DESC LIMIT 1", soci::use(id, "camera"));
        return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
    });
}

base::Result<std::vector<Segment>> SegmentIndex::find(estate::CameraId camera, TimeRange range) {
    return m_database.read([&](soci::session& sql) {
        const Stored id = camera.value();
        const Stored begin = base::toStored(range.begin);
        const Stored end = base::toStored(range.end);
        const Stored earliest = begin - kLongestSegment;
        return readSegments(sql,
                            "WHERE camera_id = :camera AND begin_time >= :earliest AND begin_time < :end "
                            "AND end_time > :begin ORDER BY begin_time, id",
                            soci::use(id, "camera"), soci::use(earliest, "earliest"), soci::use(end, "end"),
                            soci::use(begin, "begin"));
    });
}

base::Result<std::vector<Segment>> SegmentIndex::all(std::optional<estate::CameraId> camera) {
    return m_database.read([&](soci::session& sql) {
        if (!camera) {
            return readSegments(sql, "ORDER BY camera_id, begin_time, id");
        }
        const Stored id = camera->value();
        return readSegments(sql, "WHERE camera_id = :camera ORDER BY begin_time, id", soci::use(id, "camera"));
    });
}

base::Result<std::optional<Segment>> SegmentIndex::newestOf(estate::CameraId camera) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::optional<Segment>> {
        const Stored id = camera.value();
        TRY_ASSIGN(auto found, readSegments(sql, "WHERE camera_id = :camera ORDER BY begin_time DESC, id DESC LIMIT 1",
                                            soci::use(id, "camera")));
        return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
    });
}

base::Result<void> SegmentIndex::addGap(const RecordingGap& gap) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        insertGap(transaction, gap);
        transaction.notify(kTopic, std::to_string(gap.camera.value()));
        return {};
    });
}

base::Result<std::vector<RecordingGap>> SegmentIndex::gaps(estate::CameraId camera, TimeRange range) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<RecordingGap>> {
        const Stored id = camera.value();
        const Stored from = base::toStored(range.begin);
        const Stored to = base::toStored(range.end);
        Stored begin = 0;
        Stored end = 0;
        std::string cause;
        soci::statement statement =
            (sql.prepare << "SELECT begin_time, end_time, cause FROM recording_gap WHERE camera_id = :camera "
                            "AND (begin_time < :to OR end_time < :to) AND (begin_time > :from OR end_time > :from) "
                            "ORDER BY begin_time, id",
             soci::use(id, "camera"), soci::use(to, "to"), soci::use(from, "from"), soci::into(begin), soci::into(end),
             soci::into(cause));
        std::vector<RecordingGap> found;
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            const auto known = gapCauseFromName(cause);
            if (!known) {
                return base::fail(base::ErrorCode::Damaged,
                                  "a gap of the archive has the unknown cause '" + cause + "'");
            }
            found.push_back({camera, base::fromStored(begin), base::fromStored(end), *known});
        }
        return found;
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
