#pragma once

#include "analytics/tamper_watch.h"
#include "station/tamper_desk.h"

#include <functional>
#include <map>
#include <vector>

namespace leedswatch::station {

/// One camera's tamper on its way from its pictures to the desk: gives what is found wall time, and remembers which
/// events have rows of an earlier feed. One thread at a time.
class TamperFeed {
public:
    using TimeOf = std::function<base::UtcTime(double seconds)>;

    /// Before the first picture.
    void resume(std::vector<LastingTamper> lasting);
    [[nodiscard]] analytics::TamperWatch& watch() { return m_watch; }
    /// Since it was asked last.
    [[nodiscard]] std::vector<TamperChange> changes(const TimeOf& timeOf);
    /// The view is forgotten. The ends of what lasted: the store knows of those that had a row, and not of others.
    [[nodiscard]] std::vector<TamperChange> accept(double seconds, base::UtcTime until, analytics::TamperEnd why);

private:
    analytics::TamperWatch m_watch;
    std::map<std::int64_t, std::int64_t> m_rows;  ///< by the watch's number
};

}  // namespace leedswatch::station
