#pragma once

#include "alarm/signal_code.h"

#include <string_view>

namespace leedswatch::alarm {

/// The data of a SIA-DCS message: "#1234|Nri2/id007/OP007/BC007|Afree text". Items come in any order, with or without
/// strokes between them, and with texts between carets or in the older *"..."NM form. A modifier counts for the codes
/// behind it; behind the last code, for those before (reference 1.6). Several codes are several events.
[[nodiscard]] SignalCodes parseSiaData(std::string_view data);

}  // namespace leedswatch::alarm
