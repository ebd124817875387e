#pragma once

#include "dispatch/key_bunch.h"

#include <soci/soci.h>

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::dispatch {

// The rows of keys and their history as they go in and out. Each throws soci::soci_error.

/// Gives it its id.
void insertBunch(soci::session& sql, KeyBunch& bunch, const std::string& addedBy);
/// What of it may change.
void updateBunch(soci::session& sql, const KeyBunch& bunch);
[[nodiscard]] std::optional<KeyBunch> selectBunch(soci::session& sql, BunchId id);
[[nodiscard]] std::optional<KeyBunch> selectBunch(soci::session& sql, const std::string& tag);
/// Those whose tag, or the reference of whose premises, begins so; by tag. Nothing typed: the first of all.
[[nodiscard]] std::vector<KeyBunch> selectBunchesLike(soci::session& sql, const std::string& begin, int most);
[[nodiscard]] std::vector<KeyBunch> selectBunchesOfPremises(soci::session& sql, estate::PremisesId premises);
/// The one that is due first, first.
[[nodiscard]] std::vector<KeyBunch> selectBunchesOut(soci::session& sql, int most);
[[nodiscard]] std::vector<KeyBunch> selectBunchesWith(soci::session& sql, UnitId unit);
/// That a job needs.
[[nodiscard]] std::vector<KeyBunch> selectBunchesOfJob(soci::session& sql, JobId job);
[[nodiscard]] int countOverdue(soci::session& sql, base::UtcTime now);

/// Gives it its id.
void insertMovement(soci::session& sql, KeyMovement& movement);
/// In their order.
[[nodiscard]] std::vector<KeyMovement> selectMovements(soci::session& sql, BunchId bunch);
[[nodiscard]] std::vector<KeyMovement> selectMovementsOfJob(soci::session& sql, JobId job);

}  // namespace leedswatch::dispatch
