#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace leedswatch::simulator {

/// How long answers took: as many as there may be, in a few kilobytes, each to within two per cent. One thread.
class AnswerTimes {
public:
    using Milliseconds = std::chrono::duration<double, std::milli>;

    void add(std::chrono::nanoseconds time);
    [[nodiscard]] std::uint64_t count() const { return m_count; }
    /// The time within which `share` (0 to 1) of them came; 0 if there are none.
    [[nodiscard]] Milliseconds within(double share) const;
    [[nodiscard]] Milliseconds longest() const { return m_longest; }

private:
    std::vector<std::uint64_t> m_buckets;
    std::uint64_t m_count = 0;
    Milliseconds m_longest{0};
};

}  // namespace leedswatch::simulator
