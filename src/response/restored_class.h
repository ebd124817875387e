#pragma once

#include "response/signal_journal.h"

#include <optional>
#include <string_view>

namespace leedswatch::response {

/// The event whose end a restore tells: of "BR" zone 3 that is "BA" zone 3. Nothing: it is of no alarm or fault.
[[nodiscard]] std::optional<SignalEvent> restoredEvent(const SignalEvent& restore, std::string_view transmitter);

}  // namespace leedswatch::response
