#pragma once

#include "base/clock.h"
#include "video/archive_forecast.h"
#include "video/archive_retention.h"
#include "video/unfinished_files.h"
#include "video/volume_files.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace leedswatch::station {

/// What is known of a volume's disk.
struct VolumeReport {
    video::ArchiveVolume volume;
    std::optional<base::SteadyTime> busySince;  ///< it asks the disk something since then; none: it rests
    std::optional<video::DiskSpace> space;
    std::optional<base::Error> failure;  ///< the volume is not there, or its disk refuses; none: well
    bool isClosed = false;               ///< the reserve is touched: nothing new is recorded
    std::int64_t reserve = 0;
    std::optional<video::ArchiveForecast> forecast;
    bool clockJumped = false;  ///< nothing is deleted for a day, because the clock leapt forward
};

/// Looks after one volume with a thread of its own, because its disk may hang: that it is mounted, what is free, which
/// files it left unfinished while it was away, what is due to be deleted, how long the space lasts. Every ten seconds
/// it looks; every five minutes it deletes what is due, in small steps, and forecasts. When the reserve is touched it
/// deletes what is due at once, then what the administrator allows to go early, and if that is not enough closes the
/// volume: recording there stops and says so.
class VolumeKeeper {
public:
    VolumeKeeper(store::Database& database, const store::AuditWitness& segments, video::VolumeFiles& files,
                 video::UnfinishedFiles& unfinished, const base::Clock& clock);
    ~VolumeKeeper();
    VolumeKeeper(const VolumeKeeper&) = delete;
    VolumeKeeper& operator=(const VolumeKeeper&) = delete;

    [[nodiscard]] VolumeReport report() const;
    /// Begins to look by itself. A test calls `look` instead.
    void start();
    /// One round.
    void look(const std::stop_token& stop = {});

private:
    void run(const std::stop_token& stop);
    void readSettings();
    [[nodiscard]] base::Result<void> finishLeft();
    [[nodiscard]] base::Result<void> lookAtDisk(const std::stop_token& stop);
    [[nodiscard]] base::Result<video::DiskSpace> space() const;
    [[nodiscard]] base::Result<void> deleteDue(const std::stop_token& stop, std::optional<int> earlyDays);
    [[nodiscard]] base::Result<void> makeRoom(const std::stop_token& stop);
    [[nodiscard]] bool mayDelete();
    void closeOrOpen(std::int64_t free);

    store::Database& m_database;
    video::VolumeFiles& m_files;
    video::UnfinishedFiles& m_unfinished;
    const base::Clock& m_clock;
    video::SegmentIndex m_index;
    video::ArchiveRetention m_retention;
    // The keeper's thread only.
    base::SteadyTime m_nextDeletion;
    base::SteadyTime m_noDeletionBefore;
    base::Microseconds m_wallAheadOfSteady;

    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    VolumeReport m_report;  // guarded by m_mutex

    std::jthread m_thread;
};

}  // namespace leedswatch::station
