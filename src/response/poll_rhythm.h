#pragma once

#include "base/time.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

namespace leedswatch::response {

/// How often a path polls, learnt from its polls: the middle one of the last five distances between them, so that one
/// that was lost or came late says nothing. One thread.
class PollRhythm {
public:
    void polled(base::SteadyTime now);
    /// What lies between the last poll and the next is no rhythm: the path was down, or the station was.
    void interrupt() { m_last.reset(); }
    /// What was learnt in an earlier run, until this one knows better.
    void remember(std::chrono::seconds interval) { m_remembered = interval; }

    /// Nothing before there are three distances, if nothing is remembered.
    [[nodiscard]] std::optional<std::chrono::seconds> interval() const;

private:
    static constexpr std::size_t most = 5;
    static constexpr std::size_t least = 3;

    std::optional<base::SteadyTime> m_last;
    std::array<std::chrono::seconds, most> m_distances{};
    std::size_t m_count = 0;  ///< of all that were ever taken
    std::optional<std::chrono::seconds> m_remembered;
};

}  // namespace leedswatch::response
