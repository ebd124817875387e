#pragma once

#include "base/clock.h"
#include "estate/camera_registry.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace leedswatch::station {

/// The cameras' states on their way to the store: only what changed, many in one commit, off the cameras' threads.
/// Thread-safe.
class StatusBoard {
public:
    /// What the last station wrote is read first: a camera that was lost then has been lost since then.
    StatusBoard(estate::CameraRegistry& cameras, const base::Clock& clock);
    /// Writes what is left.
    ~StatusBoard();
    StatusBoard(const StatusBoard&) = delete;
    StatusBoard& operator=(const StatusBoard&) = delete;

    /// Returns at once. `since` is set here: of an offline camera when it was lost, whatever the causes since and
    /// however often the station was started; of the other states when they began.
    void set(estate::CameraStatus status);

private:
    void remember(const std::vector<estate::CameraStatus>& stored);
    [[nodiscard]] base::UtcTime sinceOf(const estate::CameraStatus& status);
    void run(const std::stop_token& stop);

    estate::CameraRegistry& m_cameras;
    const base::Clock& m_clock;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    // Guarded by m_mutex.
    std::map<estate::CameraId, estate::CameraStatus> m_known;
    std::map<estate::CameraId, estate::CameraStatus> m_waiting;
    std::map<estate::CameraId, base::UtcTime> m_lostSince;

    std::jthread m_thread;
};

}  // namespace leedswatch::station
