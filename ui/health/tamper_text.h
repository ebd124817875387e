#pragma once

#include "analytics/tamper_journal.h"

#include <QString>

// The words for what keeps a camera from seeing.

namespace leedswatch::ui {

/// "Lens covered"
[[nodiscard]] QString tamperKindText(analytics::TamperKind kind);
/// Why it is over: "the view came back"; or that it lasts.
[[nodiscard]] QString tamperEndText(const analytics::RecordedTamper& event);

}  // namespace leedswatch::ui
