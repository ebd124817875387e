#include "analytics/quality_history.h"

namespace leedswatch::analytics {
namespace {

void insert(soci::session& sql, const QualityReading& reading) {
    const long long camera = reading.camera.value();
    const long long time = base::toStored(reading.time);
    const PictureQuality& quality = reading.quality;
    sql << "INSERT OR REPLACE INTO picture_quality (camera_id, time, sharpness, exposure, clipped, contrast, noise, "
           "red, green, blue) VALUES (:camera, :time, :sharpness, :exposure, :clipped, :contrast, :noise, :red, "
           ":green, :blue)",
        soci::use(camera, "camera"), soci::use(time, "time"), soci::use(quality.sharpness, "sharpness"),
        soci::use(quality.exposure, "exposure"), soci::use(quality.clipped, "clipped"),
        soci::use(quality.contrast, "contrast"), soci::use(quality.noise, "noise"), soci::use(quality.redCast, "red"),
        soci::use(quality.greenCast, "green"), soci::use(quality.blueCast, "blue");
}

}  // namespace

base::Result<void> QualityHistory::add(const std::vector<QualityReading>& readings) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        for (const QualityReading& reading : readings) {
            insert(transaction.sql(), reading);
            transaction.notify("picture_quality", std::to_string(reading.camera.value()));
        }
        return {};
    });
}

base::Result<std::vector<QualityReading>> QualityHistory::of(estate::CameraId camera, base::UtcTime from,
                                                             base::UtcTime until) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<QualityReading>> {
        const long long id = camera.value();
        const long long begin = base::toStored(from);
        const long long end = base::toStored(until);
        long long time = 0;
        PictureQuality quality;
        soci::statement statement =
            (sql.prepare
                 << "SELECT time, sharpness, exposure, clipped, contrast, noise, red, green, blue FROM "
                    "picture_quality WHERE camera_id = :camera AND time >= :begin AND time < :end ORDER BY time",
             soci::use(id, "camera"), soci::use(begin, "begin"), soci::use(end, "end"), soci::into(time),
             soci::into(quality.sharpness), soci::into(quality.exposure), soci::into(quality.clipped),
             soci::into(quality.contrast), soci::into(quality.noise), soci::into(quality.redCast),
             soci::into(quality.greenCast), soci::into(quality.blueCast));
        std::vector<QualityReading> readings;
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            readings.push_back({camera, base::fromStored(time), quality});
        }
        return readings;
    });
}

base::Result<void> QualityHistory::forget(estate::CameraId camera, base::UtcTime before) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const long long id = camera.value();
        const long long end = base::toStored(before);
        transaction.sql() << "DELETE FROM picture_quality WHERE camera_id = :camera AND time < :end",
            soci::use(id, "camera"), soci::use(end, "end");
        return {};
    });
}

}  // namespace leedswatch::analytics
