#pragma once

#include "base/result.h"
#include "response/event_rules.h"
#include "store/database.h"

#include <vector>

namespace leedswatch::response {

/// Why something was shown, lowered, joined, held or only written down.
struct SignalDecision {
    SignalId signal;
    int event = 0;  ///< which of the signal's events, from 0
    Decision decision;
};

/// Makes alarms of signals: takes them from the inbox, urgent ones first, and decides of each event by the rules. A
/// signal leaves the inbox in the transaction that writes its decisions, so that none is judged twice or never, whoever
/// is killed. Thread-safe. Topic of the change feed: "alarms".
class AlarmRules {
public:
    explicit AlarmRules(store::Database& database) : m_database{database} {}

    /// At most `most` of those that wait, in one commit; how many there were. A signal that cannot be judged is set
    /// aside as an alarm of its own, so that it does not keep others from being judged.
    [[nodiscard]] base::Result<int> judgeWaiting(int most);
    /// What was decided of a signal. Error: NotPermitted.
    [[nodiscard]] base::Result<std::vector<SignalDecision>> decisions(const access::Acting& acting, SignalId signal);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    [[nodiscard]] base::Result<int> judgeBatch(int most);
    [[nodiscard]] base::Result<int> setFirstAside(const std::string& why);

    store::Database& m_database;
};

}  // namespace leedswatch::response
