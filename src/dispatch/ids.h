#pragma once

#include "base/id.h"

namespace leedswatch::dispatch {

using UnitId = base::Id<struct ResponseUnitTag>;
using OfficerId = base::Id<struct ResponseOfficerTag>;
using JobId = base::Id<struct DispatchJobTag>;
using BunchId = base::Id<struct KeyBunchTag>;

}  // namespace leedswatch::dispatch
