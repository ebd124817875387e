#include "video/segment_rows.h"

#include "video/segment_path.h"

#include <date/date.h>

#include <algorithm>
#include <charconv>

namespace leedswatch::video {
namespace {

constexpr const char* kColumns =
    "SELECT s.id, s.camera_id, s.volume_id, coalesce(v.path, ''), s.number, coalesce(s.file, ''), s.begin_time, "
    "s.duration, s.first_media_time, s.media_span, s.frames, s.bytes, s.sha256, s.cause "
    "FROM segment s LEFT JOIN archive_volume v ON v.id = s.volume_id ";

struct SegmentRow {
    StoredInteger id = 0, camera = 0, volume = 0, begin = 0, duration = 0, firstMedia = 0, mediaSpan = 0, frames = 0,
                  bytes = 0;
    int number = 0;
    std::string volumePath, file, sha256, cause;
};

base::Result<Segment> segmentOf(const SegmentRow& row, const std::filesystem::path& dataFolder) {
    const auto cause = segmentEndFromName(row.cause);
    Segment segment;
    segment.begin = base::fromStored(row.begin);
    segment.file = row.file.empty() ? segmentPath(row.number, segment.begin) : std::filesystem::path{row.file};
    if (row.sha256.size() != segment.sha256.size() || !cause) {
        return base::fail(base::ErrorCode::Damaged, "the archive's row of " + segment.file.string() + " is damaged");
    }
    segment.id = SegmentId{row.id};
    segment.camera = estate::CameraId{row.camera};
    segment.volume = VolumeId{row.volume};
    segment.folder = volumeFolder(dataFolder, row.volumePath);
    segment.end = segment.begin + base::Microseconds{row.duration};
    segment.firstMediaTime = row.firstMedia;
    segment.lastMediaTime = row.firstMedia + row.mediaSpan;
    segment.frames = row.frames;
    segment.bytes = row.bytes;
    std::ranges::copy(std::as_bytes(std::span{row.sha256}), segment.sha256.begin());
    segment.cause = *cause;
    return segment;
}

/// The camera's number if the file's name is the usual one, else 0.
int numberInName(const Segment& segment) {
    const std::string folder = segment.file.begin()->string();
    int number = 0;
    const auto [end, error] = std::from_chars(folder.data(), folder.data() + folder.size(), number);
    const bool isNumber = error == std::errc{} && end == folder.data() + folder.size();
    return isNumber && segment.file == segmentPath(number, segment.begin) ? number : 0;
}

}  // namespace

std::int64_t dayOf(base::UtcTime time) {
    return std::chrono::floor<date::days>(time).time_since_epoch().count();
}

std::filesystem::path volumeFolder(const std::filesystem::path& dataFolder, const std::string& path) {
    return path.empty() ? dataFolder / "archive" : std::filesystem::path{path};
}

base::Result<std::vector<Segment>> selectSegments(soci::session& sql, const std::filesystem::path& dataFolder,
                                                  const std::string& condition,
                                                  const std::vector<std::int64_t>& values) {
    SegmentRow row;
    std::vector<StoredInteger> bound{values.begin(), values.end()};
    soci::statement statement{sql};
    for (const StoredInteger& value : bound) {
        statement.exchange(soci::use(value));
    }
    statement.exchange(soci::into(row.id));
    statement.exchange(soci::into(row.camera));
    statement.exchange(soci::into(row.volume));
    statement.exchange(soci::into(row.volumePath));
    statement.exchange(soci::into(row.number));
    statement.exchange(soci::into(row.file));
    statement.exchange(soci::into(row.begin));
    statement.exchange(soci::into(row.duration));
    statement.exchange(soci::into(row.firstMedia));
    statement.exchange(soci::into(row.mediaSpan));
    statement.exchange(soci::into(row.frames));
    statement.exchange(soci::into(row.bytes));
    statement.exchange(soci::into(row.sha256));
    statement.exchange(soci::into(row.cause));
    statement.alloc();
    statement.prepare(kColumns + condition);
    statement.define_and_bind();
    std::vector<Segment> segments;
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        TRY_ASSIGN(auto segment, segmentOf(row, dataFolder));
        segments.push_back(std::move(segment));
    }
    return segments;
}

void insertSegment(soci::session& sql, const Segment& segment) {
    const StoredInteger camera = segment.camera.value();
    const StoredInteger volume = segment.volume.value();
    const int number = numberInName(segment);
    const std::string file = segment.file.string();
    soci::indicator named = number > 0 ? soci::i_null : soci::i_ok;
    const StoredInteger begin = base::toStored(segment.begin);
    const StoredInteger duration = (segment.end - segment.begin).count();
    const StoredInteger firstMedia = segment.firstMediaTime;
    const StoredInteger mediaSpan = segment.lastMediaTime - segment.firstMediaTime;
    const StoredInteger frames = segment.frames;
    const StoredInteger bytes = segment.bytes;
    const std::string sha256{reinterpret_cast<const char*>(segment.sha256.data()), segment.sha256.size()};
    const std::string cause{nameOf(segment.cause)};
    sql << "DELETE FROM open_segment WHERE file = :file", soci::use(file, "file");
    sql << "INSERT INTO segment (camera_id, volume_id, number, file, begin_time, duration, first_media_time, "
           "media_span, frames, bytes, sha256, cause) VALUES (:camera, :volume, :number, :file, :begin, :duration, "
           ":first, :span, :frames, :bytes, CAST(:sha256 AS BLOB), :cause)",
        soci::use(camera, "camera"), soci::use(volume, "volume"), soci::use(number, "number"),
        soci::use(file, named, "file"), soci::use(begin, "begin"), soci::use(duration, "duration"),
        soci::use(firstMedia, "first"), soci::use(mediaSpan, "span"), soci::use(frames, "frames"),
        soci::use(bytes, "bytes"), soci::use(sha256, "sha256"), soci::use(cause, "cause");
    countSegment(sql, segment, 1);
}

void countSegment(soci::session& sql, const Segment& segment, int sign) {
    const StoredInteger day = dayOf(segment.begin);
    const StoredInteger camera = segment.camera.value();
    const StoredInteger volume = segment.volume.value();
    const StoredInteger files = sign;
    const StoredInteger bytes = sign * segment.bytes;
    sql << "INSERT INTO archive_day (day, camera_id, volume_id, files, bytes) "
           "VALUES (:day, :camera, :volume, :files, :bytes) ON CONFLICT (camera_id, day, volume_id) "
           "DO UPDATE SET files = files + excluded.files, bytes = bytes + excluded.bytes",
        soci::use(day, "day"), soci::use(camera, "camera"), soci::use(volume, "volume"), soci::use(files, "files"),
        soci::use(bytes, "bytes");
    if (sign < 0) {
        sql << "DELETE FROM archive_day WHERE camera_id = :camera AND day = :day AND volume_id = :volume AND files = 0",
            soci::use(camera, "camera"), soci::use(day, "day"), soci::use(volume, "volume");
    }
}

}  // namespace leedswatch::video
