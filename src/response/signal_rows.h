#pragma once

#include "response/signal_journal.h"

#include <soci/soci.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

// The rows of signals as they go in and out. Each throws soci::soci_error.

/// Writes the signals of one commit. Its statements are prepared once; that costs more than a row.
class SignalWriter {
public:
    /// For the transaction of `sql` that is under way.
    explicit SignalWriter(soci::session& sql);
    ~SignalWriter();
    SignalWriter(const SignalWriter&) = delete;
    SignalWriter& operator=(const SignalWriter&) = delete;

    /// The same message, received within ten minutes of `when`; the newest.
    [[nodiscard]] std::optional<SignalId> findRepeated(const std::string& repetitionKey, base::UtcTime when);
    [[nodiscard]] SignalId insert(const JudgedSignal& signal, const std::string& repetitionKey);
    /// It waits for the rules.
    void intoInbox(SignalId signal, bool isUrgent);
    void insertRepetition(SignalId of, const alarm::ReceivedSignal& again);

private:
    struct Statements;
    soci::session& m_sql;
    const std::unique_ptr<Statements> m_statements;
};

[[nodiscard]] std::vector<StoredSignal> selectSignals(soci::session& sql, const SignalQuery& query);

/// A signal of an account: what it says, without its bytes.
struct AccountSignal {
    SignalId id;
    base::UtcTime received{};
    std::optional<estate::PanelId> panel;
    std::vector<SignalEvent> events;
};
struct AccountSignals {
    std::string account;
    base::UtcTime from = base::UtcTime::min();  ///< received
    SignalId after = {};                        ///< stored after this one
    SignalId until = {};                        ///< stored no later than this one; not valid: any
};
/// Those of one account, by the time at which they were received.
void forEachOfAccount(soci::session& sql, const AccountSignals& wanted,
                      const std::function<void(const AccountSignal&)>& take);
/// The one that was stored last; not valid: there is none.
[[nodiscard]] SignalId newestSignal(soci::session& sql);

/// Of a signal with a code that was in no table.
struct UnmappedRow {
    base::UtcTime received{};
    std::optional<estate::PanelId> panel;
    std::string account;
    std::vector<SignalEvent> events;
};
void forEachUnmapped(soci::session& sql, base::UtcTime from, base::UtcTime until,
                     const std::function<void(const UnmappedRow&)>& take);

}  // namespace leedswatch::response
