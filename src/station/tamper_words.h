#pragma once

#include "analytics/tamper_journal.h"

#include <string>

namespace leedswatch::station {

/// "The lens of camera 12 is covered since 2026-11-22 03:12:07 GMT".
[[nodiscard]] std::string tamperCause(int camera, const analytics::RecordedTamper& event);
/// What to do.
[[nodiscard]] std::string tamperAdvice(int camera, analytics::TamperKind kind);

}  // namespace leedswatch::station
