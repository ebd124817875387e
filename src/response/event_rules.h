#pragma once

#include "estate/premises_of_panel.h"
#include "response/activations.h"
#include "response/alarm_change.h"
#include "response/response_policy.h"
#include "response/signal_journal.h"

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

/// What the rules made of one event of a signal, and why.
struct Decision {
    enum class Outcome {
        Raised,  ///< an alarm, shown
        Held,    ///< an alarm that is kept back for a while
        Joined,  ///< an alarm that was there
        Closed,  ///< ended an alarm that a restore or a cancel may end
        Logged,  ///< nothing needs an answer
    };
    Outcome outcome = Outcome::Logged;
    std::optional<AlarmId> alarm = {};
    std::vector<std::string> reasons = {};  ///< sentences, for whoever asks why
};

[[nodiscard]] std::string_view nameOf(Decision::Outcome outcome);
[[nodiscard]] std::optional<Decision::Outcome> outcomeFrom(std::string_view name);

/// The rules for the events of one signal (reference 4.4 to 4.6): on test, of nobody, called off, restored, confirmed,
/// run away, a storm, held. Lives as long as a transaction; what throws is soci::soci_error.
class EventRules {
public:
    /// `whose`: nothing, if nobody knows the account.
    EventRules(AlarmChange& change, const StoredSignal& signal, const estate::PremisesOfPanel* whose,
               const ResponsePolicy& policy)
        : m_change{change}, m_signal{signal}, m_whose{whose}, m_policy{policy} {}

    [[nodiscard]] Decision judge(const SignalEvent& event);

private:
    [[nodiscard]] Decision setOrUnset(const SignalEvent& event);
    [[nodiscard]] Decision restored(const SignalEvent& event);
    [[nodiscard]] Decision cancelled(const SignalEvent& event);
    [[nodiscard]] Decision alarm(const SignalEvent& event, AlarmClass alarmClass);
    [[nodiscard]] Decision unknownAccount(const SignalEvent& event, AlarmClass alarmClass);
    [[nodiscard]] std::optional<Decision> hiddenByTest(const SignalEvent& event, AlarmClass alarmClass);

    [[nodiscard]] NewAlarm alarmOf(const SignalEvent& event, AlarmClass alarmClass) const;
    [[nodiscard]] std::optional<std::string> confirmation(const SignalEvent& event, const Activation& activation);
    [[nodiscard]] std::optional<std::string> otherDetector(const Activation& activation, PolicySetting window,
                                                           std::optional<AlarmClass> other);
    void applyEngineer(NewAlarm& wanted);
    void holdBack(const SignalEvent& event, NewAlarm& wanted) const;
    [[nodiscard]] Decision raise(const NewAlarm& wanted, bool runsAway);
    void show(Alarm& alarm, const std::string& why);
    void close(const Alarm& alarm, EntryKind kind, const std::string& words, const std::string& outcome);
    [[nodiscard]] base::UtcTime received() const { return m_signal.signal.received.received; }

    AlarmChange& m_change;
    const StoredSignal& m_signal;
    const estate::PremisesOfPanel* m_whose;
    const ResponsePolicy& m_policy;
    bool m_isOnTest = false;  ///< of the event that is judged
};

}  // namespace leedswatch::response
