#include "station/volume_keeper.h"

#include "estate/camera_registry.h"
#include "video/archive_recovery.h"
#include "video/archive_volumes.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <set>

namespace leedswatch::station {
namespace {

constexpr std::chrono::seconds kLook{10};
constexpr std::chrono::minutes kDelete{5};
constexpr std::chrono::hours kAfterAJump{24};
constexpr base::Microseconds kJump = std::chrono::hours{1};
// A step holds the store's lock for milliseconds.
constexpr int kFilesOfStep = 200;
constexpr int kStepsOfCamera = 50;

class FilesOfVolume final : public video::DeletionFiles {
public:
    explicit FilesOfVolume(video::VolumeFiles& files) : m_files{files} {}
    base::Result<void> remove(const std::filesystem::path& path) override { return m_files.remove(path); }
    base::Result<void> syncFolder(const std::filesystem::path& folder) override { return m_files.syncFolder(folder); }

private:
    video::VolumeFiles& m_files;
};

base::Microseconds aheadOf(const base::Clock& clock) {
    return clock.now().time_since_epoch() -
           std::chrono::duration_cast<base::Microseconds>(clock.steadyNow().time_since_epoch());
}

base::Result<std::set<estate::CameraId>> camerasOn(store::Database& database, video::VolumeId volume) {
    return database.read([&](soci::session& sql) -> base::Result<std::set<estate::CameraId>> {
        const long long id = volume.value();
        long long camera = 0;
        soci::statement statement = (sql.prepare << "SELECT DISTINCT camera_id FROM archive_day WHERE volume_id = :id",
                                     soci::use(id, "id"), soci::into(camera));
        std::set<estate::CameraId> cameras;
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            cameras.insert(estate::CameraId{camera});
        }
        return cameras;
    });
}

video::DueDate dueOf(const video::ArchiveVolume& volume, int retentionDays, std::optional<int> earlyDays,
                     base::UtcTime now) {
    const auto before = [now](int days) { return now - std::chrono::hours{24} * days; };
    video::DueDate due{before(retentionDays), video::DeletionRule::CameraDays};
    if (volume.longestDays && *volume.longestDays < retentionDays) {
        due = {before(*volume.longestDays), video::DeletionRule::VolumeDays};
    }
    if (earlyDays && before(*earlyDays) > due.before) {
        due = {before(*earlyDays), video::DeletionRule::EarlyFull};
    }
    return due;
}

}  // namespace

VolumeKeeper::VolumeKeeper(store::Database& database, const store::AuditWitness& segments, video::VolumeFiles& files,
                           video::UnfinishedFiles& unfinished, const base::Clock& clock)
    : m_database{database},
      m_files{files},
      m_unfinished{unfinished},
      m_clock{clock},
      m_index{database},
      m_retention{database, segments},
      m_nextDeletion{clock.steadyNow()},
      m_noDeletionBefore{clock.steadyNow()},
      m_wallAheadOfSteady{aheadOf(clock)} {
    m_report.volume = files.volume();
}

VolumeKeeper::~VolumeKeeper() {
    m_thread.request_stop();
}

VolumeReport VolumeKeeper::report() const {
    const std::scoped_lock lock{m_mutex};
    return m_report;
}

void VolumeKeeper::start() {
    m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

void VolumeKeeper::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        look(stop);
        std::unique_lock lock{m_mutex};
        m_wake.wait_for(lock, stop, kLook, [] { return false; });
    }
}

void VolumeKeeper::look(const std::stop_token& stop) {
    readSettings();
    {
        const std::scoped_lock lock{m_mutex};
        m_report.busySince = m_clock.steadyNow();
    }
    const auto looked = lookAtDisk(stop);
    const std::scoped_lock lock{m_mutex};
    m_report.busySince.reset();
    m_report.failure = looked ? std::nullopt : std::optional{looked.error()};
}

// What may be changed while it runs; the folder stays what it was at the start.
void VolumeKeeper::readSettings() {
    video::ArchiveVolumes volumes{m_database};
    const auto list = volumes.list();
    if (!list) {
        return;
    }
    const std::scoped_lock lock{m_mutex};
    for (const video::ArchiveVolume& one : *list) {
        if (one.id == m_report.volume.id) {
            m_report.volume.reserveBytes = one.reserveBytes;
            m_report.volume.longestDays = one.longestDays;
            m_report.volume.deleteEarlyDays = one.deleteEarlyDays;
        }
    }
}

base::Result<video::DiskSpace> VolumeKeeper::space() const {
    std::error_code error;
    const auto space = std::filesystem::space(m_files.volume().folder, error);
    if (error) {
        return base::fail(base::ErrorCode::StorageFailed,
                          "volume " + m_files.volume().name + " does not say how much is free: " + error.message());
    }
    return video::DiskSpace{static_cast<std::int64_t>(space.capacity), static_cast<std::int64_t>(space.available)};
}

