#pragma once

#include "base/result.h"
#include "base/time.h"

#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::base {

/// Periods of the week in Europe/London, as the clock on the wall shows it: "Mon-Fri 07:00-19:00; Sat,Sun 22:00-04:00".
/// A period over midnight ends on the next day; one that ends at its beginning lasts 24 hours. Where the clocks go back
/// both readings of an hour are in it.
class WeeklySchedule {
public:
    WeeklySchedule() = default;
    /// Error: InvalidInput names the part that cannot be read and shows how to write one.
    [[nodiscard]] static Result<WeeklySchedule> parse(std::string_view text);

    [[nodiscard]] bool contains(UtcTime time) const;
    [[nodiscard]] bool isEmpty() const { return m_periods.empty(); }
    /// As it was parsed.
    [[nodiscard]] const std::string& text() const { return m_text; }
    bool operator==(const WeeklySchedule&) const = default;

private:
    struct Period {
        int begin = 0;  // minutes since Monday 00:00; `end` is later and may lie in the next week
        int end = 0;
        bool operator==(const Period&) const = default;
    };
    std::string m_text;
    std::vector<Period> m_periods;
};

}  // namespace leedswatch::base
