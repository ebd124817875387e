#pragma once

#include "base/result.h"
#include "store/database.h"

namespace leedswatch::response {

/// Makes alarms of what supervision found (SupervisionJournal): a failed path, both paths failed, a test that is
/// overdue; ends them when the path is up or the test has come, unless somebody has taken them. Very many at once are
/// one incident. Goes on behind the change that it judged last, in one commit: at most `most`; how many there were.
[[nodiscard]] base::Result<int> raiseSupervised(store::Database& database, int most);

}  // namespace leedswatch::response
