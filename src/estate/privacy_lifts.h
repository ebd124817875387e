#pragma once

#include "access/two_person_authority.h"
#include "base/clock.h"
#include "estate/camera.h"
#include "store/database.h"

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace leedswatch::estate {

/// Why zones hide again what they hid before.
enum class LiftEnd { TimeOver, Key, DeskLocked, SignedOut };

[[nodiscard]] std::string_view nameOf(LiftEnd end);  ///< "time-over", ... as audited

/// A camera whose zones were open at this desk, and are not any more.
struct EndedLift {
    Camera camera;
    access::Acting first;
    LiftEnd end = LiftEnd::TimeOver;
};

/// Which cameras' privacy zones are lifted at this desk at the moment: only what two people stand behind, for 1 to 60
/// minutes by the steady clock. It is kept in memory alone, so whatever ends the program ends every lift. Thread-safe.
class PrivacyLifts {
public:
    static constexpr std::chrono::minutes shortest{1};
    static constexpr std::chrono::minutes longest{60};

    PrivacyLifts(store::Database& database, const base::Clock& clock) : m_database{database}, m_clock{clock} {}

    /// What the two people behind a lift must each be allowed to do.
    [[nodiscard]] static constexpr access::TwoPersonRights rights() {
        return {access::Right::LiftPrivacyZones, access::Right::ConfirmLiftingZones};
    }

    /// In force when this returns, and not before its audit event is stored: both names, camera, until when; the reason
    /// in the part that can be erased. A lift that there was ends with the new one's time.
    /// Errors: InvalidInput (the length), NotPermitted (the grant was for other rights), those of the store.
    [[nodiscard]] base::Result<void> lift(const access::TwoPersonGrant& grant, const Camera& camera,
                                          std::chrono::minutes length);

    /// Nothing if the zones of the camera are in force.
    [[nodiscard]] std::optional<base::SteadyTime::duration> timeLeft(CameraId camera) const;

    /// Each of these is in force when it returns; what ended is written into the audit log by `record`.
    [[nodiscard]] std::optional<EndedLift> end(CameraId camera, LiftEnd why);
    [[nodiscard]] std::vector<EndedLift> endAll(LiftEnd why);
    /// Those whose time is over, each once.
    [[nodiscard]] std::vector<EndedLift> takeExpired();

    [[nodiscard]] base::Result<void> record(const EndedLift& ended);

private:
    struct Lift {
        Camera camera;
        access::Acting first;
        base::SteadyTime until;
    };

    store::Database& m_database;
    const base::Clock& m_clock;
    mutable std::mutex m_mutex;
    std::unordered_map<CameraId, Lift> m_lifts;  // Guarded by m_mutex.
};

}  // namespace leedswatch::estate
