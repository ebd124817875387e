#include "station/status_board.h"

#include <spdlog/spdlog.h>

#include <utility>

namespace leedswatch::station {
namespace {

// When a switch fails, dozens of cameras change together: they are given this long to be written together.
constexpr std::chrono::milliseconds kGather{50};
constexpr std::chrono::seconds kRetry{1};

bool isWithoutPicture(const estate::CameraStatus& status) {
    return status.state == estate::CameraState::Offline || status.state == estate::CameraState::Connecting;
}

}  // namespace

StatusBoard::StatusBoard(estate::CameraRegistry& cameras, const base::Clock& clock)
    : m_cameras{cameras}, m_clock{clock} {
    if (auto stored = cameras.statuses()) {
        remember(*stored);
    } else {
        spdlog::warn("since when cameras are lost is not known: {}", stored.error().message);
    }
    m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

StatusBoard::~StatusBoard() {
    m_thread.request_stop();
}

void StatusBoard::remember(const std::vector<estate::CameraStatus>& stored) {
    for (const auto& status : stored) {
        if (isWithoutPicture(status)) {
            m_lostSince[status.camera] = status.since;
        }
    }
}

// Under m_mutex.
base::UtcTime StatusBoard::sinceOf(const estate::CameraStatus& status) {
    const base::UtcTime now = m_clock.now();
    if (isWithoutPicture(status)) {
        return m_lostSince.try_emplace(status.camera, now).first->second;
    }
    if (status.state == estate::CameraState::Live) {
        m_lostSince.erase(status.camera);
    }
    const auto known = m_known.find(status.camera);
    const bool goesOn =
        known != m_known.end() && known->second.state == status.state && known->second.cause == status.cause;
    return goesOn ? known->second.since : now;
}

void StatusBoard::set(estate::CameraStatus status) {
    const std::scoped_lock lock{m_mutex};
    status.since = sinceOf(status);
    const auto known = m_known.find(status.camera);
    if (known != m_known.end() && known->second == status) {
        return;
    }
    m_known[status.camera] = status;
    m_waiting[status.camera] = std::move(status);
    m_changed.notify_all();
}

void StatusBoard::run(const std::stop_token& stop) {
    bool told = false;
    while (true) {
        std::vector<estate::CameraStatus> batch;
        {
            std::unique_lock lock{m_mutex};
            m_changed.wait(lock, stop, [this] { return !m_waiting.empty(); });
            m_changed.wait_for(lock, stop, kGather, [] { return false; });
            for (auto& [camera, status] : std::exchange(m_waiting, {})) {
                batch.push_back(std::move(status));
            }
        }
        if (batch.empty()) {
            return;
        }
        const auto written = m_cameras.setStatuses(batch);
        if (written) {
            told = false;
            continue;
        }
        if (!std::exchange(told, true)) {
            spdlog::error("the states of {} cameras are not written yet: {}", batch.size(), written.error().message);
        }
        if (stop.stop_requested()) {
            return;
        }
        std::unique_lock lock{m_mutex};
        for (auto& status : batch) {
            m_waiting.try_emplace(status.camera, status);  // a newer one goes first
        }
        m_changed.wait_for(lock, stop, kRetry, [] { return false; });
    }
}

}  // namespace leedswatch::station
