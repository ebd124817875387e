#pragma once

#include "alarm/mlr2_conversation.h"
#include "alarm/received_signal.h"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace leedswatch::alarm {

/// What receivers may send again on their next connection, by receiver. Kept for ten minutes, as the store knows a
/// repetition as long. One thread.
class Mlr2Doubts {
public:
    void add(const std::string& receiver, const std::deque<Mlr2Doubt>& doubts, base::SteadyTime now);
    /// The doubt about a line that came on a new connection. What may have been answered is looked at for the first
    /// line alone: a receiver sends what it has no answer to before all else.
    [[nodiscard]] std::optional<Mlr2Doubt> take(const std::string& receiver, std::string_view text, bool isFirst,
                                                base::SteadyTime now);

    static constexpr std::chrono::minutes kept = repetitionWindow;

private:
    void forgetTheOld(base::SteadyTime now);

    std::map<std::string, std::deque<Mlr2Doubt>> m_doubts;
};

}  // namespace leedswatch::alarm
