#pragma once

#include "base/result.h"
#include "response/decided_counts.h"
#include "response/service_times.h"

#include <soci/soci.h>

#include <functional>
#include <vector>

namespace leedswatch::response {

// The rows that service figures are made of, as they go in and out. Each throws soci::soci_error.

using VisitAlarm = std::function<void(const ServiceTimes& alarm)>;

/// Closed ones that arrived in [from, until), those that the sums do not have yet too.
void visitClosed(soci::session& sql, base::UtcTime from, base::UtcTime until, const VisitAlarm& visit);
/// Of those, only the ones that the sums have.
void visitSummed(soci::session& sql, base::UtcTime from, base::UtcTime until, const VisitAlarm& visit);
/// Closed ones that the sums do not have yet.
void visitPending(soci::session& sql, const VisitAlarm& visit);
void visitOpen(soci::session& sql, const VisitAlarm& visit);
/// The first `most` of those that the sums do not have yet.
[[nodiscard]] std::vector<ServiceTimes> selectPending(soci::session& sql, int most);
/// Those up to that one: all that `selectPending` gave, if it is its last.
void removePending(soci::session& sql, AlarmId last);
/// When the first of all alarms arrived; none: there is none.
[[nodiscard]] std::optional<base::UtcTime> firstArrival(soci::session& sql);
[[nodiscard]] std::optional<base::UtcTime> newestArrival(soci::session& sql);

/// Sums of an hour.
struct ServiceHour {
    base::UtcTime hour;
    AlarmClass alarmClass = AlarmClass::Unknown;
    ServiceCounts counts;
};
/// Those of hours that begin in [from, until), in their order. Error: Damaged.
[[nodiscard]] base::Result<void> visitHours(soci::session& sql, base::UtcTime from, base::UtcTime until,
                                            const std::function<void(const ServiceHour& hour)>& visit);
/// Error: Damaged, of what was there before.
[[nodiscard]] base::Result<void> addToHour(soci::session& sql, const ServiceHour& more);

/// Takes away the sums of hours that begin in [from, until).
void removeHours(soci::session& sql, base::UtcTime from, base::UtcTime until);

/// What was decided of alarms of premises in a month. Error: Damaged.
[[nodiscard]] base::Result<void> visitPremises(
    soci::session& sql, base::UtcTime from, base::UtcTime until,
    const std::function<void(estate::PremisesId premises, const DecidedCounts::Sum& sum)>& visit);
/// Error: Damaged, of what was there before.
[[nodiscard]] base::Result<void> addToPremises(soci::session& sql, base::UtcTime month, estate::PremisesId premises,
                                               const DecidedCounts& more);
void removePremisesMonth(soci::session& sql, base::UtcTime month);

/// How many alarms somebody took in ten minutes.
struct TakenAlarms {
    base::UtcTime tenMinutes;
    std::string username;
    std::int64_t taken = 0;
};
/// Those that begin in [from, until), by their time.
[[nodiscard]] std::vector<TakenAlarms> selectTaken(soci::session& sql, base::UtcTime from, base::UtcTime until);

}  // namespace leedswatch::response
