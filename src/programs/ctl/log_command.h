#pragma once

#include "programs/ctl/session.h"

namespace leedswatch::ctl {

/// log list, search, add.
void addLogCommands(CLI::App& root, Session& session, Command& chosen);

}  // namespace leedswatch::ctl
