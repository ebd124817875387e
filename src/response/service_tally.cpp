#include "response/service_tally.h"

#include "response/local_calendar.h"

#include <algorithm>

namespace leedswatch::response {

namespace {

using namespace std::chrono_literals;

constexpr auto loadWindow = 10min;

std::chrono::seconds lengthIn(const ShiftSpan& span, const ServicePeriod& period) {
    return std::chrono::duration_cast<std::chrono::seconds>(std::min(span.end, period.until) -
                                                            std::max(span.begin, period.from));
}

void join(OpenAlarms& sum, const OpenAlarms& more) {
    sum.count += more.count;
    sum.untaken += more.untaken;
    sum.held += more.held;
    sum.tests += more.tests;
    if (more.oldest) {
        sum.oldest = sum.oldest ? std::min(*sum.oldest, *more.oldest) : *more.oldest;
    }
}

void join(ShiftFigures& sum, const ShiftFigures& more) {
    ++sum.shifts;
    sum.length += more.length;
    sum.arrived += more.arrived;
    sum.counted += more.counted;
    sum.acted.add(more.acted);
    sum.judged += more.judged;
    sum.late += more.late;
    sum.taken += more.taken;
    sum.operators = std::max(sum.operators, more.operators);
    sum.mostTaken = std::max(sum.mostTaken, more.mostTaken);
}

/// So long that it is late for that target while it is open.
bool isLateFor(const ServiceTimes& alarm, const ServiceTarget& target, base::UtcTime now) {
    return !lengthOf(alarm, target.measure) && now - beginOf(alarm) > target.within;
}

/// Goes through the takings of one operator in their order.
class OperatorTally {
public:
    void add(const TakenAlarms& taken, ShiftFigures* shift) {
        if (m_sum.shifts == 0 || m_shift != shift) {
            endShift();
            ++m_sum.shifts;
            m_shift = shift;
            m_first = taken.tenMinutes;
            if (shift != nullptr) {
                ++shift->operators;
            }
        }
        m_last = taken.tenMinutes;
        m_sum.username = taken.username;
        m_sum.taken += taken.taken;
        m_sum.above += taken.taken > 1 ? 1 : 0;
        if (taken.taken > m_sum.most) {
            m_sum.most = taken.taken;
            m_sum.worst = taken.tenMinutes;
        }
    }
    OperatorFigures finish() {
        endShift();
        return m_sum;
    }

private:
    void endShift() { m_sum.windows += m_sum.shifts == 0 ? 0 : (m_last - m_first) / loadWindow + 1; }

