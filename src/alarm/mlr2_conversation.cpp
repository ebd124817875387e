#include "alarm/mlr2_conversation.h"

#include <algorithm>
#include <utility>

namespace leedswatch::alarm {

bool Mlr2Conversation::isInTime(const Line& line, base::SteadyTime now) const {
    return !line.isAbandoned && now - line.heard <= m_times.answer;
}

Mlr2Conversation::Heard Mlr2Conversation::signal(const std::string& text, base::SteadyTime now,
                                                 const std::function<std::string(bool isFirst)>& newSequence) {
    const bool isFirst = std::exchange(m_isFirst, false);
    auto again = heardAgain(text, now);
    m_answered.reset();
    if (again) {
        return *std::move(again);
    }
    return add(text, newSequence(isFirst), now, false);
}

std::optional<Mlr2Conversation::Heard> Mlr2Conversation::heardAgain(const std::string& text, base::SteadyTime now) {
    const auto unanswered = std::find_if(m_lines.begin(), m_lines.end(),
                                         [&](const Line& line) { return !line.isHeartbeat && line.text == text; });
    if (unanswered != m_lines.end()) {
        Line line = std::move(*unanswered);
        m_lines.erase(unanswered);
        const bool isWithTheStore = line.state == State::Storing;
        line.heard = now;
        line.isAbandoned = false;
        line.state = State::Storing;
        m_lines.push_back(std::move(line));
        const Line& last = m_lines.back();
        return Heard{isWithTheStore ? std::nullopt : std::optional{last.number}, last.sequence, true};
    }
    if (!m_answered || m_answered->text != text) {
        return std::nullopt;
    }
    const auto since = now - m_answered->heard;
    if (since < m_times.resendFrom || since > m_times.resendUntil) {
        return std::nullopt;
    }
    return add(text, m_answered->sequence, now, true);
}

Mlr2Conversation::Heard Mlr2Conversation::add(const std::string& text, std::string sequence, base::SteadyTime now,
                                              bool isAgain) {
    if (m_lines.size() >= mostRemembered) {
        const auto oldest =
            std::find_if(m_lines.begin(), m_lines.end(), [](const Line& line) { return line.state != State::Storing; });
        if (oldest != m_lines.end()) {
            m_lines.erase(oldest);
        }
    }
    const Number number = m_next++;
    m_lines.push_back({.number = number, .text = text, .sequence = sequence, .heard = now});
    return {number, std::move(sequence), isAgain};
}

int Mlr2Conversation::heartbeat(base::SteadyTime now) {
    m_answered.reset();
    if (owesNothing(now)) {
        return 1;
    }
    if (m_lines.size() < mostRemembered) {
        m_lines.push_back({.text = {}, .sequence = {}, .heard = now, .state = State::Stored, .isHeartbeat = true});
    }
    return 0;
}

bool Mlr2Conversation::owesNothing(base::SteadyTime now) const {
    return std::none_of(m_lines.begin(), m_lines.end(), [&](const Line& line) { return isInTime(line, now); });
}

int Mlr2Conversation::stored(Number number, bool isStored, base::SteadyTime now) {
    const auto found =
        std::find_if(m_lines.begin(), m_lines.end(), [&](const Line& line) { return line.number == number; });
    if (found != m_lines.end()) {
        found->state = isStored ? State::Stored : State::NotStored;
    }
    return answer(now);
}

// In the order of the lines. Behind one that cannot be answered nothing is, or a sender that does not wait would take
// the answer to a later line for that one's.
int Mlr2Conversation::answer(base::SteadyTime now) {
    int due = 0;
    auto line = std::find_if(m_lines.begin(), m_lines.end(), [](const Line& one) { return !one.isAbandoned; });
    while (line != m_lines.end()) {
        if (line->state == State::NotStored || !isInTime(*line, now)) {
            abandonAll();
            return due;
        }
        if (line->state == State::Storing) {
            return due;
        }
        ++due;
        m_answered = line->isHeartbeat ? std::nullopt : std::optional{std::move(*line)};
        m_lines.erase(line);
        line = std::find_if(m_lines.begin(), m_lines.end(), [](const Line& one) { return !one.isAbandoned; });
    }
    return due;
}

void Mlr2Conversation::abandonAll() {
    std::erase_if(m_lines, [](const Line& line) { return line.isHeartbeat; });
    for (Line& line : m_lines) {
        m_givenUp += line.isAbandoned ? 0 : 1;
        line.isAbandoned = true;
    }
}

std::size_t Mlr2Conversation::waiting() const {
    return static_cast<std::size_t>(std::count_if(m_lines.begin(), m_lines.end(), [](const Line& line) {
        return line.state == State::Storing || line.isHeartbeat;
    }));
}

std::optional<Mlr2Doubt> Mlr2Conversation::takeDoubt(std::string_view text, bool hasTakenAnswers,
                                                     base::SteadyTime until) {
    const auto line = std::find_if(m_lines.begin(), m_lines.end(), [&](const Line& one) {
        return !one.isHeartbeat && one.text == text && one.heard <= until;
    });
    if (line != m_lines.end()) {
        // What the store still has in hand stays here, for its answer to be passed over.
        Mlr2Doubt doubt{line->text, line->sequence, line->heard, true};
        line->isAbandoned = true;
        return doubt;
    }
    if (m_answered && !hasTakenAnswers && m_answered->text == text && m_answered->heard <= until) {
        Mlr2Doubt doubt{m_answered->text, m_answered->sequence, m_answered->heard, false};
        m_answered.reset();
        return doubt;
    }
    return std::nullopt;
}

std::deque<Mlr2Doubt> Mlr2Conversation::doubts(bool hasTakenAnswers) const {
    std::deque<Mlr2Doubt> all;
    for (const Line& line : m_lines) {
        if (!line.isHeartbeat) {
            all.push_back({line.text, line.sequence, line.heard, true});
        }
    }
    if (m_answered && !hasTakenAnswers) {
        all.push_back({m_answered->text, m_answered->sequence, m_answered->heard, false});
    }
    return all;
}

}  // namespace leedswatch::alarm
