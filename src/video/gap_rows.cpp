#include "video/gap_rows.h"

#include "video/segment_rows.h"

#include <string>

namespace leedswatch::video {

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

void takeOutOfGaps(soci::session& sql, estate::CameraId id, TimeRange range) {
    const StoredInteger camera = id.value();
    const StoredInteger begin = base::toStored(range.begin);
    const StoredInteger end = base::toStored(range.end);
    // What reaches beyond the range is kept as a gap of its own; then what begins inside is shortened or goes.
    sql << "INSERT INTO recording_gap (camera_id, begin_time, end_time, cause) "
           "SELECT camera_id, :end, end_time, cause FROM recording_gap "
           "WHERE camera_id = :camera AND begin_time < :begin AND end_time > :end",
        soci::use(end, "end"), soci::use(camera, "camera"), soci::use(begin, "begin");
    sql << "UPDATE recording_gap SET end_time = :begin WHERE camera_id = :camera AND begin_time < :begin "
           "AND end_time > :begin",
        soci::use(begin, "begin"), soci::use(camera, "camera");
    sql << "DELETE FROM recording_gap WHERE camera_id = :camera AND begin_time >= :begin AND end_time <= :end",
        soci::use(camera, "camera"), soci::use(begin, "begin"), soci::use(end, "end");
    sql << "UPDATE recording_gap SET begin_time = :end WHERE camera_id = :camera AND begin_time >= :begin "
           "AND begin_time < :end AND end_time > :end",
        soci::use(end, "end"), soci::use(camera, "camera"), soci::use(begin, "begin");
}

}  // namespace leedswatch::video
