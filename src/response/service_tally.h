#pragma once

#include "response/service_figures.h"
#include "response/service_rows.h"

#include <map>

namespace leedswatch::response {

/// Puts together a report of the parts that are read. One thread; lives for one report.
class ServiceTally {
public:
    /// `period` begins no earlier than the first alarm arrived, so that there are not shifts of centuries.
    ServiceTally(const ServicePeriod& period, base::UtcTime now, std::vector<ServiceTargetSet> targets,
                 const std::vector<ShiftPattern>& shifts);

    /// Whether all alarms of the hour are in the period, and of one shift and of the same targets.
    [[nodiscard]] bool isWhole(base::UtcTime hour) const;
    /// The hours of the period that are not, in their order.
    [[nodiscard]] std::vector<base::UtcTime> partialHours() const;

    void add(const ServiceHour& hour);
    /// Closed or open; one that arrived outside the period is left out.
    void add(const ServiceTimes& alarm);
    void add(const std::vector<TakenAlarms>& taken);

    [[nodiscard]] ServiceReport finish();

private:
    /// Alarms of a class under the same targets; `set` is -1 where there are none.
    struct Part {
        AlarmClass alarmClass;
        int set;
        auto operator<=>(const Part&) const = default;
    };
    struct PartSum {
        ServiceCounts counts;
        OpenAlarms open;
        std::vector<std::int64_t> lateOpen;  ///< by target
    };

    [[nodiscard]] Part partOf(AlarmClass alarmClass, base::UtcTime arrived) const;
    [[nodiscard]] const ServiceTargetSet* targetsOf(const Part& part) const;
    [[nodiscard]] ShiftFigures* shiftAt(base::UtcTime time);
    [[nodiscard]] std::optional<std::chrono::seconds> longestActed(const Part& part) const;
    void addOpen(const ServiceTimes& alarm, const Part& part);
    void addToShift(const ServiceTimes& alarm, const Part& part);
    void addToHourOfDay(base::UtcTime hour, std::int64_t arrived);
    void countHours();
    void finishClasses();
    void finishShifts();
    void finishOperators();

    const base::UtcTime m_now;
    const std::vector<ServiceTargetSet> m_targets;
    std::vector<base::UtcTime> m_edges;  ///< where something else holds from, sorted
    std::map<Part, PartSum> m_parts;
    std::vector<TakenAlarms> m_taken;
    ServiceReport m_report;
};

}  // namespace leedswatch::response
