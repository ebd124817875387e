#pragma once

#include "dispatch/job.h"
#include "dispatch/key_bunch.h"
#include "ui/common/card_list.h"
#include "ui/dispatch/dispatch_board.h"

#include <QString>

// How units, jobs and keys read.

namespace leedswatch::ui {

/// "On its way", "Off duty".
[[nodiscard]] QString statusText(dispatch::UnitStatus status);
/// By which units are offered: available ones first, then those on their way back, then those with a job.
[[nodiscard]] int nearnessOf(dispatch::UnitStatus status);
/// "waits for a unit", "M1 is on its way".
[[nodiscard]] QString stateOfJobText(const dispatch::Job& job);
/// "14:03", or "24 Nov, 14:03" if it is another day than that of `now`.
[[nodiscard]] QString momentText(base::UtcTime time, base::UtcTime now);

[[nodiscard]] Card cardOf(const dispatch::Unit& unit, const dispatch::Job* job, base::UtcTime now);
[[nodiscard]] Card cardOf(const dispatch::Job& job, base::UtcTime now);
[[nodiscard]] Card cardOf(const dispatch::KeyBunch& bunch, base::UtcTime now);

/// What the next key does to a job: "M1 is on scene"; empty: it is over.
[[nodiscard]] QString nextOfJobText(const dispatch::Job& job);

}  // namespace leedswatch::ui
