#pragma once

#include "response/signal_journal.h"

#include <string>

namespace leedswatch::response {

/// One thing that a panel reported, in the room's words: "Intruder alarm, zone 3 (Front door), area 1".
[[nodiscard]] std::string wordsOf(const SignalEvent& event);

}  // namespace leedswatch::response
