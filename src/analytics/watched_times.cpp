#include "analytics/watched_times.h"

#include <algorithm>

namespace leedswatch::analytics {

base::Result<void> WatchedTimes::note(const std::vector<WatchedTime>& times) {
    return m_database.write(
        [&](store::Transaction& transaction) -> base::Result<void> {
            long long camera = 0;
            long long from = 0;
            long long until = 0;
            soci::statement statement =
                (transaction.sql().prepare
                     << "INSERT INTO motion_watched (camera_id, from_time, until_time) VALUES (:camera, :from, :until) "
                        "ON CONFLICT (camera_id, from_time) DO UPDATE SET until_time = excluded.until_time",
                 soci::use(camera, "camera"), soci::use(from, "from"), soci::use(until, "until"));
            for (const WatchedTime& time : times) {
                camera = time.camera.value();
                from = base::toStored(time.range.begin);
                until = base::toStored(time.range.end);
                statement.execute(true);
            }
            return {};
        });
}

base::Result<std::vector<video::TimeRange>> WatchedTimes::of(estate::CameraId camera, video::TimeRange period) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<video::TimeRange>> {
        const long long id = camera.value();
        const long long begin = base::toStored(period.begin);
        const long long end = base::toStored(period.end);
        long long from = 0;
        long long until = 0;
        soci::statement statement =
            (sql.prepare << "SELECT from_time, until_time FROM motion_watched WHERE camera_id = :camera AND from_time "
                            "< :end AND until_time > :begin ORDER BY from_time",
             soci::use(id, "camera"), soci::use(end, "end"), soci::use(begin, "begin"), soci::into(from),
             soci::into(until));
        std::vector<video::TimeRange> watched;
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            const video::TimeRange range{base::fromStored(std::max(from, begin)),
                                         base::fromStored(std::min(until, end))};
            if (watched.empty() || range.begin > watched.back().end) {
                watched.push_back(range);
            } else {
                watched.back().end = std::max(watched.back().end, range.end);
            }
        }
        return watched;
    });
}

base::Result<void> WatchedTimes::forget(estate::CameraId camera, base::UtcTime before) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const long long id = camera.value();
        const long long time = base::toStored(before);
        transaction.sql() << "DELETE FROM motion_watched WHERE camera_id = :camera AND until_time < :time",
            soci::use(id, "camera"), soci::use(time, "time");
        return {};
    });
}

base::Microseconds lengthOf(const std::vector<video::TimeRange>& ranges) {
    base::Microseconds length{};
    for (const video::TimeRange& range : ranges) {
        length += range.end - range.begin;
    }
    return length;
}

}  // namespace leedswatch::analytics
