#pragma once

#include "base/time.h"

#include <optional>
#include <queue>
#include <utility>
#include <vector>

namespace leedswatch::response {

/// When something is to be looked at next, for a great many of them: what it costs to find those that are due does not
/// depend on how many are not. An entry is never taken back: who made another in its place leaves it and passes over it
/// when it comes. One thread.
template <typename Key>
class DueTimes {
public:
    void add(base::SteadyTime when, const Key& key) { m_entries.emplace(when, key); }

    /// The earliest that is due, once.
    std::optional<std::pair<base::SteadyTime, Key>> takeDue(base::SteadyTime now) {
        if (m_entries.empty() || m_entries.top().first > now) {
            return std::nullopt;
        }
        auto first = m_entries.top();
        m_entries.pop();
        return first;
    }

    [[nodiscard]] std::size_t size() const { return m_entries.size(); }

private:
    using Entry = std::pair<base::SteadyTime, Key>;
    struct Later {
        bool operator()(const Entry& a, const Entry& b) const { return a.first > b.first; }
    };
    std::priority_queue<Entry, std::vector<Entry>, Later> m_entries;
};

}  // namespace leedswatch::response
