#include "station/findings_keeper.h"

#include "estate/camera_registry.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace leedswatch::station {
namespace {

constexpr auto qualityKept = std::chrono::days{92};
constexpr auto lookedAtEvery = std::chrono::hours{1};
constexpr int camerasOfStep = 20;  // up to three commits each; 1,688 are through in seven minutes

void warnOf(const base::Result<void>& forgotten, const char* what, const estate::Camera& camera) {
    if (!forgotten) {
        spdlog::warn("old {} of camera {} is still there: {}", what, camera.number, forgotten.error().message);
    }
}

}  // namespace

FindingsKeeper::FindingsKeeper(store::Database& database, const base::Clock& clock, TamperDesk& desk)
    : m_database{database},
      m_clock{clock},
      m_desk{desk},
      m_motion{database},
      m_watched{database},
      m_quality{database},
      m_holds{database} {}

void FindingsKeeper::step() {
    if (m_waiting.empty() && m_clock.steadyNow() >= m_next) {
        m_next = m_clock.steadyNow() + lookedAtEvery;
        if (const auto cameras = estate::CameraRegistry{m_database}.list()) {
            m_waiting.assign(cameras->begin(), cameras->end());
        } else {
            spdlog::warn("nothing old is forgotten: {}", cameras.error().message);
        }
    }
    for (int done = 0; done < camerasOfStep && !m_waiting.empty(); ++done) {
        forgetOld(m_waiting.front());
        m_waiting.pop_front();
    }
}

base::Result<base::UtcTime> FindingsKeeper::keptFrom(const estate::Camera& camera) {
    const base::UtcTime due = m_clock.now() - std::chrono::days{camera.retentionDays};
    TRY_ASSIGN(const auto held, m_holds.heldOf(camera.id, {base::UtcTime{}, due}));
    return held.empty() ? due : std::min(due, held.front().begin);
}

void FindingsKeeper::forgetOld(const estate::Camera& camera) {
    warnOf(m_quality.forget(camera.id, m_clock.now() - qualityKept), "picture quality", camera);
    const auto from = keptFrom(camera);
    if (!from) {
        spdlog::warn("nothing old of camera {} is forgotten: {}", camera.number, from.error().message);
        return;
    }
    warnOf(m_motion.forget(camera.id, *from), "motion", camera);
    warnOf(m_watched.forget(camera.id, *from), "knowledge of when it was watched", camera);
    m_desk.forgetOld(camera, *from);
}

}  // namespace leedswatch::station
