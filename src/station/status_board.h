#pragma once

#include "base/clock.h"
#include "estate/camera_registry.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace leedswatch::station {

/// The cameras' states on their way to the store: only what changed, many in one commit, off the cameras' threads.
/// Thread-safe.
class StatusBoard {
public:
    StatusBoard(estate::CameraRegistry& cameras, const base::Clock& clock);
    /// Writes what is left.
    ~StatusBoard();
    StatusBoard(const StatusBoard&) = delete;
    StatusBoard& operator=(const StatusBoard&) = delete;

    /// Returns at once. `since` is set here: when the state or its cause became another.
    void set(estate::CameraStatus status);

private:
    void run(const std::stop_token& stop);

    estate::CameraRegistry& m_cameras;
    const base::Clock& m_clock;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    // Guarded by m_mutex.
    std::map<estate::CameraId, estate::CameraStatus> m_known;
    std::map<estate::CameraId, estate::CameraStatus> m_waiting;

    std::jthread m_thread;
};

}  // namespace leedswatch::station
