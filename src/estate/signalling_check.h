#pragma once

#include "base/result.h"
#include "estate/premises.h"

#include <soci/soci.h>

namespace leedswatch::estate {

/// Whether what is known of a panel's paths goes together, and with the panels that are in the store. The error
/// (InvalidInput) names the line of the imported file, the column and what to do. Throws soci::soci_error.
[[nodiscard]] base::Result<void> checkSignalling(soci::session& sql, const Panel& panel, int lineOfFile);

}  // namespace leedswatch::estate
