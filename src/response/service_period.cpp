#include "response/service_period.h"

#include "response/local_calendar.h"

#include <algorithm>
#include <array>

namespace leedswatch::response {

namespace {

using namespace std::chrono_literals;

constexpr std::array<NamedPeriodInfo, 7> periods{{
    {NamedPeriod::Today, "today", "Today"},
    {NamedPeriod::ThisShift, "this-shift", "This shift"},
    {NamedPeriod::ThisMonth, "this-month", "This month"},
    {NamedPeriod::LastMonth, "last-month", "Last month"},
    {NamedPeriod::ThisQuarter, "this-quarter", "This quarter"},
    {NamedPeriod::LastQuarter, "last-quarter", "Last quarter"},
    {NamedPeriod::TwelveMonths, "twelve-months", "Rolling 12 months"},
}};

base::UtcTime quarterBegin(base::UtcTime time) {
    const base::UtcTime month = localMonthOf(time).begin;
    return localMonthsBefore(month, (localMonthNumber(month) - 1) % 3);
}

}  // namespace

std::span<const NamedPeriodInfo> namedPeriods() {
    return periods;
}

std::optional<NamedPeriod> namedPeriodFrom(std::string_view name) {
    const auto* found = std::ranges::find(periods, name, &NamedPeriodInfo::name);
    return found == periods.end() ? std::nullopt : std::optional{found->period};
}

ServicePeriod periodOf(NamedPeriod named, base::UtcTime now, const std::vector<ShiftPattern>& shifts) {
    // What arrives in this very moment belongs to it.
    const base::UtcTime end = now + base::Microseconds{1};
    switch (named) {
        case NamedPeriod::Today: return {base::localDayOf(now).begin, end};
        case NamedPeriod::ThisShift: {
            const auto spans = shiftsIn(shifts, now, end);
            return {spans.empty() ? base::localDayOf(now).begin : spans.front().begin, end};
        }
        case NamedPeriod::ThisMonth: return {localMonthOf(now).begin, end};
        case NamedPeriod::LastMonth: {
            const base::UtcTime begin = localMonthOf(now).begin;
            return {localMonthOf(begin - 1h).begin, begin};
        }
        case NamedPeriod::ThisQuarter: return {quarterBegin(now), end};
        case NamedPeriod::LastQuarter: {
            const base::UtcTime begin = quarterBegin(now);
            return {localMonthsBefore(begin, 3), begin};
        }
        case NamedPeriod::TwelveMonths: return {localMonthsBefore(now, 12), end};
    }
    return {base::localDayOf(now).begin, end};
}

}  // namespace leedswatch::response
