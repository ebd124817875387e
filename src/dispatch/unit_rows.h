#pragma once

#include "dispatch/unit.h"

#include <soci/soci.h>

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::dispatch {

// The rows of officers, units and their records as they go in and out. Each throws soci::soci_error.

/// Those that are not retired, by name.
[[nodiscard]] std::vector<Officer> selectOfficers(soci::session& sql);
/// Nothing: there is none, or it is retired.
[[nodiscard]] std::optional<Officer> selectOfficer(soci::session& sql, OfficerId id);
/// A new one if it has no id yet, which it is given.
void saveOfficer(soci::session& sql, Officer& officer);
void retireOfficer(soci::session& sql, OfficerId id, base::UtcTime now);

/// Those that are not retired, by call sign, each with its crew.
[[nodiscard]] std::vector<Unit> selectUnits(soci::session& sql);
[[nodiscard]] std::optional<Unit> selectUnit(soci::session& sql, UnitId id);
/// A new one if it has no id yet, which it is given. The crew apart.
void saveUnit(soci::session& sql, Unit& unit);
void retireUnit(soci::session& sql, UnitId id, base::UtcTime now);
/// Whoever is in it is in no other unit from then on.
void replaceCrew(soci::session& sql, UnitId id, const std::vector<Officer>& crew);
/// The unit that somebody is in, or was in last.
[[nodiscard]] std::optional<UnitId> selectUnitOfOfficer(soci::session& sql, OfficerId id);
/// On scene, watched, due no later than that, and not known to be late; the earliest first.
[[nodiscard]] std::vector<Unit> selectLateUnits(soci::session& sql, base::UtcTime now, int most);

/// Gives it its id.
void insertUnitEntry(soci::session& sql, UnitEntry& entry);
/// The newest first.
[[nodiscard]] std::vector<UnitEntry> selectUnitEntries(soci::session& sql, UnitId unit, int most);

}  // namespace leedswatch::dispatch
