#pragma once

#include "estate/alarm_zones.h"
#include "response/zone_tally.h"

#include <vector>

namespace leedswatch::response {

/// Finds the zones of premises in what their panels have sent. Thread-safe.
class ZoneLearning {
public:
    explicit ZoneLearning(store::Database& database) : m_database{database} {}

    /// Zones that have reported since `from` and are in no register, with the names that their panels gave them; none
    /// is added yet. Errors: NotPermitted (the right to see alarms).
    [[nodiscard]] base::Result<std::vector<estate::AlarmZone>> find(const access::Acting& acting,
                                                                    estate::PremisesId premises, base::UtcTime from);
    /// Adds them to the register; how many. Errors: NotPermitted (the right to answer alarms).
    [[nodiscard]] base::Result<int> learn(const access::Acting& acting, estate::PremisesId premises,
                                          base::UtcTime from);

private:
    store::Database& m_database;
};

/// What a zone is there for, by what it reports.
[[nodiscard]] estate::ZoneKind zoneKindOf(alarm::SignalCategory category);

}  // namespace leedswatch::response
