#pragma once

#include "base/time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::response {

/// How many alarms took how long. Lengths are rounded up: to tenths of a second up to ten seconds, to whole seconds
/// above, so that the share within a whole number of seconds is exact. A length below zero comes of a stepped clock: it
/// is counted apart and is in nothing else.
class TimeCounts {
public:
    void add(base::Microseconds length);
    void add(const TimeCounts& other);

    [[nodiscard]] std::int64_t count() const { return m_count; }
    [[nodiscard]] std::int64_t clockSteps() const { return m_clockSteps; }
    /// Those that took as long or less.
    [[nodiscard]] std::int64_t within(std::chrono::seconds length) const;
    /// The shortest length within which so many of 1,000 lie. None: there are too few for one that takes longer to be
    /// allowed, so that it would be the longest of all and no percentile.
    [[nodiscard]] std::optional<base::Microseconds> percentile(int perMille) const;
    [[nodiscard]] std::optional<base::Microseconds> longest() const;

    /// "!2 5x3 101": two of stepped clocks, three of half a second, one of 11 s. For storing.
    [[nodiscard]] std::string text() const;
    /// Adds what `text` wrote. False: it is none of that; what stood before is added.
    [[nodiscard]] bool addText(std::string_view text);

    bool operator==(const TimeCounts& other) const;

private:
    using Step = std::uint32_t;  ///< 0 to 100: tenths of a second; above: 11 s, 12 s, ...

    [[nodiscard]] static Step stepOf(base::Microseconds length);
    [[nodiscard]] static base::Microseconds lengthOf(Step step);
    void addAt(Step step, std::int64_t times);
    /// Calls `visit(step, times)` in rising order until it returns false.
    template <typename Visit>
    void each(Visit visit) const;

    std::vector<std::int64_t> m_near;    ///< by step, up to an hour; as long as it must be
    std::map<Step, std::int64_t> m_far;  ///< longer ones, which are few
    std::int64_t m_count = 0;
    std::int64_t m_clockSteps = 0;
};

/// So many that one of them may take longer than wanted: 5 for 80 %, 67 for 98.5 %. Fewer prove nothing.
[[nodiscard]] constexpr std::int64_t fewestFor(int perMille) {
    return perMille >= 1000 ? 1 : (1000 + (1000 - perMille) - 1) / (1000 - perMille);
}

}  // namespace leedswatch::response
