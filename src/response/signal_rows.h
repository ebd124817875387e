#pragma once

#include "response/signal_journal.h"

#include <soci/soci.h>

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

// The rows of signals as they go in and out. Each throws soci::soci_error.

/// The same message, received within ten minutes of `when`; the newest.
[[nodiscard]] std::optional<SignalId> findRepeated(soci::session& sql, const std::string& repetitionKey,
                                                   base::UtcTime when);
[[nodiscard]] SignalId insertSignal(soci::session& sql, const JudgedSignal& signal, const std::string& repetitionKey);
void insertRepetition(soci::session& sql, SignalId of, const alarm::ReceivedSignal& again);
[[nodiscard]] std::vector<StoredSignal> selectSignals(soci::session& sql, const SignalQuery& query);

}  // namespace leedswatch::response
