#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace leedswatch::store {

/// What verifying found wrong: sentences, the first hundred of them, and which events they name, so that one flipped
/// byte is told once and not again for each hash above it.
class AuditProblems {
public:
    void add(std::string sentence);
    /// `begin` to `end` - 1 are the events that the sentence is about.
    void addAbout(std::int64_t begin, std::int64_t end, std::string sentence);
    [[nodiscard]] bool knowsOneIn(std::int64_t begin, std::int64_t end) const;
    [[nodiscard]] std::vector<std::string> take();

private:
    std::vector<std::string> m_sentences;
    std::size_t m_more = 0;
    std::vector<std::int64_t> m_events;  // ascending begins
};

}  // namespace leedswatch::store
