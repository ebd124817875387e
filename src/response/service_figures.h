#pragma once

#include "response/service_period.h"
#include "response/service_targets.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

/// Open alarms of the period, as they stand now.
struct OpenAlarms {
    std::int64_t count = 0;                    ///< those that count
    std::int64_t untaken = 0;                  ///< of them, those that nobody has taken yet
    std::int64_t held = 0;                     ///< beside them, those that the rules hold still
    std::int64_t tests = 0;                    ///< beside them, those of systems on test
    std::optional<base::UtcTime> oldest = {};  ///< when the first of those that count arrived
};

enum class Verdict { Met, NotMet, TooFew };

/// How a target was kept by the alarms that arrived while it held.
struct TargetResult {
    ServiceTarget target;
    base::UtcTime holdsFrom{};
    std::int64_t within = 0;
    std::int64_t of = 0;  ///< those that were measured, and open ones that are late already
    std::int64_t lateOpen = 0;

    /// TooFew: one late alarm more or less would decide it.
    [[nodiscard]] Verdict verdict() const;
};

/// Of one class, or of all (none).
struct ClassFigures {
    std::optional<AlarmClass> alarmClass = {};
    ServiceCounts counts = {};  ///< of closed alarms and of what open ones have behind them
    OpenAlarms open = {};
    std::vector<TargetResult> targets = {};  ///< by when they hold from, then by measure and share
};

/// Of one shift, or of all shifts of a name.
struct ShiftFigures {
    std::string name;
    std::optional<ShiftSpan> span = {};  ///< none: all of that name
    std::int64_t shifts = 1;             ///< how many
    std::chrono::seconds length{0};      ///< of what lies in the period, together
    std::int64_t arrived = 0;
    std::int64_t counted = 0;
    TimeCounts acted = {};       ///< to the first action
    std::int64_t judged = 0;     ///< those whose class has a target for the first action, with open ones that are late
    std::int64_t late = 0;       ///< of them, those that took longer than the longest one
    std::int64_t taken = 0;      ///< by all operators
    std::int64_t operators = 0;  ///< that took any; of all of a name: the most in one shift
    std::int64_t mostTaken = 0;  ///< by one operator in ten minutes
};

/// What one operator bore. One alarm in ten minutes is what is expected of a person.
struct OperatorFigures {
    std::string username;
    std::int64_t taken = 0;
    std::int64_t shifts = 0;   ///< in which they took any
    std::int64_t windows = 0;  ///< ten minutes each, in each shift from the first to the last in which they took one
    std::int64_t above = 0;    ///< of them, those with more than one alarm
    std::int64_t most = 0;     ///< in one of them
    std::optional<base::UtcTime> worst = {};  ///< when the first such one began
};

struct HourOfDay {
    std::int64_t arrived = 0;
    std::int64_t hours = 0;  ///< how many such hours the period has: one more or less where clocks change
};

struct ServiceReport {
    ServicePeriod period;
    base::UtcTime made{};
    std::string madeBy = {};
    ClassFigures all = {};
    std::vector<ClassFigures> classes = {};       ///< those that had any alarm
    std::vector<ShiftFigures> shifts = {};        ///< each, in their order
    std::vector<ShiftFigures> shiftsByName = {};  ///< of a period longer than a shift
    std::vector<OperatorFigures> operators = {};  ///< who took most first
    OperatorFigures room = {};                    ///< all operators: their windows together
    std::array<HourOfDay, 24> hours = {};         ///< by the clock on the wall
};

/// How quickly alarms were answered, in what time, by which shift, and what operators bore. Read from the sums of hours
/// where they have all, and from the rows of alarms for the rest: the parts of hours at the ends of the period and of
/// shifts, what was closed just now, and what is open. Reading holds nobody up who writes. Thread-safe; a report of
/// twelve busy months takes seconds, so do not ask on the window's thread.
class ServiceFigures {
public:
    /// Rows: reads no sums, only rows; what comes is the same, and takes long.
    enum class Source { Sums, Rows };

    explicit ServiceFigures(store::Database& database, Source source = Source::Sums)
        : m_database{database}, m_source{source} {}

    /// Errors: NotPermitted; InvalidInput (the period ends before it begins, or is longer than ten years); Damaged (a
    /// row of the sums; the message says what to do).
    [[nodiscard]] base::Result<ServiceReport> report(const access::Acting& acting, const ServicePeriod& period);

    /// A named period as it is at this moment. Error: NotPermitted.
    [[nodiscard]] base::Result<ServicePeriod> period(const access::Acting& acting, NamedPeriod named);

private:
    store::Database& m_database;
    const Source m_source;
};

/// InvalidInput, as above.
[[nodiscard]] base::Result<void> checkPeriod(const ServicePeriod& period);

}  // namespace leedswatch::response