    OperatorFigures m_sum;
    const ShiftFigures* m_shift = nullptr;
    base::UtcTime m_first{};
    base::UtcTime m_last{};
};

}  // namespace

ServiceTally::ServiceTally(const ServicePeriod& period, base::UtcTime now, std::vector<ServiceTargetSet> targets,
                           const std::vector<ShiftPattern>& shifts)
    : m_now{now}, m_targets{std::move(targets)} {
    m_report.period = period;
    m_report.made = now;
    m_edges = {period.from, period.until};
    for (const ShiftSpan& span : shiftsIn(shifts, period.from, period.until)) {
        ShiftFigures shift;
        shift.name = span.name;
        shift.span = span;
        shift.length = lengthIn(span, period);
        m_report.shifts.push_back(std::move(shift));
        m_edges.push_back(span.begin);
    }
    for (const ServiceTargetSet& set : m_targets) {
        m_edges.push_back(set.holdsFrom);
    }
    std::ranges::sort(m_edges);
    countHours();
}

void ServiceTally::countHours() {
    // An hour by the wall begins at the full hour in UTC too, as London's offset is of whole hours.
    const auto& [from, until] = m_report.period;
    for (auto hour = std::chrono::floor<std::chrono::hours>(from); hour < until; hour += 1h) {
        ++m_report.hours.at(static_cast<std::size_t>(localHourOf(hour))).hours;
    }
}

bool ServiceTally::isWhole(base::UtcTime hour) const {
    const auto edge = std::ranges::upper_bound(m_edges, hour);
    return edge == m_edges.end() || *edge >= hour + 1h;
}

std::vector<base::UtcTime> ServiceTally::partialHours() const {
    std::vector<base::UtcTime> hours;
    for (const base::UtcTime edge : m_edges) {
        const base::UtcTime hour = std::chrono::floor<std::chrono::hours>(edge);
        const bool isInPeriod = hour + 1h > m_report.period.from && hour < m_report.period.until;
        if (hour != edge && isInPeriod && (hours.empty() || hours.back() != hour)) {
            hours.push_back(hour);
        }
    }
    return hours;
}

ServiceTally::Part ServiceTally::partOf(AlarmClass alarmClass, base::UtcTime arrived) const {
    const ServiceTargetSet* set = targetsAt(m_targets, alarmClass, arrived);
    return {alarmClass, set == nullptr ? -1 : static_cast<int>(set - m_targets.data())};
}

const ServiceTargetSet* ServiceTally::targetsOf(const Part& part) const {
    return part.set < 0 ? nullptr : &m_targets[static_cast<std::size_t>(part.set)];
}

ShiftFigures* ServiceTally::shiftAt(base::UtcTime time) {
    auto& shifts = m_report.shifts;
    const auto next =
        std::ranges::upper_bound(shifts, time, {}, [](const ShiftFigures& shift) { return shift.span->begin; });
    return next == shifts.begin() || time >= std::prev(next)->span->end ? nullptr : &*std::prev(next);
}

std::optional<std::chrono::seconds> ServiceTally::longestActed(const Part& part) const {
    std::optional<std::chrono::seconds> longest;
    if (const ServiceTargetSet* set = targetsOf(part)) {
        for (const ServiceTarget& target : set->targets) {
            if (target.measure == ServiceMeasure::Acted) {
                longest = std::max(longest.value_or(target.within), target.within);
            }
        }
    }
    return longest;
}

void ServiceTally::addToHourOfDay(base::UtcTime hour, std::int64_t arrived) {
    m_report.hours.at(static_cast<std::size_t>(localHourOf(hour))).arrived += arrived;
}

void ServiceTally::add(const ServiceHour& hour) {
    const Part part = partOf(hour.alarmClass, hour.hour);
    m_parts[part].counts.add(hour.counts);
    addToHourOfDay(hour.hour, hour.counts.arrived());
    if (ShiftFigures* shift = shiftAt(hour.hour)) {
        const TimeCounts& acted = hour.counts.of(ServiceMeasure::Acted);
        shift->arrived += hour.counts.arrived();
        shift->counted += hour.counts.counted;
        shift->acted.add(acted);
        if (const auto limit = longestActed(part)) {
            shift->judged += acted.count();
            shift->late += acted.count() - acted.within(*limit);
        }
    }
}

void ServiceTally::add(const ServiceTimes& alarm) {
    if (alarm.raised < m_report.period.from || alarm.raised >= m_report.period.until) {
        return;
    }
    const Part part = partOf(alarm.alarmClass, alarm.raised);
    if (alarm.state == AlarmState::Closed) {
        m_parts[part].counts.add(alarm);
    } else {
        addOpen(alarm, part);
    }
    addToHourOfDay(alarm.raised, 1);
    addToShift(alarm, part);
}

void ServiceTally::addOpen(const ServiceTimes& alarm, const Part& part) {
    PartSum& sum = m_parts[part];
    switch (countingOf(alarm)) {
        case ServiceCounting::Held: ++sum.open.held; return;
        case ServiceCounting::Test: ++sum.open.tests; return;
        default: break;
    }
    sum.counts.add(alarm);
    ++sum.open.count;
    sum.open.untaken += alarm.accepted ? 0 : 1;
    sum.open.oldest = std::min(sum.open.oldest.value_or(alarm.raised), alarm.raised);
    const ServiceTargetSet* set = targetsOf(part);
    if (set == nullptr) {
        return;
    }
    sum.lateOpen.resize(set->targets.size());
    for (std::size_t target = 0; target < set->targets.size(); ++target) {
        sum.lateOpen[target] += isLateFor(alarm, set->targets[target], m_now) ? 1 : 0;
    }
}

void ServiceTally::addToShift(const ServiceTimes& alarm, const Part& part) {
    ShiftFigures* shift = shiftAt(alarm.raised);
    if (shift == nullptr) {
        return;
    }
    ++shift->arrived;
    if (countingOf(alarm) != ServiceCounting::Counted) {
        return;
    }
    ++shift->counted;
    const auto limit = longestActed(part);
    const auto length = lengthOf(alarm, ServiceMeasure::Acted);
    if (length) {
        shift->acted.add(*length);
    }
    if (!limit) {
        return;
    }
    const bool isLateOpen =
        alarm.state != AlarmState::Closed && isLateFor(alarm, {ServiceMeasure::Acted, 1'000, *limit}, m_now);
    if (isLateOpen || (length && *length >= base::Microseconds::zero())) {
        ++shift->judged;
        shift->late += isLateOpen || *length > *limit ? 1 : 0;
    }
}

void ServiceTally::add(const std::vector<TakenAlarms>& taken) {
    m_taken = taken;
}

ServiceReport ServiceTally::finish() {
    finishClasses();
    finishOperators();
    finishShifts();
    return std::move(m_report);
}

void ServiceTally::finishClasses() {
    for (const auto& [part, sum] : m_parts) {
        if (m_report.classes.empty() || m_report.classes.back().alarmClass != part.alarmClass) {
            m_report.classes.push_back({part.alarmClass});
        }
        ClassFigures& figures = m_report.classes.back();
        figures.counts.add(sum.counts);
        join(figures.open, sum.open);
        const ServiceTargetSet* set = targetsOf(part);
        for (std::size_t index = 0; set != nullptr && index < set->targets.size(); ++index) {
            const ServiceTarget& target = set->targets[index];
            const TimeCounts& times = sum.counts.of(target.measure);
            TargetResult result{target, set->holdsFrom, times.within(target.within), times.count(), 0};
            result.lateOpen = index < sum.lateOpen.size() ? sum.lateOpen[index] : 0;
            result.of += result.lateOpen;
            figures.targets.push_back(result);
        }
    }
    for (const ClassFigures& figures : m_report.classes) {
        m_report.all.counts.add(figures.counts);
        join(m_report.all.open, figures.open);
    }
}

void ServiceTally::finishShifts() {
    for (const ShiftFigures& shift : m_report.shifts) {
        auto found = std::ranges::find(m_report.shiftsByName, shift.name, &ShiftFigures::name);
        if (found == m_report.shiftsByName.end()) {
            ShiftFigures sum;
            sum.name = shift.name;
            sum.shifts = 0;
            found = m_report.shiftsByName.insert(found, sum);
        }
        join(*found, shift);
    }
}

void ServiceTally::finishOperators() {
    std::map<std::string, OperatorTally> operators;
    for (const TakenAlarms& taken : m_taken) {
        ShiftFigures* shift = shiftAt(taken.tenMinutes);
        operators[taken.username].add(taken, shift);
        if (shift != nullptr) {
            shift->taken += taken.taken;
            shift->mostTaken = std::max(shift->mostTaken, taken.taken);
        }
    }
    OperatorFigures& room = m_report.room;
    for (auto& [name, tally] : operators) {
        const OperatorFigures who = tally.finish();
        room.taken += who.taken;
        room.shifts += who.shifts;
        room.windows += who.windows;
        room.above += who.above;
        if (who.most > room.most || (who.most == room.most && who.worst < room.worst)) {
            room.most = who.most;
            room.worst = who.worst;
        }
        m_report.operators.push_back(who);
    }
    std::ranges::stable_sort(m_report.operators, std::greater{}, &OperatorFigures::taken);
}

}  // namespace leedswatch::response
