#pragma once

#include "base/id.h"

namespace leedswatch::incident {

using LineId = base::Id<struct LogLineTag>;
using IncidentId = base::Id<struct IncidentTag>;

}  // namespace leedswatch::incident
