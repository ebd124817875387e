#pragma once

#include "evidence/clip.h"

#include <string>

namespace leedswatch::evidence {

/// manifest.json: everything about the clip that a recipient, or a court in two years' time, may ask. Integers, texts
/// and booleans only.
[[nodiscard]] std::string manifestOf(const ClipReport& report, const ClipOrder& order, const access::Acting& acting,
                                     base::UtcTime created);

/// manifest-sha256.txt, as sha256sum reads it: every file of the clip and manifest.json.
[[nodiscard]] std::string checksumsOf(const ClipReport& report);

}  // namespace leedswatch::evidence
