#pragma once

#include "base/clock.h"
#include "estate/stream_measurements.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace leedswatch::station {

/// What is measured of the streams on its way to the store: the newest of each, all that changed in one commit, at most
/// every ten seconds however many cameras there are. Thread-safe; nobody waits for the disk.
class MeasurementBoard {
public:
    /// `interval`: a test may be impatient.
    MeasurementBoard(estate::StreamMeasurements& store, const base::Clock& clock,
                     std::chrono::milliseconds interval = std::chrono::seconds{10});
    /// Writes what is left.
    ~MeasurementBoard();
    MeasurementBoard(const MeasurementBoard&) = delete;
    MeasurementBoard& operator=(const MeasurementBoard&) = delete;

    void set(estate::StreamMeasurement measurement);
    /// Goes to the store if it moved by more than 50 ms, or five minutes after the last that went.
    void setClock(estate::CameraId camera, base::Microseconds offset);

private:
    struct KnownClock {
        base::Microseconds offset;
        base::SteadyTime at;
    };

    void run(const std::stop_token& stop);
    void write();

    estate::StreamMeasurements& m_store;
    const base::Clock& m_clock;
    const std::chrono::milliseconds m_interval;
    bool m_hasFailed = false;  // the writing thread only
    std::mutex m_mutex;
    std::condition_variable_any m_pause;
    // Guarded by m_mutex.
    std::map<std::pair<estate::CameraId, bool>, estate::StreamMeasurement> m_streams;
    std::map<estate::CameraId, estate::ClockOffset> m_clocks;
    std::map<estate::CameraId, KnownClock> m_known;

    std::jthread m_thread;
};

}  // namespace leedswatch::station
