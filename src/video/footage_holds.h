#pragma once

#include "access/person.h"
#include "store/database.h"
#include "video/segment.h"

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::video {

using HoldId = base::Id<struct HoldTag>;

/// Footage of some cameras that no rule may delete until somebody lifts the hold.
struct FootageHold {
    HoldId id;
    TimeRange range;
    std::vector<estate::CameraId> cameras;
    std::string reason;
    std::string placedBy;
    base::UtcTime placedAt{};
    std::string releasedBy;  ///< empty: it stands
    base::UtcTime releasedAt{};
    std::string releaseReason;
};

struct HoldOrder {
    TimeRange range;  ///< may reach into the future: what is recorded then is held too
    std::vector<estate::CameraId> cameras;
    std::string reason;  ///< why; at least three letters
};

/// What a hold came too late for.
struct LostBeforeHold {
    estate::CameraId camera;
    TimeRange range;  ///< what was deleted, cut to the hold's range; a summary of a day, so less may be missing
    std::string rule;
    std::int64_t files = 0;
    bool beingDeleted = false;  ///< it is marked, and goes within seconds
};

struct PlacedHold {
    HoldId id;
    std::vector<LostBeforeHold> lost;  ///< empty: everything that was recorded is there
};

/// Holds on footage, to the microsecond. Operators place them, supervisors lift them, each with a reason; both are in
/// the audit log. A hold that is placed counts from its commit on: what a rule has not marked by then is never deleted.
/// Thread-safe. Topic of the change feed: "footage_holds".
class FootageHolds {
public:
    explicit FootageHolds(store::Database& database) : m_database{database} {}

    /// Errors: NotPermitted, InvalidInput.
    [[nodiscard]] base::Result<PlacedHold> place(const access::Acting& acting, const HoldOrder& order);
    /// Errors: NotPermitted, InvalidInput (no reason), NotFound (no such hold, or it was lifted already).
    [[nodiscard]] base::Result<void> release(const access::Acting& acting, HoldId hold, const std::string& reason);

    /// The newest first; with `standing` only those that nobody has lifted.
    [[nodiscard]] base::Result<std::vector<FootageHold>> list(bool standing);
    /// What is held of a camera in a range: ranges cut to it, joined where they touch or overlap.
    [[nodiscard]] base::Result<std::vector<TimeRange>> heldOf(estate::CameraId camera, TimeRange range);

    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

/// The standing holds on a camera that touch the range, joined; for who is inside a transaction.
[[nodiscard]] std::vector<TimeRange> selectHeld(soci::session& sql, estate::CameraId camera, TimeRange range);

}  // namespace leedswatch::video
