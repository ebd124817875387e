#pragma once

#include <chrono>
#include <vector>

namespace leedswatch::bench {

/// How soon messages were answered.
class AnswerTimes {
public:
    void add(std::chrono::steady_clock::duration time) {
        m_milliseconds.push_back(std::chrono::duration<double, std::milli>{time}.count());
    }
    [[nodiscard]] std::size_t count() const { return m_milliseconds.size(); }
    /// `share` of them came within as many milliseconds: 0.5 for the middle, 1 for the last. Sorts.
    [[nodiscard]] double within(double share);

private:
    std::vector<double> m_milliseconds;
};

/// What panels of a bench say.
struct PanelSpeech {
    const char* token = "SIA-DCS";
    const char* code = "BA";
};

/// A crowd of panels on loopback, on the caller's thread: their number, the account of the first, what they say.
struct PanelCrowd {
    int port = 0;
    int panels = 1;
    int firstAccount = 0;
    PanelSpeech speech = {};
};

/// Each panel says its next message when the last was answered, for as long; then all wait for their last answers.
[[nodiscard]] AnswerTimes talkInTurns(const PanelCrowd& crowd, std::chrono::seconds duration);

/// They say `perSecond` messages a second together, answered or not: an answer is timed from when its message was due,
/// so a receiver that stands still is not spared. Waits for all answers.
[[nodiscard]] AnswerTimes talkAtARate(const PanelCrowd& crowd, int perSecond, std::chrono::seconds duration);

/// A whole city's power comes back: each panel dials and reports once, one in a hundred a hold-up. Timed from the
/// beginning for all, so the last is when the storm is over.
struct StormAnswers {
    AnswerTimes usual;
    AnswerTimes holdUps;
};
[[nodiscard]] StormAnswers dialAllAtOnce(const PanelCrowd& crowd);

}  // namespace leedswatch::bench
