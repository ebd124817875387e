#pragma once

#include "base/time.h"

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

// Days of the calendar in Europe/London, for what comes round by the clock on the wall.

namespace leedswatch::base {

/// A day that exists, from the year 1970 on.
struct LocalDate {
    int year = 1970;
    int month = 1;  ///< 1 to 12
    int day = 1;    ///< 1 to 31
    auto operator<=>(const LocalDate&) const = default;
};

/// "2026-03-29".
[[nodiscard]] std::string textOf(const LocalDate& date);
/// Nothing: it is no such text, or no day of the calendar.
[[nodiscard]] std::optional<LocalDate> localDateFrom(std::string_view text);

[[nodiscard]] LocalDate localDateOf(UtcTime time);
[[nodiscard]] std::chrono::minutes localMinuteOfDay(UtcTime time);
/// When the clock on the wall shows that minute (0 to 1,439) of the day. One that spring skips is the end of what is
/// skipped; of one that autumn has twice it is the first.
[[nodiscard]] UtcTime timeOn(const LocalDate& date, std::chrono::minutes ofDay);

[[nodiscard]] LocalDate daysAfter(const LocalDate& date, int days);
/// The same day of a later month, or that month's last day: a month after 31 January is 28 or 29 February. Count from
/// the first day each time: from 28 February it goes on with the 28th.
[[nodiscard]] LocalDate monthsAfter(const LocalDate& date, int months);
[[nodiscard]] int daysInMonth(int year, int month);
[[nodiscard]] int isoWeekday(const LocalDate& date);  ///< 1: Monday, 7: Sunday

}  // namespace leedswatch::base
