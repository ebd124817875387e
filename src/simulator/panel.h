#pragma once

#include "alarm/dc09_cipher.h"
#include "alarm/dc09_frame.h"
#include "base/time.h"
#include "simulator/panel_event.h"
#include "simulator/panel_habits.h"
#include "simulator/panel_record.h"
#include "simulator/scene_random.h"

#include <deque>
#include <map>
#include <optional>
#include <string>

namespace leedswatch::simulator {

/// A panel without its socket: what it sends when, how often it repeats, and what it makes of answers. One message is
/// under way at a time; a repetition has the same sequence number and a new timestamp. The panels' thread alone.
class Panel {
public:
    struct Settings {
        std::uint64_t seed = 1;
        int firstSequence = 1;
        double hurry = 1;  ///< all waits of the panel are divided by it
    };

    /// `premises` and `record` outlive it. Its first poll and its first test come some time within their intervals.
    Panel(const DrawnPremises& premises, const Settings& settings, PanelRecord& record, base::SteadyTime now);

    /// It happens at `when`, which may be yet to come; only then it is sent.
    void raise(const PanelEvent& event, base::SteadyTime when, EventOrigin origin = EventOrigin::Command);
    /// The zone beside the last alarm's goes off, too; with a panel that confirms itself a confirmed alarm follows.
    void confirm(base::SteadyTime when);
    /// What was raised last is over.
    void restore(base::SteadyTime when);
    /// Forgets what is yet to come of programmes.
    void forgetProgrammes(base::SteadyTime now);

    /// Bytes to send now, if any; counts as sent.
    [[nodiscard]] std::optional<std::string> take(base::SteadyTime now, base::UtcTime utc);
    /// When `take` may have something next; far ahead if nothing is to come.
    [[nodiscard]] base::SteadyTime nextDue() const;
    void hear(const alarm::Dc09Frame& answer, base::SteadyTime now, base::UtcTime utc);
    /// The connection is gone: what is under way goes out as soon as there is another.
    void lostConnection(base::SteadyTime now);

    /// Nothing is under way and nothing is due.
    [[nodiscard]] bool isIdle(base::SteadyTime now) const { return !m_underWay && nextDue() > now; }
    /// A round of tries was in vain: a new connection may do better.
    [[nodiscard]] bool isUnheard() const;
    [[nodiscard]] bool isSilent(base::SteadyTime now) const { return now < m_silentUntil; }
    /// Signals that have happened and are not acknowledged.
    [[nodiscard]] std::uint64_t waiting(base::SteadyTime now) const;

    // Faults. Times are the panel's own, without hurry.
    void spoilChecks(int messages) { m_spoiledChecks = messages; }
    void ignoreAnswersUntil(base::SteadyTime when) { m_deafUntil = when; }
    /// It sends nothing: neither polls nor what happens, which waits.
    void beSilentUntil(base::SteadyTime when) { m_silentUntil = when; }
    /// Its automatic test comes that much later than it would.
    void delayTest(std::chrono::seconds by) { m_testDue += m_habits.scaled(by); }
    void useWrongKey(bool isWrong) { m_hasWrongKey = isWrong; }
    void stepClock(std::chrono::seconds by) { m_clockOffset = by; }
    /// Mends all of them. The clock stays wrong until a receiver tells the time.
    void mend(base::SteadyTime now);

    [[nodiscard]] const DrawnPremises& premises() const { return m_premises; }
    [[nodiscard]] const PanelHabits& habits() const { return m_habits; }

private:
    struct Happening {
        PanelEvent event;
        EventOrigin origin = EventOrigin::Command;
    };
    /// A message from its first sending to its answer.
    struct UnderWay {
        std::optional<Happening> happening;  // nothing: a poll
        base::SteadyTime happened{};
        PanelMessage message;
        std::string sequence;
        base::SteadyTime firstSent{};
        base::SteadyTime sendAt{};
        int tries = 0;
        int refusals = 0;
        bool hasSpoiltCheck = false;
    };

    [[nodiscard]] bool isAnswered(const alarm::Dc09Frame& answer) const;
    void acknowledge(base::SteadyTime now, base::UtcTime utc);
    void refuse(const alarm::Dc09Frame& answer, base::SteadyTime now, base::UtcTime utc);
    void begin(base::SteadyTime now);
    void beginPoll(base::SteadyTime now);
    void beginSignal(base::SteadyTime now);
    [[nodiscard]] bool giveUpIfInVain(base::SteadyTime now);
    [[nodiscard]] std::string encode(base::UtcTime utc) const;
    [[nodiscard]] std::optional<alarm::PanelKey> key() const;
    [[nodiscard]] std::string nextSequence();
    [[nodiscard]] double random() { return m_random.at(++m_draws); }

    const DrawnPremises& m_premises;
    PanelHabits m_habits;
    PanelRecord& m_record;
    SceneRandom m_random;
    std::uint64_t m_draws = 0;

    int m_sequence;
    std::multimap<base::SteadyTime, Happening> m_happenings;
    std::optional<UnderWay> m_underWay;
    base::SteadyTime m_pollDue;
    base::SteadyTime m_testDue;
    std::optional<PanelEvent> m_lastAlarm;

    int m_spoiledChecks = 0;
    bool m_hasWrongKey = false;
    base::SteadyTime m_deafUntil{};
    base::SteadyTime m_silentUntil{};
    std::chrono::seconds m_clockOffset{0};
};

}  // namespace leedswatch::simulator