base::Result<void> VolumeKeeper::lookAtDisk(const std::stop_token& stop) {
    TRY(video::requireMark(m_files.volume()));
    TRY_ASSIGN(auto disk, space());
    TRY(finishLeft());
    const bool isDue = m_clock.steadyNow() >= m_nextDeletion;
    {
        const std::scoped_lock lock{m_mutex};
        m_report.space = disk;
        m_report.reserve = m_report.volume.reserveBytes.value_or(video::reserveOf(disk.total));
    }
    const bool deletes = mayDelete();
    if (isDue && deletes) {
        m_nextDeletion = m_clock.steadyNow() + kDelete;
        TRY(deleteDue(stop, std::nullopt));
    }
    if (disk.free < m_report.reserve && deletes) {
        TRY(makeRoom(stop));
    }
    TRY_ASSIGN(disk, space());
    closeOrOpen(disk.free);
    if (isDue) {
        TRY_ASSIGN(auto forecast, video::forecastOf(m_database, m_report.volume, disk, m_clock.now()));
        const std::scoped_lock lock{m_mutex};
        m_report.space = disk;
        m_report.forecast = std::move(forecast);
    }
    return {};
}

// What cannot be finished yet is looked at again in the next round; it was told when it was left.
base::Result<void> VolumeKeeper::finishLeft() {
    TRY_ASSIGN(const auto report, video::finishUnfinished(m_index, m_files, m_unfinished, m_files.volume().id));
    if (report.recovered > 0 || report.removed > 0) {
        spdlog::info("volume {} works again: {} files that were left were finished, {} empty ones removed",
                     m_files.volume().name, report.recovered, report.removed);
    }
    return {};
}

// A clock that leaps forward by months would make everything due at once.
bool VolumeKeeper::mayDelete() {
    const auto ahead = aheadOf(m_clock);
    if (ahead - std::exchange(m_wallAheadOfSteady, ahead) > kJump) {
        m_noDeletionBefore = m_clock.steadyNow() + kAfterAJump;
    }
    const bool may = m_clock.steadyNow() >= m_noDeletionBefore;
    const std::scoped_lock lock{m_mutex};
    m_report.clockJumped = !may;
    return may;
}

base::Result<void> VolumeKeeper::deleteDue(const std::stop_token& stop, std::optional<int> earlyDays) {
    FilesOfVolume files{m_files};
    TRY(m_retention.finishMarked(m_report.volume, files));
    estate::CameraRegistry registry{m_database};
    TRY_ASSIGN(const auto estate, registry.list());
    TRY_ASSIGN(const auto cameras, camerasOn(m_database, m_report.volume.id));
    const int unknownCamera = 31;
    for (const estate::CameraId id : cameras) {
        const auto known = std::ranges::find(estate, id, &estate::Camera::id);
        const int days = known == estate.end() ? unknownCamera : known->retentionDays;
        const auto due = dueOf(m_report.volume, days, earlyDays, m_clock.now());
        for (int step = 0; step < kStepsOfCamera && !stop.stop_requested(); ++step) {
            TRY_ASSIGN(const auto done, m_retention.step(m_report.volume, id, due, files, kFilesOfStep));
            if (done.files == 0) {
                break;
            }
        }
        TRY(m_retention.forgetGaps(id, due.before));
    }
    return {};
}

// What is due first; then, where the administrator allows it, a day at a time from the oldest on.
base::Result<void> VolumeKeeper::makeRoom(const std::stop_token& stop) {
    TRY(deleteDue(stop, std::nullopt));
    if (!m_report.volume.deleteEarlyDays) {
        return {};
    }
    constexpr int oldest = 400;
    for (int days = oldest; days >= *m_report.volume.deleteEarlyDays && !stop.stop_requested(); --days) {
        TRY_ASSIGN(const auto disk, space());
        if (disk.free >= m_report.reserve) {
            return {};
        }
        TRY(deleteDue(stop, days));
    }
    return {};
}

void VolumeKeeper::closeOrOpen(std::int64_t free) {
    const std::int64_t reserve = m_report.reserve;
    const bool wasClosed = m_report.isClosed;
    // Opened again only with some room, so that it does not open and close with every file.
    const bool isClosed = free < reserve || (wasClosed && free < reserve + reserve / 10);
    if (isClosed && !wasClosed) {
        m_files.close(base::Error{base::ErrorCode::StorageFull,
                                  "volume " + m_files.volume().name + " is full down to its reserve"});
    } else if (!isClosed && wasClosed) {
        m_files.close(std::nullopt);
    }
    const std::scoped_lock lock{m_mutex};
    m_report.isClosed = isClosed;
}

}  // namespace leedswatch::station
