#pragma once

#include "base/result.h"
#include "store/database.h"

namespace leedswatch::response {

/// Makes alarms of what the station itself found (estate/answer_requests.h), by class and camera, or by their subject,
/// and of news of one that is open a line of its record; each leaves the list in the transaction of its alarm. At most
/// `most`; how many there were.
[[nodiscard]] base::Result<int> raisePosted(store::Database& database, int most);

}  // namespace leedswatch::response
