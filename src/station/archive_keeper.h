#pragma once

#include "base/clock.h"
#include "station/archive_watch.h"
#include "station/volume_keeper.h"
#include "store/change_feed.h"
#include "video/archive_recovery.h"
#include "video/archive_writer.h"
#include "video/recording_plans.h"

#include <memory>
#include <vector>

namespace leedswatch::station {

/// The archive of a running station: its volumes, who writes them, who looks after them, and whose plan says when a
/// camera is recorded. In its order: `open`, `recover`, `start`.
class ArchiveKeeper {
public:
    ArchiveKeeper(store::Database& database, const base::Clock& clock, video::RecorderSettings settings);
    ~ArchiveKeeper();
    ArchiveKeeper(const ArchiveKeeper&) = delete;
    ArchiveKeeper& operator=(const ArchiveKeeper&) = delete;

    /// Marks the main volume if it is new, and takes all that are switched on. A volume that is not there is a fault
    /// and no error.
    [[nodiscard]] base::Result<void> open();
    /// Finishes what an earlier station left in hand on the volumes that are there.
    [[nodiscard]] base::Result<video::RecoveryReport> recover();
    /// Follows plans, events and volumes from now on.
    [[nodiscard]] base::Result<void> start(store::ChangeFeed& feed);

    [[nodiscard]] video::ArchiveWriter& writer() { return m_writer; }

private:
    void addVolume(const video::ArchiveVolume& volume);
    [[nodiscard]] std::vector<ArchiveWatch::Volume> look();
    void run(const std::stop_token& stop);
    [[nodiscard]] base::Result<void> followVolumes();
    [[nodiscard]] base::Result<void> followPlans();

    store::Database& m_database;
    const base::Clock& m_clock;
    video::SegmentIndex m_index;
    video::ArchiveVolumes m_volumes;
    video::RecordingPlans m_plans;
    estate::FaultRegister m_faults;
    std::vector<std::unique_ptr<video::VolumeFiles>> m_files;  // grows under m_mutex
    video::ArchiveWriter m_writer;
    std::vector<std::unique_ptr<VolumeKeeper>> m_keepers;  // grows under m_mutex
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    bool m_changed = false;  // guarded by m_mutex
    bool m_started = false;  // the starting thread, then the follower's
    // Of the last round; the follower's thread only.
    std::map<estate::CameraId, video::RecordingPlan> m_knownPlans;
    std::map<estate::CameraId, std::vector<video::RecordingEvent>> m_knownEvents;
    base::SteadyTime m_nextForgetting;

    ArchiveWatch m_watch;
    base::Subscription m_subscription;
    std::jthread m_thread;
};

}  // namespace leedswatch::station
