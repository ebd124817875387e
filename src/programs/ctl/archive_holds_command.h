#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// archive hold, release, holds, journal, faults: what stays, what went, what is wrong.
void addArchiveHoldsCommands(CLI::App& archive, Session& session, Command& chosen);

}  // namespace leedswatch::ctl
