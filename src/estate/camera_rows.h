#pragma once

#include "base/result.h"
#include "estate/camera.h"

#include <soci/soci.h>

namespace leedswatch::estate {

/// For who writes what belongs to a camera, in the same transaction. Error: NotFound: it is not in the estate any more.
[[nodiscard]] base::Result<void> requireInEstate(soci::session& sql, const Camera& camera);

}  // namespace leedswatch::estate
