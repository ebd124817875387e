#include "response/decided_counts.h"

#include <algorithm>
#include <charconv>

namespace leedswatch::response {

namespace {

/// What stands before the next of those letters, which is taken off too; at the end of the text, the rest.
std::string_view takeUntil(std::string_view& text, char letter) {
    const auto end = std::min(text.find(letter), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

bool readCount(std::string_view word, std::int64_t& count) {
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), count);
    return error == std::errc{} && end == word.data() + word.size() && count >= 0;
}

}  // namespace

void DecidedCounts::add(const Sum& sum) {
    auto& [alarms, police] = m_sums[{sum.alarmClass, sum.outcome}];
    alarms += sum.alarms;
    police += sum.police;
}

std::string DecidedCounts::text() const {
    std::string text;
    for (const auto& [key, counts] : m_sums) {
        text += text.empty() ? "" : ";";
        text += infoOf(key.first).code;
        text += ' ';
        text += key.second == nullptr ? std::string_view{"-"} : key.second->code;
        text += ' ' + std::to_string(counts.first) + ' ' + std::to_string(counts.second);
    }
    return text;
}

bool DecidedCounts::takeSum(std::string_view& text, Sum& sum) {
    std::string_view part = takeUntil(text, ';');
    const auto alarmClass = alarmClassFrom(takeUntil(part, ' '));
    const std::string_view outcome = takeUntil(part, ' ');
    sum.outcome = outcome == "-" ? nullptr : findOutcome(outcome);
    sum.alarmClass = alarmClass.value_or(AlarmClass::Unknown);
    const std::string_view alarms = takeUntil(part, ' ');
    const bool isKnown = alarmClass && (outcome == "-" || sum.outcome != nullptr);
    return isKnown && readCount(alarms, sum.alarms) && readCount(part, sum.police);
}

}  // namespace leedswatch::response
