#pragma once

#include "response/shift_patterns.h"

#include <optional>
#include <span>
#include <string_view>

namespace leedswatch::response {

/// Alarms that arrived in [from, until).
struct ServicePeriod {
    base::UtcTime from;
    base::UtcTime until;
    bool operator==(const ServicePeriod&) const = default;
};

/// Periods that people ask for, in Europe/London. Those that go on end now.
enum class NamedPeriod { Today, ThisShift, ThisMonth, LastMonth, ThisQuarter, LastQuarter, TwelveMonths };

struct NamedPeriodInfo {
    NamedPeriod period;
    std::string_view name;   ///< as typed: "this-month"
    std::string_view title;  ///< as shown
};

/// All, in the order of the enumeration.
[[nodiscard]] std::span<const NamedPeriodInfo> namedPeriods();
[[nodiscard]] std::optional<NamedPeriod> namedPeriodFrom(std::string_view name);

/// The quarters are of the calendar year; twelve months begin at the midnight that began the same day a year ago.
[[nodiscard]] ServicePeriod periodOf(NamedPeriod named, base::UtcTime now, const std::vector<ShiftPattern>& shifts);

}  // namespace leedswatch::response
