#include "response/local_calendar.h"

#include <chrono>

namespace leedswatch::response {

namespace {

using namespace std::chrono_literals;

constexpr int minutesOfDay = 24 * 60;

int minuteOfDay(base::UtcTime time) {
    return base::localMinuteOfWeek(time) % minutesOfDay;
}

std::chrono::year_month_day dateOf(base::UtcTime time) {
    // Noon of a local day has its date in UTC too.
    return std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(base::localDayOf(time).begin + 12h)};
}

base::UtcTime midnightOf(std::chrono::year_month_day date) {
    return base::localDayOf(std::chrono::sys_days{date} + 12h).begin;
}

}  // namespace

base::UtcTime localTimeOn(const base::LocalDay& day, std::chrono::minutes pastMidnight) {
    const base::UtcTime straight = day.begin + pastMidnight;
    const int wanted = static_cast<int>(pastMidnight.count());
    const std::chrono::minutes ahead{minuteOfDay(straight) - wanted};
    const base::UtcTime corrected = straight - ahead;
    // Clocks change on the hour.
    return minuteOfDay(corrected) == wanted ? corrected : std::chrono::ceil<std::chrono::hours>(corrected);
}

LocalMonth localMonthOf(base::UtcTime time) {
    const auto date = dateOf(time);
    const auto first = date.year() / date.month() / std::chrono::day{1};
    return {midnightOf(first), midnightOf(first + std::chrono::months{1})};
}

base::UtcTime localMonthsBefore(base::UtcTime time, int months) {
    auto date = dateOf(time) - std::chrono::months{months};
    if (!date.ok()) {
        date = date.year() / date.month() / std::chrono::last;
    }
    return midnightOf(date);
}

int localMonthNumber(base::UtcTime time) {
    return static_cast<int>(static_cast<unsigned>(dateOf(time).month()));
}

int localHourOf(base::UtcTime time) {
    return minuteOfDay(time) / 60;
}

}  // namespace leedswatch::response
