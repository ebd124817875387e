#include "video/archive_forecast.h"

#include "video/segment_rows.h"

#include <date/date.h>

#include <algorithm>

namespace leedswatch::video {
namespace {

constexpr int kDaysOfRate = 3;
constexpr int kHoursLookedAhead = 60 * 24;

struct Days {
    int retention = 31;
    std::map<std::int64_t, std::int64_t> bytes;  // by UTC day
};

std::map<estate::CameraId, Days> daysOf(soci::session& sql, VolumeId volume) {
    const StoredInteger wanted = volume.value();
    StoredInteger camera = 0;
    StoredInteger day = 0;
    StoredInteger bytes = 0;
    int retention = 0;
    soci::statement statement =
        (sql.prepare << "SELECT d.camera_id, d.day, d.bytes, coalesce(c.retention_days, 31) FROM archive_day d "
                        "LEFT JOIN camera c ON c.id = d.camera_id WHERE d.volume_id = :volume",
         soci::use(wanted, "volume"), soci::into(camera), soci::into(day), soci::into(bytes), soci::into(retention));
    std::map<estate::CameraId, Days> cameras;
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        Days& known = cameras[estate::CameraId{camera}];
        known.retention = retention;
        known.bytes[day] = bytes;
    }
    return cameras;
}

/// Bytes a day. The present day counts by the part of it that has gone by, if that is at least an hour.
std::int64_t rateOf(const Days& days, base::UtcTime now) {
    const std::int64_t today = dayOf(now);
    std::int64_t rate = 0;
    for (const auto& [day, bytes] : days.bytes) {
        if (day < today && day >= today - kDaysOfRate) {
            rate = std::max(rate, bytes);
        }
    }
    const std::int64_t gone = base::toStored(now) % kMicrosecondsOfDay;
    const auto present = days.bytes.find(today);
    if (rate == 0 && present != days.bytes.end() && gone > 3'600'000'000) {
        rate = static_cast<std::int64_t>(static_cast<double>(present->second) * kMicrosecondsOfDay /
                                         static_cast<double>(gone));
    }
    return rate;
}

}  // namespace

base::Result<ArchiveForecast> forecastOf(store::Database& database, const ArchiveVolume& volume, DiskSpace disk,
                                         base::UtcTime now) {
    TRY_ASSIGN(auto cameras, database.read([&](soci::session& sql) -> base::Result<std::map<estate::CameraId, Days>> {
        return daysOf(sql, volume.id);
    }));
    const std::int64_t today = dayOf(now);
    const std::int64_t usable = disk.free - volume.reserveBytes.value_or(reserveOf(disk.total));
    ArchiveForecast forecast;
    std::int64_t kept = 0;
    std::map<std::int64_t, std::int64_t> leaving;  // by the day on which it goes
    for (auto& [camera, days] : cameras) {
        days.retention = std::min(days.retention, volume.longestDays.value_or(days.retention));
        const std::int64_t rate = rateOf(days, now);
        forecast.byCamera[camera] = rate;
        forecast.bytesADay += rate;
        forecast.bytesPromised += rate * days.retention;
        for (const auto& [day, bytes] : days.bytes) {
            kept += bytes;
            const std::int64_t goes = day + days.retention + 1;
            if (goes < today) {
                forecast.bytesHeld += bytes;  // it should have gone, so something keeps it
            } else {
                leaving[goes] += bytes;
            }
        }
        for (std::int64_t day = today; day <= today + kHoursLookedAhead / 24; ++day) {
            leaving[day + days.retention + 1] += day == today ? 0 : rate;
        }
    }
    std::int64_t room = usable;
    for (int hour = 1; hour <= kHoursLookedAhead && !forecast.fullAt; ++hour) {
        const auto at = now + std::chrono::hours{hour};
        room -= forecast.bytesADay / 24;
        room += leaving[dayOf(at)] / 24;
        if (room <= 0) {
            forecast.fullAt = at;
        }
    }
    if (usable <= 0) {
        forecast.fullAt = now;
    }
    if (forecast.bytesADay > 0) {
        forecast.daysPossible =
            static_cast<int>(std::max<std::int64_t>(0, (kept - forecast.bytesHeld + usable) / forecast.bytesADay));
    }
    return forecast;
}

}  // namespace leedswatch::video
