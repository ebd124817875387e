#pragma once

#include "access/person.h"
#include "base/result.h"
#include "base/weekly_schedule.h"
#include "estate/camera_registry.h"
#include "estate/premises.h"
#include "response/alarm.h"
#include "store/audit_witness.h"
#include "store/database.h"

#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::response {

/// Which fire alarms are challenged by a call before the fire service is called: by its area, the kind of premises and
/// the hour (reference 4.5).
struct FireRule {
    std::string authority = {};  ///< "West Yorkshire"; empty: all
    std::string kind = {};       ///< of premises: "care-home"; empty: all
    base::WeeklySchedule hours = {};
    FireHandling handling = FireHandling::Challenge;
    bool operator==(const FireRule&) const = default;
};

/// What holds for a fire alarm, and by which rule.
struct FireDecision {
    FireHandling handling = FireHandling::Challenge;
    std::string reason;  ///< a sentence
};

/// The rules that are data of the room. Thread-safe. Topic of the change feed: "fire_rules".
class FireRules {
public:
    explicit FireRules(store::Database& database) : m_database{database} {}

    /// By authority, kind and hours.
    [[nodiscard]] base::Result<std::vector<FireRule>> list(const access::Acting& acting);
    /// CSV with the columns authority, kind, hours, handling (pass, challenge, confirm): these are all rules from then
    /// on. One without authority, kind and hours must be there. Errors: NotPermitted, InvalidInput (names line, column
    /// and what to do).
    [[nodiscard]] base::Result<int> importCsv(const access::Acting& acting, std::string_view csv);
    /// The fire service in whose area premises are; empty: it is not said. Errors: NotPermitted, NotFound.
    [[nodiscard]] base::Result<void> setAuthority(const access::Acting& acting, estate::PremisesId premises,
                                                  const std::string& authority);
    /// Premises and their authority: CSV with these two columns. Errors: NotPermitted, InvalidInput.
    [[nodiscard]] base::Result<estate::ImportReport> importAuthorities(const access::Acting& acting,
                                                                       std::string_view csv);

    /// Throws soci::soci_error.
    [[nodiscard]] static FireDecision decide(soci::session& sql, estate::PremisesId premises, const std::string& kind,
                                             base::UtcTime when);

private:
    store::Database& m_database;
};

}  // namespace leedswatch::response
