#include "estate/privacy_lifts.h"

#include "base/local_time.h"

namespace leedswatch::estate {
namespace {

std::string objectOf(const Camera& camera) {
    return "camera " + std::to_string(camera.number);
}

}  // namespace

std::string_view nameOf(LiftEnd end) {
    switch (end) {
        case LiftEnd::TimeOver: return "time-over";
        case LiftEnd::Key: return "key";
        case LiftEnd::DeskLocked: return "desk-locked";
        case LiftEnd::SignedOut: return "signed-out";
    }
    return "time-over";
}

base::Result<void> PrivacyLifts::lift(const access::TwoPersonGrant& grant, const Camera& camera,
                                      std::chrono::minutes length) {
    if (length < shortest || length > longest) {
        return base::fail(base::ErrorCode::InvalidInput, "privacy zones can be lifted for 1 to 60 minutes");
    }
    TRY(access::require(grant.first(), rights().first));
    TRY(access::require(grant.second(), rights().second));
    TRY(m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        store::AuditEvent event;
        event.who = grant.first().username;
        event.workstation = grant.first().workstation;
        event.action = "privacy.lifted";
        event.object = objectOf(camera);
        event.details = {{"camera", camera.number},
                         {"second", grant.second().username},
                         {"minutes", static_cast<std::int64_t>(length.count())},
                         {"until", base::formatUtc(transaction.now() + length)}};
        event.personal = grant.reason();
        transaction.audit(event);
        return {};
    }));
    const std::scoped_lock lock{m_mutex};
    m_lifts.insert_or_assign(camera.id, Lift{camera, grant.first(), m_clock.steadyNow() + length});
    return {};
}

std::optional<base::SteadyTime::duration> PrivacyLifts::timeLeft(CameraId camera) const {
    const base::SteadyTime now = m_clock.steadyNow();
    const std::scoped_lock lock{m_mutex};
    const auto found = m_lifts.find(camera);
    if (found == m_lifts.end() || found->second.until <= now) {
        return std::nullopt;
    }
    return found->second.until - now;
}

std::optional<EndedLift> PrivacyLifts::end(CameraId camera, LiftEnd why) {
    const std::scoped_lock lock{m_mutex};
    const auto node = m_lifts.extract(camera);
    if (node.empty()) {
        return std::nullopt;
    }
    return EndedLift{node.mapped().camera, node.mapped().first, why};
}

std::vector<EndedLift> PrivacyLifts::endAll(LiftEnd why) {
    std::vector<EndedLift> ended;
    const std::scoped_lock lock{m_mutex};
    for (const auto& [camera, lift] : std::exchange(m_lifts, {})) {
        ended.push_back({lift.camera, lift.first, why});
    }
    return ended;
}

std::vector<EndedLift> PrivacyLifts::takeExpired() {
    const base::SteadyTime now = m_clock.steadyNow();
    std::vector<EndedLift> ended;
    const std::scoped_lock lock{m_mutex};
    std::erase_if(m_lifts, [&](const auto& entry) {
        const Lift& lift = entry.second;
        if (lift.until > now) {
            return false;
        }
        ended.push_back({lift.camera, lift.first, LiftEnd::TimeOver});
        return true;
    });
    return ended;
}

base::Result<void> PrivacyLifts::record(const EndedLift& ended) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        store::AuditEvent event;
        event.who = ended.first.username;
        event.workstation = ended.first.workstation;
        event.action = "privacy.restored";
        event.object = objectOf(ended.camera);
        event.details = {{"camera", ended.camera.number}, {"why", std::string{nameOf(ended.end)}}};
        transaction.audit(event);
        return {};
    });
}

}  // namespace leedswatch::estate
