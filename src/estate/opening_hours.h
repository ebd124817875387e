#pragma once

#include "access/person.h"
#include "base/weekly_schedule.h"
#include "estate/camera_registry.h"
#include "estate/premises.h"
#include "store/database.h"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::estate {

/// What is watched of opening and closing (reference 4.6).
enum class OpeningMonitor {
    LateClose,   ///< not set at the end of the hours
    EarlyOpen,   ///< unset outside the hours
    LateOpen,    ///< still set after the hours began
    EarlyClose,  ///< set within the hours
};

[[nodiscard]] std::string_view nameOf(OpeningMonitor monitor);  ///< "late-close"
[[nodiscard]] std::optional<OpeningMonitor> openingMonitorFrom(std::string_view name);

/// Temporary hours hold before those of public holidays, and those before the standard ones.
enum class HoursLevel { Standard, Holiday, Temporary };

/// Hours of one level.
struct OpeningHours {
    HoursLevel level = HoursLevel::Standard;
    base::WeeklySchedule hours = {};  ///< empty: never open
    std::chrono::minutes tolerance{15};
    std::string firstDay = {};  ///< of temporary ones, local: "2026-12-24"
    std::string lastDay = {};
    std::set<OpeningMonitor> monitors = {};
};

/// All hours of premises with the public holidays: what holds on which day. Both 01:30s of the autumn night are within
/// hours that hold 01:30; hours that begin in the hour that spring leaves out begin at its end.
class OpeningCalendar {
public:
    OpeningCalendar(std::vector<OpeningHours> hours, std::set<std::string> holidays)
        : m_hours{std::move(hours)}, m_holidays{std::move(holidays)} {}

    /// Those that hold on the local day of `time`; null: nobody watches then. A public holiday without hours of its own
    /// is closed all day.
    [[nodiscard]] const OpeningHours* on(base::UtcTime time) const;
    [[nodiscard]] bool isOpen(base::UtcTime time) const;
    /// Neither at that time nor within the tolerance before or after.
    [[nodiscard]] bool isClearlyClosed(base::UtcTime time) const;
    /// At that time and throughout the tolerance before and after.
    [[nodiscard]] bool isClearlyOpen(base::UtcTime time) const;
    [[nodiscard]] bool watches(OpeningMonitor monitor, base::UtcTime time) const;

private:
    std::vector<OpeningHours> m_hours;
    std::set<std::string> m_holidays;
};

/// The hours of premises, as supervisors give them. Thread-safe. Topic of the change feed: "premises".
class OpeningHoursRegistry {
public:
    explicit OpeningHoursRegistry(store::Database& database) : m_database{database} {}

    /// CSV with the columns premises (a reference), hours; level (standard, holiday, temporary), tolerance (minutes),
    /// first_day, last_day and monitors (late-close;early-open;late-open;early-close) may be there. The rows of
    /// premises are all their hours from then on. All rows or none. Counts are of premises. Errors: NotPermitted,
    /// InvalidInput.
    [[nodiscard]] base::Result<ImportReport> importCsv(const access::Acting& acting, std::string_view csv);
    /// CSV with the columns day ("2026-12-25") and name: all public holidays from then on.
    [[nodiscard]] base::Result<ImportReport> importHolidays(const access::Acting& acting, std::string_view csv);

    /// Of those premises, or of all that have any. Throws soci::soci_error.
    [[nodiscard]] static std::map<PremisesId, OpeningCalendar> select(soci::session& sql,
                                                                      std::optional<PremisesId> only = std::nullopt);

private:
    store::Database& m_database;
};

/// "2026-12-25": the local day of a time.
[[nodiscard]] std::string localDayText(base::UtcTime time);

}  // namespace leedswatch::estate
