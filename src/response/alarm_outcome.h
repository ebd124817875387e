#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace leedswatch::response {

/// What an alarm turned out to be.
struct AlarmOutcome {
    std::string_view code;   ///< as stored and typed: "false-user"
    std::string_view title;  ///< as shown
    bool isFalse = false;    ///< a false call, if the police were called
};

/// Those that people choose from, the frequent ones first.
[[nodiscard]] std::span<const AlarmOutcome> alarmOutcomes();
[[nodiscard]] const AlarmOutcome* findOutcome(std::string_view code);

}  // namespace leedswatch::response
