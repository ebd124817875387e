#pragma once

#include "response/alarm_class.h"
#include "response/alarm_outcome.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace leedswatch::response {

/// How many alarms of a class were found to be what, and for how many of them the police were called.
class DecidedCounts {
public:
    /// Of one class and outcome; the outcome is null for what the rules ended.
    struct Sum {
        AlarmClass alarmClass = AlarmClass::Unknown;
        const AlarmOutcome* outcome = nullptr;
        std::int64_t alarms = 0;
        std::int64_t police = 0;
        bool operator==(const Sum&) const = default;
    };

    void add(const Sum& sum);
    /// "intruder false-user 3 1;fire - 2 0": class, outcome or "-", alarms, police. For storing.
    [[nodiscard]] std::string text() const;
    /// Calls `visit(sum)` for each of what `text` wrote. False: it is none of that.
    template <typename Visit>
    static bool parse(std::string_view text, Visit visit) {
        while (!text.empty()) {
            Sum sum;
            if (!takeSum(text, sum)) {
                return false;
            }
            visit(sum);
        }
        return true;
    }

    bool operator==(const DecidedCounts&) const = default;

private:
    /// Off the front of `text`.
    static bool takeSum(std::string_view& text, Sum& sum);

    std::map<std::pair<AlarmClass, const AlarmOutcome*>, std::pair<std::int64_t, std::int64_t>> m_sums;
};

}  // namespace leedswatch::response
