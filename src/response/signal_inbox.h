#pragma once

#include "response/signal_journal.h"

#include <soci/soci.h>

#include <vector>

namespace leedswatch::response {

// Signals that wait for the rules (SignalWriter puts them there). Each throws soci::soci_error.

/// Those that somebody's life may depend on first, then by age.
[[nodiscard]] std::vector<SignalId> selectInbox(soci::session& sql, int most);
void removeFromInbox(soci::session& sql, SignalId signal);

}  // namespace leedswatch::response
