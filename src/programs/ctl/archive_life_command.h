#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// archive volumes, hold, release, holds, journal, plan, record, forecast, faults.
void addArchiveLifeCommands(CLI::App& archive, Session& session, Command& chosen);

}  // namespace leedswatch::ctl
