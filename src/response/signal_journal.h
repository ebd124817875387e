#pragma once

#include "access/person.h"
#include "alarm/code_table.h"
#include "alarm/received_signal.h"
#include "base/id.h"
#include "estate/premises.h"
#include "response/override_table.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

using SignalId = base::Id<struct SignalTag>;

/// One thing that a panel reported, with what it means by the tables of the time.
struct SignalEvent {
    alarm::SignalCode code;
    alarm::CodeMeaning meaning;
};

/// A signal as it goes into the store: what was received, of which panel, and what it means.
struct JudgedSignal {
    alarm::ReceivedSignal received;
    std::optional<estate::PanelId> panel;  ///< none: nobody knows the account
    std::vector<SignalEvent> events;
    bool isOtherProtocol = false;  ///< than the panel is expected to use; counted, not stored with it
};

struct WrittenSignal {
    SignalId id;
    bool isNew = true;  ///< false: the panel sent it again, and the first is in the store
};

/// A signal read back.
struct StoredSignal {
    SignalId id;
    JudgedSignal signal;
    int repetitions = 0;
};

struct SignalQuery {
    base::UtcTime from = base::UtcTime::min();
    base::UtcTime until = base::UtcTime::max();
    std::string account = {};   ///< empty: all
    bool onlyOfNobody = false;  ///< accounts that nobody knew
    std::optional<SignalId> only = {};
    int most = 100;
};

/// All signals that were received. Invariants: a row is committed before its panel is answered; a message that a panel
/// repeats within ten minutes has one row and a repetition for each further time; no row is changed or removed; each
/// new one waits in the inbox for the rules. Thread-safe. Topic of the change feed: "signals".
class SignalJournal {
public:
    explicit SignalJournal(store::Database& database) : m_database{database} {}

    /// All of them in one commit, in their order.
    [[nodiscard]] base::Result<std::vector<WrittenSignal>> add(const std::vector<JudgedSignal>& signals);

    /// The newest first. Error: NotPermitted (the right to read the log).
    [[nodiscard]] base::Result<std::vector<StoredSignal>> list(const access::Acting& acting, const SignalQuery& query);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

/// What each code of a signal means: by the overrides of its premises, then by those of its transmitter's maker, then
/// by the maker's table, else by the standard ones. What cannot be read at all is one event that is Unmapped.
[[nodiscard]] std::vector<SignalEvent> judge(const alarm::ReceivedSignal& signal, std::string_view transmitter,
                                             const std::optional<estate::PremisesId>& premises = {},
                                             const OverrideTable& overrides = {});

/// Somebody's life may depend on one of them.
[[nodiscard]] bool isLifeSafety(const std::vector<SignalEvent>& events);

}  // namespace leedswatch::response
