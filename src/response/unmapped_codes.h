#pragma once

#include "access/person.h"
#include "alarm/signal_code.h"
#include "response/signal_journal.h"
#include "store/database.h"

#include <set>
#include <string>
#include <vector>

namespace leedswatch::response {

/// A code that was received and that no table knew, nor an override that there is now.
struct UnmappedCode {
    alarm::CodeScheme scheme = alarm::CodeScheme::Sia;
    std::string code;
    int count = 0;
    base::UtcTime first{};
    base::UtcTime last{};
    std::set<std::string> accounts;
};

struct UnmappedCodes {
    std::vector<UnmappedCode> codes;  ///< the most frequent first
    int unreadable = 0;               ///< signals in no form that is known, which no override can map
};

/// What was received in a time and means nothing, for whoever is to say what it means. Reads every signal of that time.
/// Error: NotPermitted (the right to read the log).
[[nodiscard]] base::Result<UnmappedCodes> findUnmappedCodes(store::Database& database, const access::Acting& acting,
                                                            base::UtcTime from, base::UtcTime until);

}  // namespace leedswatch::response
