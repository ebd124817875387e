#pragma once

#include "access/person.h"
#include "dispatch/job.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::dispatch {

/// How long something took, over some jobs.
struct Spread {
    int count = 0;
    base::Microseconds middle{};  ///< half of them took no longer
    base::Microseconds longest{};
};

/// Jobs of some premises, of a unit, or all.
struct AttendanceLine {
    std::string name;  ///< call sign, or reference and name; what has neither: its place
    int jobs = 0;
    int attended = 0;
    int cancelled = 0;
    int open = 0;
    int met = 0;     ///< their target
    int missed = 0;  ///< those that nobody has attended yet and whose time is over, too
    // From created.
    Spread toAssigned = {};
    Spread toEnRoute = {};
    Spread toOnScene = {};
    Spread toFinished = {};
};

struct AttendanceReport {
    AttendanceLine all;
    std::vector<AttendanceLine> premises;  ///< those with most jobs first
    std::vector<AttendanceLine> units;     ///< by call sign
};

/// Jobs that were created from `from` on and before `until`.
struct AttendancePeriod {
    base::UtcTime from;
    base::UtcTime until;
};

enum class AttendanceTable { Premises, Units, Jobs };

/// How soon units were where they were sent. A job counts for the unit that has it, or had it at its end. Thread-safe.
/// Errors: NotPermitted (the right to see service figures); InvalidInput (the period ends before it begins).
class Attendance {
public:
    explicit Attendance(store::Database& database) : m_database{database} {}

    [[nodiscard]] base::Result<AttendanceReport> report(const access::Acting& acting, const AttendancePeriod& period);
    /// A line for each premises, unit or job. Times in minutes; safe to open in a spreadsheet.
    [[nodiscard]] base::Result<std::string> csv(const access::Acting& acting, const AttendancePeriod& period,
                                                AttendanceTable table);

private:
    store::Database& m_database;
};

}  // namespace leedswatch::dispatch
