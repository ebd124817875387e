#include "base/local_date.h"

#include <date/date.h>
#include <date/tz.h>

#include <algorithm>
#include <charconv>

namespace leedswatch::base {
namespace {

const date::time_zone& wallClockZone() {
    static const date::time_zone* zone = date::locate_zone("Europe/London");
    return *zone;
}

date::year_month_day calendarDay(const LocalDate& date) {
    return date::year_month_day{date::year{date.year}, date::month{static_cast<unsigned>(date.month)},
                                date::day{static_cast<unsigned>(date.day)}};
}

LocalDate dateOf(const date::year_month_day& day) {
    return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
            static_cast<int>(static_cast<unsigned>(day.day()))};
}

std::optional<int> digitsOf(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value >= 0 ? std::optional{value} : std::nullopt;
}

}  // namespace

std::string textOf(const LocalDate& date) {
    return date::format("%F", date::local_days{calendarDay(date)});
}

std::optional<LocalDate> localDateFrom(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const auto year = digitsOf(text.substr(0, 4));
    const auto month = digitsOf(text.substr(5, 2));
    const auto day = digitsOf(text.substr(8, 2));
    if (!year || !month || !day || *year < 1970) {
        return std::nullopt;
    }
    const LocalDate date{*year, *month, *day};
    return calendarDay(date).ok() ? std::optional{date} : std::nullopt;
}

LocalDate localDateOf(UtcTime time) {
    const auto local = date::make_zoned(&wallClockZone(), time).get_local_time();
    return dateOf(date::year_month_day{std::chrono::floor<date::days>(local)});
}

std::chrono::minutes localMinuteOfDay(UtcTime time) {
    const auto local = date::make_zoned(&wallClockZone(), time).get_local_time();
    return std::chrono::floor<std::chrono::minutes>(local - std::chrono::floor<date::days>(local));
}

UtcTime timeOn(const LocalDate& date, std::chrono::minutes ofDay) {
    const auto local = date::local_days{calendarDay(date)} + ofDay;
    return UtcTime{date::make_zoned(&wallClockZone(), local, date::choose::earliest).get_sys_time()};
}

LocalDate daysAfter(const LocalDate& date, int days) {
    return dateOf(date::year_month_day{date::local_days{calendarDay(date)} + date::days{days}});
}

LocalDate monthsAfter(const LocalDate& date, int months) {
    const int count = date.year * 12 + date.month - 1 + months;
    LocalDate later{count / 12, count % 12 + 1, date.day};
    later.day = std::min(later.day, daysInMonth(later.year, later.month));
    return later;
}

int daysInMonth(int year, int month) {
    const date::year_month_day_last last{date::year{year},
                                         date::month_day_last{date::month{static_cast<unsigned>(month)}}};
    return static_cast<int>(static_cast<unsigned>(last.day()));
}

int isoWeekday(const LocalDate& date) {
    return static_cast<int>(date::weekday{date::local_days{calendarDay(date)}}.iso_encoding());
}

}  // namespace leedswatch::base
