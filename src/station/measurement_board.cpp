#include "station/measurement_board.h"

#include <spdlog/spdlog.h>

#include <vector>

namespace leedswatch::station {
namespace {

constexpr base::Microseconds kWorthTelling = std::chrono::milliseconds{50};
constexpr std::chrono::minutes kStale{5};

}  // namespace

MeasurementBoard::MeasurementBoard(estate::StreamMeasurements& store, const base::Clock& clock,
                                   std::chrono::milliseconds interval)
    : m_store{store}, m_clock{clock}, m_interval{interval}, m_thread{[this](const std::stop_token& stop) {
          run(stop);
      }} {}

MeasurementBoard::~MeasurementBoard() {
    m_thread.request_stop();
    m_thread.join();
}

void MeasurementBoard::set(estate::StreamMeasurement measurement) {
    measurement.measured = m_clock.now();
    const std::scoped_lock lock{m_mutex};
    const auto key = std::pair{measurement.camera, measurement.isSub};
    m_streams[key] = std::move(measurement);
}

void MeasurementBoard::setClock(estate::CameraId camera, base::Microseconds offset) {
    const auto now = m_clock.steadyNow();
    const std::scoped_lock lock{m_mutex};
    const auto known = m_known.find(camera);
    if (known != m_known.end() && std::chrono::abs(offset - known->second.offset) <= kWorthTelling &&
        now - known->second.at < kStale) {
        return;
    }
    m_known[camera] = {offset, now};
    m_clocks[camera] = {camera, offset, m_clock.now()};
}

void MeasurementBoard::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock{m_mutex};
            m_pause.wait_for(lock, stop, m_interval, [] { return false; });
        }
        write();
    }
    // What came behind the last writing.
    write();
}

void MeasurementBoard::write() {
    std::vector<estate::StreamMeasurement> streams;
    std::vector<estate::ClockOffset> clocks;
    {
        const std::scoped_lock lock{m_mutex};
        for (auto& [key, stream] : std::exchange(m_streams, {})) {
            streams.push_back(std::move(stream));
        }
        for (const auto& [camera, clock] : std::exchange(m_clocks, {})) {
            clocks.push_back(clock);
        }
    }
    const auto written = m_store.write(streams, clocks);
    if (!written) {
        if (!std::exchange(m_hasFailed, true)) {
            spdlog::warn("what was measured of {} streams is not written: {}", streams.size(), written.error().message);
        }
        // Streams are measured anew in ten seconds; an offset would be thought known.
        const std::scoped_lock lock{m_mutex};
        for (const auto& clock : clocks) {
            m_clocks.try_emplace(clock.camera, clock);
        }
        return;
    }
    m_hasFailed = false;
}

}  // namespace leedswatch::station
