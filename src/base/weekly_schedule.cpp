#include "base/weekly_schedule.h"

#include "base/local_time.h"

#include <algorithm>
#include <array>
#include <regex>

namespace leedswatch::base {
namespace {

constexpr int minutesOfDay = 24 * 60;
constexpr int minutesOfWeek = 7 * minutesOfDay;
constexpr std::size_t longestSchedule = 500;

constexpr std::array<std::string_view, 7> dayNames{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

int dayFrom(std::string name) {
    std::ranges::transform(name, name.begin(), [](unsigned char letter) { return std::tolower(letter); });
    const auto found = std::ranges::find(dayNames, std::string_view{name});
    return found == dayNames.end() ? -1 : static_cast<int>(found - dayNames.begin());
}

/// "Mon-Fri" or "Sat": the days, a range may go over Sunday. Empty if it is neither.
std::vector<int> daysFrom(const std::string& text) {
    const auto dash = text.find('-');
    const int first = dayFrom(text.substr(0, dash));
    const int last = dash == std::string::npos ? first : dayFrom(text.substr(dash + 1));
    std::vector<int> days;
    if (first < 0 || last < 0) {
        return days;
    }
    for (int day = first;; day = (day + 1) % 7) {
        days.push_back(day);
        if (day == last) {
            return days;
        }
    }
}

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const auto end = std::min(text.find(at, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

Result<void> unreadable(const std::string& part) {
    return fail(ErrorCode::InvalidInput,
                "'" + part.substr(0, 60) +
                    "' is not a period of the week; write periods as in Mon-Fri 07:00-19:00; Sat,Sun 22:00-04:00");
}

}  // namespace

Result<WeeklySchedule> WeeklySchedule::parse(std::string_view given) {
    static const std::regex pattern{R"(\s*([A-Za-z,-]+)\s+(\d{2}):(\d{2})-(\d{2}):(\d{2})\s*)"};
    WeeklySchedule schedule;
    schedule.m_text = std::string{given};
    if (given.size() > longestSchedule) {
        return fail(ErrorCode::InvalidInput, "a schedule has at most 500 letters");
    }
    if (given.find_first_not_of(' ') == std::string_view::npos) {
        schedule.m_text.clear();
        return schedule;
    }
    for (const std::string& part : split(schedule.m_text, ';')) {
        std::smatch match;
        if (!std::regex_match(part, match, pattern)) {
            TRY(unreadable(part));
        }
        const int begin = std::stoi(match[2]) * 60 + std::stoi(match[3]);
        const int end = std::stoi(match[4]) * 60 + std::stoi(match[5]);
        if (begin >= minutesOfDay || end > minutesOfDay || std::stoi(match[3]) > 59 || std::stoi(match[5]) > 59) {
            TRY(unreadable(part));
        }
        for (const std::string& range : split(match[1], ',')) {
            const auto days = daysFrom(range);
            if (days.empty()) {
                TRY(unreadable(part));
            }
            for (const int day : days) {
                const int from = day * minutesOfDay + begin;
                schedule.m_periods.push_back({from, day * minutesOfDay + end + (end <= begin ? minutesOfDay : 0)});
            }
        }
    }
    return schedule;
}

bool WeeklySchedule::contains(UtcTime time) const {
    const int minute = localMinuteOfWeek(time);
    return std::ranges::any_of(m_periods, [minute](const Period& period) {
        return (period.begin <= minute && minute < period.end) || minute + minutesOfWeek < period.end;
    });
}

}  // namespace leedswatch::base
