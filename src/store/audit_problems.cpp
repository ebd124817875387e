#include "store/audit_problems.h"

#include <algorithm>

namespace leedswatch::store {
namespace {

constexpr std::size_t kMostSentences = 100;

}  // namespace

void AuditProblems::add(std::string sentence) {
    if (m_sentences.size() == kMostSentences) {
        ++m_more;
        return;
    }
    m_sentences.push_back(std::move(sentence));
}

void AuditProblems::addAbout(std::int64_t begin, std::int64_t end, std::string sentence) {
    if (!knowsOneIn(begin, end)) {
        m_events.insert(std::upper_bound(m_events.begin(), m_events.end(), begin), begin);
        add(std::move(sentence));
    }
}

bool AuditProblems::knowsOneIn(std::int64_t begin, std::int64_t end) const {
    const auto first = std::lower_bound(m_events.begin(), m_events.end(), begin);
    return first != m_events.end() && *first < end;
}

std::vector<std::string> AuditProblems::take() {
    if (m_more > 0) {
        m_sentences.push_back("and " + std::to_string(m_more) + " more");
    }
    return std::move(m_sentences);
}

}  // namespace leedswatch::store
