#include "base/local_time.h"

#include <date/date.h>
#include <date/tz.h>

#include <array>
#include <charconv>
#include <optional>
#include <regex>

namespace leedswatch::base {
namespace {

const date::time_zone& london() {
    static const date::time_zone* zone = date::locate_zone("Europe/London");
    return *zone;
}

std::string formatIn(UtcTime time, const char* format) {
    return date::format(format, date::make_zoned(&london(), time));
}

template <typename Duration>
std::string formatSeconds(UtcTime time, const char* format) {
    return date::format(format, date::make_zoned(&london(), std::chrono::floor<Duration>(time)));
}

struct CivilTime {
    date::local_time<Microseconds> time;
    std::optional<std::chrono::minutes> offset;  // none: Europe/London
    std::string abbreviation;                    // BST or GMT, where that was what gave the offset
};

int number(const std::csub_match& match) {
    int value = 0;
    std::from_chars(match.first, match.second, value);
    return value;
}

Microseconds fractionOf(const std::csub_match& digits) {
    std::array<char, 6> padded{'0', '0', '0', '0', '0', '0'};
    std::copy_n(digits.first, std::min<std::ptrdiff_t>(digits.length(), 6), padded.begin());
    int value = 0;
    std::from_chars(padded.data(), padded.data() + padded.size(), value);
    return Microseconds{value};
}

std::optional<CivilTime> readCivilTime(std::string_view text) {
    static const std::regex pattern{
        R"((\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|([+-])(\d{2}):?(\d{2})| (BST|GMT))?)"};
    std::cmatch match;
    if (text.size() > 40 || !std::regex_match(text.data(), text.data() + text.size(), match, pattern)) {
        return std::nullopt;
    }
    const date::year_month_day day{date::year{number(match[1])}, date::month{static_cast<unsigned>(number(match[2]))},
                                   date::day{static_cast<unsigned>(number(match[3]))}};
    const int hour = number(match[4]);
    const int minute = number(match[5]);
    const int second = match[6].matched ? number(match[6]) : 0;
    if (!day.ok() || hour > 23 || minute > 59 || second > 59) {
        return std::nullopt;
    }
    CivilTime civil;
    civil.time = date::local_days{day} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
                 std::chrono::seconds{second} + (match[7].matched ? fractionOf(match[7]) : Microseconds{0});
    if (match[8].matched) {
        const int sign = match[9].matched && *match[9].first == '-' ? -1 : 1;
        const int minutes = match[10].matched ? number(match[10]) * 60 + number(match[11]) : 0;
        civil.offset = std::chrono::minutes{sign * minutes};
    }
    if (match[12].matched) {
        civil.abbreviation = match[12].str();
        civil.offset = std::chrono::hours{civil.abbreviation == "BST" ? 1 : 0};
    }
    return civil;
}

}  // namespace

std::string formatLocal(UtcTime time) {
    return formatSeconds<std::chrono::seconds>(time, "%F %T %Z");
}
std::string formatLocalDate(UtcTime time) {
    return formatIn(time, "%d %b %Y");
}
std::string formatLocalTimeOfDay(UtcTime time) {
    return formatSeconds<std::chrono::seconds>(time, "%T");
}
std::string formatLocalTimeOfDayWithMilliseconds(UtcTime time) {
    return formatSeconds<std::chrono::milliseconds>(time, "%T");
}
std::string localZoneAbbreviation(UtcTime time) {
    return formatIn(time, "%Z");
}
std::string formatUtc(UtcTime time) {
    return date::format("%FT%TZ", time);
}

Result<UtcTime> parseTime(std::string_view text) {
    const auto civil = readCivilTime(text);
    const std::string quoted = "'" + std::string{text.substr(0, 40)} + "'";
    if (!civil) {
        return fail(ErrorCode::InvalidInput, quoted + " is not a time; write it as 2026-10-25T01:30:00");
    }
    if (civil->offset) {
        const UtcTime time{civil->time.time_since_epoch() - *civil->offset};
        if (!civil->abbreviation.empty() && civil->abbreviation != localZoneAbbreviation(time)) {
            return fail(ErrorCode::InvalidInput, quoted + " is not on any clock: at that moment it is " +
                                                     formatLocal(time) + "; which of the two is meant?");
        }
        return time;
    }
    const auto info = london().get_info(civil->time);
    switch (info.result) {
        case date::local_info::ambiguous:
            return fail(ErrorCode::InvalidInput,
                        quoted + " happens twice, because the clocks go back: write " +
                            date::format("%FT%T", std::chrono::floor<std::chrono::seconds>(civil->time)) +
                            "+01:00 for the first (" + info.first.abbrev + ") or " +
                            date::format("%FT%T", std::chrono::floor<std::chrono::seconds>(civil->time)) +
                            "+00:00 for the second (" + info.second.abbrev + ")");
        case date::local_info::nonexistent:
            return fail(ErrorCode::InvalidInput, quoted + " does not exist, because the clocks go forward over it");
        default: return UtcTime{civil->time.time_since_epoch() - info.first.offset};
    }
}

LocalDay localDayOf(UtcTime time) {
    const auto midnight = std::chrono::floor<date::days>(date::make_zoned(&london(), time).get_local_time());
    const auto instant = [](date::local_days day) {
        return UtcTime{date::make_zoned(&london(), day, date::choose::earliest).get_sys_time()};
    };
    return {instant(midnight), instant(midnight + date::days{1})};
}

int localMinuteOfWeek(UtcTime time) {
    const auto local = date::make_zoned(&london(), time).get_local_time();
    const auto midnight = std::chrono::floor<date::days>(local);
    const auto day = date::weekday{midnight}.iso_encoding() - 1;
    return static_cast<int>(day) * 24 * 60 +
           static_cast<int>(std::chrono::floor<std::chrono::minutes>(local - midnight).count());
}

}  // namespace leedswatch::base
