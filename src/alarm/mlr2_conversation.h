#pragma once

#include "base/time.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace leedswatch::alarm {

/// When receivers send a line again, and until when they take an answer (reference 3.2).
struct Mlr2Times {
    /// From a line to its answer. Receivers wait four seconds; the rest is for the way there and back.
    std::chrono::milliseconds answer{3'500};
    /// A line that is the same as the one that was answered last, and comes as long after it, is the one whose answer
    /// was lost on the way: receivers send again after four seconds.
    std::chrono::milliseconds resendFrom{3'500};
    std::chrono::milliseconds resendUntil{5'000};
};

/// A line that its receiver may send again on its next connection, as it may not have had our answer.
struct Mlr2Doubt {
    std::string text;
    std::string sequence;
    base::SteadyTime heard{};
    bool isUnanswered = false;  ///< it will come again for certain; else its answer may have been lost
};

/// What is said on one connection of a receiver, and what is owed to it. MLR2 has no numbers: a receiver sends a line,
/// waits for one byte, and then sends the next. So an answer is for the line that is owed one longest, and is given in
/// order, in time, or not at all: a late one would be taken for the answer to the next line. Gives each event a number
/// of its own, which a line that is sent again shares; docs/design/alarms.md has the rule. No sockets; one thread.
class Mlr2Conversation {
public:
    using Number = std::uint64_t;

    struct Heard {
        std::optional<Number>
            toStore;  ///< to be handed to the store, and told of by `stored`; else it is there already
        std::string sequence;
        bool isAgain = false;
    };

    explicit Mlr2Conversation(Mlr2Times times) : m_times{times} {}

    /// A line that reports something. `newSequence` is asked if this conversation knows nothing of it: whether it is
    /// the first that reports something on this connection tells what may be in doubt from the connection before.
    [[nodiscard]] Heard signal(const std::string& text, base::SteadyTime now,
                               const std::function<std::string(bool isFirst)>& newSequence);
    /// How many acknowledgements are due now: one, or none as a line before it still waits for the disk.
    [[nodiscard]] int heartbeat(base::SteadyTime now);
    /// What was handed to the store is on the disk, or is not. How many acknowledgements are due now.
    [[nodiscard]] int stored(Number number, bool isStored, base::SteadyTime now);
    /// Whether a refusal may be sent: it would be taken for the answer to a line that waits.
    [[nodiscard]] bool owesNothing(base::SteadyTime now) const;

    /// How many lines are not answered for now, as they were stored too late or not at all; since the last call.
    [[nodiscard]] int takeGivenUp() { return std::exchange(m_givenUp, 0); }

    /// Lines that wait for the disk.
    [[nodiscard]] std::size_t waiting() const;
    /// Takes the doubt about a line that came on another connection of the same receiver while this one still seems to
    /// stand: it must have been heard before `until`, as only after a while does a receiver give a connection up.
    /// `hasTakenAnswers`: the receiver's system is known to have all that was sent to it.
    [[nodiscard]] std::optional<Mlr2Doubt> takeDoubt(std::string_view text, bool hasTakenAnswers,
                                                     base::SteadyTime until);
    /// All doubts, at the end of the connection.
    [[nodiscard]] std::deque<Mlr2Doubt> doubts(bool hasTakenAnswers) const;

    static constexpr std::size_t mostRemembered = 300;  ///< receivers keep 256 lines

private:
    enum class State { Storing, Stored, NotStored };

    struct Line {
        Number number = 0;
        std::string text;
        std::string sequence;
        base::SteadyTime heard{};
        State state = State::Storing;
        bool isHeartbeat = false;
        bool isAbandoned = false;  ///< its time is over: it is answered when it is sent again
    };

    [[nodiscard]] bool isInTime(const Line& line, base::SteadyTime now) const;
    [[nodiscard]] std::optional<Heard> heardAgain(const std::string& text, base::SteadyTime now);
    Heard add(const std::string& text, std::string sequence, base::SteadyTime now, bool isAgain);
    [[nodiscard]] int answer(base::SteadyTime now);
    void abandonAll();

    const Mlr2Times m_times;
    std::deque<Line> m_lines;        ///< that are not answered
    std::optional<Line> m_answered;  ///< the last that was, until something came after it
    Number m_next = 1;
    bool m_isFirst = true;
    int m_givenUp = 0;
};

}  // namespace leedswatch::alarm
