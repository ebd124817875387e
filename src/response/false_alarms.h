#pragma once

#include "access/person.h"
#include "estate/premises.h"
#include "response/alarm_class.h"
#include "response/alarm_outcome.h"
#include "response/service_period.h"
#include "store/database.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace leedswatch::response {

/// What the room decided of alarms: those that somebody took and closed, without tests.
struct DecidedAlarms {
    std::int64_t alarms = 0;
    std::int64_t falseOnes = 0;
    std::int64_t falsePolice = 0;  ///< of the false ones, those for which the police were called
    bool operator==(const DecidedAlarms&) const = default;
};

struct PremisesFalseAlarms {
    estate::PremisesId premises;
    std::string reference;
    std::string name;  ///< as they are called now; empty: they are not in the list any more
    DecidedAlarms all = {};
    std::map<AlarmClass, DecidedAlarms> classes = {};
    std::map<std::string, std::int64_t> causes = {};  ///< by the code of the outcome; the false ones alone
};

struct FalseAlarmReport {
    ServicePeriod period;
    base::UtcTime made{};
    std::string madeBy = {};
    std::int64_t premises = 0;  ///< that are connected now, with and without alarms
    DecidedAlarms all = {};
    std::map<AlarmClass, DecidedAlarms> classes = {};
    std::vector<PremisesFalseAlarms> ranked = {};  ///< those with any false alarm: most first, then by reference

    /// False alarms for each connected premises, in the period.
    [[nodiscard]] double rate() const;
};

/// Which premises call for nothing, and how often the police with them. Only what somebody decided when they closed an
/// alarm counts. Thread-safe; do not ask on the window's thread.
class FalseAlarms {
public:
    /// Rows: as ServiceFigures::Source.
    enum class Source { Sums, Rows };

    explicit FalseAlarms(store::Database& database, Source source = Source::Sums)
        : m_database{database}, m_source{source} {}

    /// Errors: NotPermitted; InvalidInput (the period).
    [[nodiscard]] base::Result<FalseAlarmReport> report(const access::Acting& acting, const ServicePeriod& period);

private:
    store::Database& m_database;
    const Source m_source;
};

}  // namespace leedswatch::response
